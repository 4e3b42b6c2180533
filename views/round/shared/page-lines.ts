/** The lines of what can be scrolled: tips and runbook, one row with nothing cut off, or the service. */
import type {ConfiguredCheck} from '../../../src/checks/kit/check.ts';
import {headingFor} from '../../../src/runbooks/heading-for.ts';
import type {Runbook} from '../../../src/runbooks/runbook.ts';
import {sanitizeMultiline} from '../../../src/base/terminal/sanitize.ts';
import {wrapWords} from '../../../src/base/terminal/wrap.ts';
import {dayOf} from '../../../src/base/times.ts';
import {draw, type Part, partsWidth, spread} from '../../kit/line.ts';
import {reviewPart} from '../../runbook/book/book-head.ts';
import {createPage} from '../../runbook/book/book-page.ts';
import {rowText} from '../../runbook/book/row-text.ts';
import {serviceLines} from '../../session/service-lines.ts';
import {currentStep, type Session} from '../../session/session.ts';
import {selectedItem} from '../../session/table-view.ts';
import type {Theme} from '../../kit/theme.ts';

function paragraph(theme: Theme, text: string, columns: number, tone?: Part['tone']): readonly string[] {
	return wrapWords(text, columns).map((line) => draw(theme, [{text: line, tone}], columns));
}

function drawRunbook(
	theme: Theme,
	of: {
		readonly check: ConfiguredCheck;
		readonly runbook: Runbook | undefined;
		readonly heading: string | undefined;
		readonly now: number;
	},
	columns: number,
): Pick<Beside, 'lines' | 'start'> {
	const {check, runbook, heading, now} = of;
	const tips = check.check.tips.flatMap((tip) =>
		wrapWords(tip, columns - 2).map((line, index) =>
			draw(theme, [{text: index === 0 ? `${theme.symbols.separator} ` : '  ', tone: 'dim'}, line], columns),
		),
	);
	const known: readonly Part[] = runbook
		? [{text: `runbook ${runbook.id}, `, tone: 'dim'}, reviewPart(runbook, dayOf(now))]
		: [{text: 'no runbook yet', tone: 'dim'}];
	const name: Part = {text: check.title, tone: 'strong'};
	const serves: Part = {text: `protects: ${check.check.serves}`, tone: 'dim'};
	const whole = [name, '  ', serves];
	const head =
		partsWidth([...whole, ' ', ...known]) <= columns
			? [spread(theme, {left: whole, right: known}, columns)]
			: [spread(theme, {left: [name], right: known}, columns), draw(theme, [serves], columns)];
	const why = paragraph(theme, check.check.why, columns);
	if (!runbook)
		return {
			lines: [
				...head,
				...why,
				'',
				...tips,
				'',
				...paragraph(theme, `no runbook named ${check.runbook} yet. Press t to write its first tip.`, columns, 'dim'),
			],
			start: 0,
		};
	const title = draw(theme, [{text: runbook.title, tone: 'strong'}], columns);
	const before = [...head, ...why, '', ...tips, '', title];
	const {lines, start} = bodyLines(theme, runbook, {columns, heading});
	return {lines: [...before, ...lines], start: start === undefined ? 0 : before.length + start};
}

/** As much of a runbook as anybody reads in a corner of the screen. */
const mostBeside = 64 * 1024;

/** The text, and where the heading is that speaks of the selected row. */
function bodyLines(
	theme: Theme,
	{markdown}: Runbook,
	{columns, heading}: {readonly columns: number; readonly heading: string | undefined},
): {readonly lines: readonly string[]; readonly start?: number} {
	const whole = markdown.length <= mostBeside;
	const page = createPage(whole ? markdown : markdown.slice(0, markdown.lastIndexOf('\n', mostBeside)), {
		head: [],
		tail: whole ? [] : [[{text: 'Press r to read the rest.', tone: 'amber'}]],
		columns,
		symbols: theme.symbols,
	});
	const at = heading === undefined ? undefined : page.placeOfHeading(heading);
	const lines = page.sections.map((_section, index) => page.lines(index));
	const start = at && lines.slice(0, at.section).reduce((sum, {length}) => sum + length, at.line);
	return {lines: lines.flat().map((line) => draw(theme, line, columns)), ...(start === undefined ? {} : {start})};
}

interface Beside {
	readonly lines: readonly string[];
	/** The line to begin at: where the heading is that speaks of the selected row. */
	readonly start: number;
	/** Tells when another runbook, or another place of it, is the right one. */
	readonly place: string;
}

interface Kept extends Beside {
	readonly key: string;
	readonly runbook: Runbook | undefined;
}

/** One entry per session: the same runbook at the same width is asked for by every frame and key. */
const kept = new WeakMap<Session, Map<string, Kept>>();

/** Tips and the runbook for how a check and its selected row stand, drawn once per width, text and heading. */
export function runbookBeside(session: Session, id: string, columns: number): Beside {
	const {app, theme} = session;
	const check = app.checks.find((one) => one.id === id);
	if (!check) return {lines: [], start: 0, place: ''};
	const text = rowText(session);
	const runbook = app.runbookOf(id, text);
	const heading = runbook && text !== undefined ? headingFor(runbook, text) : undefined;
	const place = `${runbook?.path ?? ''}#${heading ?? ''}`;
	const key = `${columns}\n${place}`;
	const cache = kept.get(session) ?? new Map<string, Kept>();
	kept.set(session, cache);
	const found = cache.get(id);
	if (found?.key === key && found.runbook === runbook) return found;
	const drawn = drawRunbook(theme, {check, runbook, heading, now: app.clock.now()}, columns);
	const result = {...drawn, key, runbook, place};
	cache.set(id, result);
	return result;
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
	return step ? runbookBeside(session, step.id, columns).lines : [];
}

/** The first line shown of the runbook next to the rows: where its heading is, and as far from there as was scrolled in it. */
export function besideTop({ui}: Session, {lines, start, place}: Beside, rows: number): number {
	const {runbookTop, runbookPlace} = ui.get();
	const scrolled = runbookPlace === place ? runbookTop : 0;
	return Math.max(0, Math.min(start + scrolled, lines.length - rows));
}
