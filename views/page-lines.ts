/** The lines of what can be scrolled: tips and runbook, one row with nothing cut off, or the service. */
import type {ConfiguredCheck} from '../src/checks/check.ts';
import type {Runbook} from '../src/runbooks/runbook.ts';
import {sanitizeMultiline} from '../src/terminal/sanitize.ts';
import {wrapWords} from '../src/terminal/wrap.ts';
import {draw, type Part, spread} from './primitives/line.ts';
import {drawMarkdown} from './primitives/markdown.ts';
import {serviceLines} from './service-lines.ts';
import {currentStep, type Session} from './session.ts';
import {selectedItem} from './table-view.ts';
import type {Theme} from './theme.ts';

function paragraph(theme: Theme, text: string, columns: number, tone?: Part['tone']): readonly string[] {
	return wrapWords(text, columns).map((line) => draw(theme, [{text: line, tone}], columns));
}

function reviewed({lastReviewedOn}: Runbook, now: number): Part {
	if (lastReviewedOn === undefined) return {text: 'never reviewed', tone: 'amber'};
	const days = Math.floor((now - Date.parse(lastReviewedOn)) / 86_400_000);
	if (!Number.isFinite(days)) return {text: `reviewed ${lastReviewedOn}`, tone: 'dim'};
	const ago = days < 1 ? 'today' : days < 14 ? `${days} d ago` : `${Math.floor(days / 7)} weeks ago`;
	return {text: `reviewed ${ago}`, tone: days > 180 ? 'amber' : 'dim'};
}

function drawRunbook(
	theme: Theme,
	of: {readonly check: ConfiguredCheck; readonly runbook: Runbook | undefined; readonly now: number},
	columns: number,
): readonly string[] {
	const {check, runbook, now} = of;
	const tips = check.check.tips.flatMap((tip) =>
		wrapWords(tip, columns - 2).map((line, index) =>
			draw(theme, [{text: index === 0 ? `${theme.symbols.separator} ` : '  ', tone: 'dim'}, line], columns),
		),
	);
	const known: readonly Part[] = runbook
		? [{text: `runbook ${runbook.id}, `, tone: 'dim'}, reviewed(runbook, now)]
		: [{text: 'no runbook yet', tone: 'dim'}];
	const head = [
		spread(
			theme,
			{
				left: [
					{text: check.title, tone: 'strong'},
					{text: `  serves ${check.check.serves}`, tone: 'dim'},
				],
				right: known,
			},
			columns,
		),
	];
	const why = paragraph(theme, check.check.why, columns);
	if (!runbook)
		return [
			...head,
			...why,
			'',
			...tips,
			'',
			...paragraph(theme, `no runbook named ${check.runbook} yet: t writes the first tip into one`, columns, 'dim'),
		];
	const title = draw(theme, [{text: runbook.title, tone: 'strong'}], columns);
	return [...head, ...why, '', ...tips, '', title, '', ...drawMarkdown(theme, runbook.markdown, columns)];
}

interface Kept {
	readonly key: string;
	readonly lines: readonly string[];
}

/** One entry per session: the same runbook at the same width is asked for by every frame and key. */
const kept = new WeakMap<Session, Map<string, Kept>>();

/** Tips and runbook of a check, drawn once per width and text. */
export function runbookLines(session: Session, id: string, columns: number): readonly string[] {
	const {app, theme} = session;
	const check = app.checks.find((one) => one.id === id);
	if (!check) return [];
	const runbook = app.runbookOf(id);
	const key = `${columns}\n${runbook?.markdown ?? ''}`;
	const cache = kept.get(session) ?? new Map<string, Kept>();
	kept.set(session, cache);
	const found = cache.get(id);
	if (found?.key === key) return found.lines;
	const lines = drawRunbook(theme, {check, runbook, now: app.clock.now()}, columns);
	cache.set(id, {key, lines});
	return lines;
}

/** The selected row with every column, every detail and its evidence. */
export function rowLines(session: Session, columns: number): readonly string[] {
	const selected = selectedItem(session);
	if (!selected) return ['the row is gone'];
	const {app, theme} = session;
	const {item, view} = selected;
	const context = {now: app.clock.now(), theme};
	const facts = [
		...view.pane.columns
			.filter(({title}) => title !== '')
			.map((column) => [column.title.toLowerCase(), column.cell(item, context).text] as const),
		...(view.pane.details?.(item, context) ?? []),
	];
	const url = view.pane.url?.(item, view.data);
	const all = url === undefined || facts.some(([, text]) => text === url) ? facts : [...facts, ['page', url] as const];
	return all.flatMap(([name, text]) =>
		sanitizeMultiline(text === '' ? '-' : text)
			.split('\n')
			.flatMap((line) => wrapWords(line, columns - 20))
			.map((line, index) => draw(theme, [{text: (index === 0 ? name : '').padEnd(18).slice(0, 18) + '  ', tone: 'dim'}, line], columns)),
	);
}

/** The lines of the page that is open, at the width it is drawn at. */
export function pageLines(session: Session, page: 'runbook' | 'row' | 'service'): readonly string[] {
	const columns = Math.min(100, session.ui.get().columns - 4);
	if (page === 'row') return rowLines(session, columns);
	if (page === 'service') return serviceLines(session, columns);
	const step = currentStep(session);
	return step ? runbookLines(session, step.id, columns) : [];
}
