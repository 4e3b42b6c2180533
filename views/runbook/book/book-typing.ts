/** What is typed into a runbook's questions: on disk as a draft before the screen shows it, and there again when it is asked again. */
import {draftAt} from '../../../src/round/draft-places.ts';
import {typedField, type TypedPlace} from '../../../src/runbooks/typed-addition.ts';
import type {HeadingPlace} from '../../../src/runbooks/wrong-step.ts';
import {emptyField, fieldOf, type TextField} from '../../kit/text-field.ts';
import {type BookOverlay, type BookSession, changeBook, shown} from './book-session.ts';
import {isSecretName} from './plan-run.ts';

export type Prompt = Extract<BookOverlay, {readonly kind: 'prompt'}>;

/** Undefined for what is not kept: a search, the name that confirms, a secret. */
function placeOf(book: BookSession, prompt: Prompt): TypedPlace | undefined {
	const runbook = shown(book)?.runbook.id;
	switch (prompt.prompt) {
		case 'tip':
			return runbook === undefined ? undefined : {kind: 'tip', runbook};
		case 'wrong':
			return runbook === undefined ? undefined : {kind: 'wrong', runbook, heading: prompt.heading, nth: prompt.nth};
		case 'value': {
			const [name] = prompt.names;
			return name === undefined || isSecretName(name) ? undefined : {kind: 'value', name};
		}
		default:
			return undefined;
	}
}

/** What is typed there already. */
export function typedBefore({roundApp}: Pick<BookSession, 'roundApp'>, place: TypedPlace): string {
	return (roundApp && draftAt(roundApp.round.get(), {field: typedField(place)})?.text) ?? '';
}

/** The heading that is meant: of what is selected, else of the topmost line. */
function headingHere(book: BookSession): HeadingPlace {
	const open = shown(book);
	const at = open?.visit.selected ?? open?.visit.top;
	const sections = open?.page.sections.slice(0, (at?.section ?? 0) + 1) ?? [];
	const heading = sections.at(-1)?.heading ?? '';
	const begun = sections.filter((one) => one.level > 0 && one.heading === heading).length;
	return {heading, nth: Math.max(0, begun - 1)};
}

/** Asks what is wrong with the step, or for a tip; what was typed there before is there again. */
export function askToExtend(book: BookSession, kind: 'tip' | 'wrong', at?: HeadingPlace): void {
	const empty: Prompt =
		kind === 'tip'
			? {kind: 'prompt', prompt: 'tip', field: emptyField}
			: {kind: 'prompt', prompt: 'wrong', ...(at ?? headingHere(book)), field: emptyField};
	const place = placeOf(book, empty);
	changeBook(book, {overlay: {...empty, field: fieldOf(place ? typedBefore(book, place) : '')}});
}

/** Changes what is typed. */
export function editPrompt(book: BookSession, prompt: Prompt, change: (field: TextField) => TextField): void {
	const field = change(prompt.field);
	const place = placeOf(book, prompt);
	if (place && field.text !== prompt.field.text)
		book.roundApp?.dispatch({type: 'drafted', draft: {field: typedField(place), text: field.text}});
	changeBook(book, {overlay: {...prompt, field}});
}

/** It is kept elsewhere now. */
export function dropTyped({roundApp}: Pick<BookSession, 'roundApp'>, place: TypedPlace): void {
	roundApp?.dispatch({type: 'draft-dropped', place: {field: typedField(place)}});
}
