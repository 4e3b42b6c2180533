/** The last two lines of the log screen: what state the view is in, and the keys; or the prompt. Pure. */
import {formatNumber, plural} from '../../src/base/figures.ts';
import type {Binding} from '../../src/keys/binding.ts';
import {width} from '../../src/base/terminal/width.ts';
import {footerLines} from '../kit/footer-lines.ts';
import {draw, type Part, partsWidth} from '../kit/line.ts';
import {drawField} from '../kit/text-field.ts';
import {tailKeyboard} from './actions/index.ts';
import {selectedLines} from './moves/line-evidence.ts';
import {promptHint, promptLabels, type TailPrompt} from './moves/prompts.ts';
import {notFoundWords} from './moves/searching.ts';
import {emptyWords} from './moves/tail-states.ts';
import type {TailSession} from './lines/tail-session.ts';
import {tailScopeOf} from './moves/tail-scope.ts';

export interface PageInSight {
	/** Rows above those in sight. */
	readonly top: number;
	/** Rows that can be in sight. */
	readonly rows: number;
	readonly total: number;
}

/** `paused · +1,204 new · space to follow`, `following`: what the view does by itself. */
function viewWords({app, ui}: TailSession): Part {
	const {frozen, receivedAtFreeze, cursor} = ui.get();
	const streams = app.tail.streams.get();
	const ended = !app.follows && streams.length > 0 && streams.every(({state}) => state.kind === 'ended' || state.kind === 'denied');
	if (!frozen) return ended ? {text: 'read to the end', tone: 'dim'} : {text: 'following', tone: 'dim'};
	const fresh = app.tail.received().total - receivedAtFreeze;
	const dropped = cursor !== undefined && cursor < app.tail.lines.first();
	return {
		text: [
			'paused',
			...(dropped ? ['the selected line was dropped from memory'] : []),
			...(fresh > 0 ? [`+${formatNumber(fresh)} new`] : []),
			...(ended ? [] : ['space to follow']),
		].join(' · '),
		tone: 'strong',
	};
}

function searchWords(session: TailSession): readonly Part[] {
	const {search} = session.ui.get();
	if (!search) return [];
	const words = `search ${search.pattern.source.length > 24 ? '' : `"${search.text}" `}`;
	if (search.state === 'looking') return [{text: `${words}looking`, tone: 'amber'}];
	return search.state === 'none' ? [{text: `${words}${notFoundWords(session)}`, tone: 'amber'}] : [{text: `${words}n older, N newer`}];
}

/** `rows 1 to 20 of 34`: how much of the whole line is in sight. */
function pageWords({top, rows, total}: PageInSight): Part {
	if (total <= rows) return {text: 'the whole line', tone: 'dim'};
	const end = Math.min(total, top + rows);
	return {text: `rows ${top + 1} to ${end} of ${total} · ${end < total ? 'press space for more' : 'the end'}`, tone: 'strong'};
}

/** Everything the footer's rule carries, the most important first; `page` where the whole line lies over the others. */
export function stateParts(session: TailSession, page?: PageInSight): readonly Part[] {
	const {app, ui} = session;
	const notice = app.notice.get();
	const told = app.tail.notice.get();
	const {selectedFrom} = ui.get();
	return [
		page ? pageWords(page) : viewWords(session),
		...(selectedFrom === undefined ? [] : [{text: `${plural(selectedLines(session).length, 'line')} selected`, tone: 'strong' as const}]),
		...(notice === undefined ? [] : [{text: notice, tone: 'strong' as const}]),
		...searchWords(session),
		// What is in the middle of an empty screen is not said twice.
		...(told === undefined || emptyWords(session).some(({text}) => text === told) ? [] : [{text: told, tone: 'amber' as const}]),
	];
}

function stateRule(session: TailSession, columns: number, page: PageInSight | undefined): string {
	const {theme} = session;
	const dash = theme.symbols.rule.repeat(2);
	const parts = stateParts(session, page).flatMap((part): readonly Part[] => [{text: ` ${dash} `, tone: 'dim'}, part]);
	// The first dash begins at the edge.
	const line: readonly Part[] = [{text: `${dash} `, tone: 'dim'}, ...parts.slice(1)];
	const rest = Math.max(0, columns - partsWidth(line) - 1);
	return draw(theme, [...line, {text: ` ${theme.symbols.rule.repeat(rest)}`, tone: 'dim'}], columns);
}

function promptLines(session: TailSession, {prompt, field, problem}: TailPrompt, columns: number): readonly string[] {
	const {theme, ui} = session;
	const label = ` ${promptLabels[prompt]}: `;
	const {search} = ui.get();
	const missed = prompt === 'search' && search?.state === 'none' && field.text !== '' ? notFoundWords(session) : undefined;
	const room = columns - width(label) - 2;
	const wrong = problem ?? missed;
	const hint: Part = wrong === undefined ? {text: ` ${promptHint(prompt, columns - 1)}`, tone: 'dim'} : {text: ` ${wrong}`, tone: 'amber'};
	return [`${theme.paint('strong', label)}${drawField(theme, field, room, 1)[0] ?? ''}`, draw(theme, [hint], columns)];
}

/** Two lines. */
export function footLines(session: TailSession, page?: PageInSight): readonly string[] {
	const {theme, ui} = session;
	const {columns, overlay} = ui.get();
	if (overlay?.kind === 'prompt') return promptLines(session, overlay, columns);
	const works = (binding: Binding) => tailKeyboard.whyNot(session, binding) === undefined;
	const keys = footerLines(theme, {columns, scope: tailScopeOf(session), works, notice: undefined});
	return [stateRule(session, columns, page), keys[1] ?? ''];
}
