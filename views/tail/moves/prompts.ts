/** The prompts at the foot of the log screen: what each asks, and what keeping it does. */
import {sanitize} from '../../../src/base/terminal/sanitize.ts';
import {width} from '../../../src/base/terminal/width.ts';
import {tell} from '../../session/action.ts';
import {emptyField, fieldOf, type TextField} from '../../kit/text-field.ts';
import {passingLines} from './line-evidence.ts';
import {addFilter, changeFilter, momentsOf} from './filtering.ts';
import {parseSearch} from '../../../src/logs/query/search.ts';
import {parseMoment} from '../../../src/base/moment.ts';
import {goToTime} from './jumping.ts';
import {freeze, leave, placeOf} from './tail-moving.ts';
import {notFoundWords, searchAsTyped} from './searching.ts';
import {changeTail, type TailOverlay, type TailPromptKind, type TailSession} from '../lines/tail-session.ts';

export type TailPrompt = Extract<TailOverlay, {readonly kind: 'prompt'}>;

/** What is before the field. */
export const promptLabels: Readonly<Record<TailPromptKind, string>> = {
	search: 'search',
	filter: 'filter',
	columns: 'columns',
	group: 'group by',
	save: 'save to file',
	'go-to': 'go to time',
};

/** What may be typed, for the line under the field; the filter's in two widths. */
const hints: Readonly<Record<TailPromptKind, string>> = {
	search: 'Text or /regex/. Then n: older, N: newer match',
	filter: 'text   /regex/   not text   level >= warn   status >= 500   time >= 08:33   pod = api*   a: "x" AND b: z',
	columns: 'Optional. Fields shown as columns. Example: operation status duration',
	group: 'fields to count by: pod, operation, status, level',
	save: 'a new file for the lines that pass the filters',
	'go-to': '08:33   08:33:04   2026-11-20T08:33   10m ago',
};

/** All forms of a filter within 80 columns. */
const shortFilterHint = 'text  /regex/  level>=warn  status>=500  time>=08:33  pod=api*  a:"x" AND b:z';

/** What may be typed in the prompt, in so many columns. */
export function promptHint(prompt: TailPromptKind, columns: number): string {
	return prompt === 'filter' && width(hints.filter) > columns ? shortFilterHint : hints[prompt];
}

function startText({ui}: TailSession, prompt: TailPromptKind): string {
	if (prompt === 'columns') return ui.get().fields.join(' ');
	if (prompt === 'group') return ui.get().groupBy.join(' ');
	return '';
}

/** Opens a prompt; a search remembers where the eye is, and holds it still. */
export function openPrompt(session: TailSession, prompt: TailPromptKind): void {
	const from = placeOf(session);
	if (prompt === 'search') freeze(session);
	const text = startText(session, prompt);
	changeTail(session, {overlay: {kind: 'prompt', prompt, field: text === '' ? emptyField : fieldOf(text), from}});
}

/** Opens the filter prompt with the words of a filter, to be changed in its place. */
export function openFilterAgain(session: TailSession, id: string): void {
	changeTail(session, {overlay: {kind: 'prompt', prompt: 'filter', field: fieldOf(id), from: placeOf(session), changes: id}});
}

/** The field has changed: a search follows at once, a problem goes as soon as it is fixed. */
export function promptTyped(session: TailSession, prompt: TailPrompt, field: TextField): void {
	changeTail(session, {overlay: {...prompt, field}});
	let problem: string | undefined;
	if (prompt.prompt === 'search' && prompt.from && field.text !== prompt.field.text)
		problem = searchAsTyped(session, field.text, prompt.from);
	const now = session.ui.get().overlay;
	if (now?.kind !== 'prompt') return;
	const {problem: _before, ...rest} = now;
	changeTail(session, {overlay: problem === undefined ? rest : {...rest, problem}});
}

const words = (text: string) =>
	sanitize(text)
		.split(/[\s,]+/)
		.filter(Boolean);

function keepSearch(session: TailSession, text: string): string | undefined {
	const {search} = session.ui.get();
	if (text === '') {
		changeTail(session, {search: undefined});
		return undefined;
	}
	const pattern = parseSearch(text);
	if ('problem' in pattern) return pattern.problem;
	if (search?.state === 'none') session.app.notice.set(notFoundWords(session));
	return undefined;
}

function goToTyped(session: TailSession, text: string): string | undefined {
	const at = parseMoment(text, momentsOf(session));
	if (typeof at !== 'number') return at.problem;
	goToTime(session, at);
	return undefined;
}

/** Does what the prompt is for; one sentence where it cannot, and the prompt stays. */
function keepText(session: TailSession, {prompt, changes}: TailPrompt, text: string): string | undefined {
	const {app, analysis} = session;
	switch (prompt) {
		case 'search':
			return keepSearch(session, text);
		case 'filter': {
			if (text === '') return 'Nothing typed yet. Press esc to cancel.';
			return changes === undefined ? addFilter(session, text) : changeFilter(session, changes, text);
		}
		case 'columns':
			changeTail(session, {fields: words(text).slice(0, 6)});
			return undefined;
		case 'group': {
			const fields = words(text).slice(0, 4);
			if (fields.length === 0) return 'name a field: pod, operation, status, level';
			analysis.groupBy(fields);
			changeTail(session, {groupBy: fields, panel: {kind: 'groups', index: 0}, focus: 'panel'});
			return undefined;
		}
		case 'save':
			if (text === '') return 'a file needs a name';
			app.notice.set('saving');
			app.save(text, passingLines(session)).then(
				(path) => app.notice.set(`saved to ${path}`),
				(error: unknown) => tell(session, error),
			);
			return undefined;
		default:
			return goToTyped(session, text);
	}
}

/** Enter in a prompt. */
export function keepPrompt(session: TailSession, prompt: TailPrompt): void {
	changeTail(session, {overlay: undefined});
	const problem = keepText(session, prompt, prompt.field.text.trim());
	if (problem !== undefined) changeTail(session, {overlay: {...prompt, problem}});
}

/** Esc in a prompt: a search goes back to where it began. */
export function cancelPrompt(session: TailSession, prompt: TailPrompt): void {
	changeTail(session, {overlay: undefined});
	if (prompt.prompt === 'search' && prompt.from) leave(session, prompt.from);
}
