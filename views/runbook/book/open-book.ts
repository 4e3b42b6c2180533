/** Opens the runbook's screen over the round, or over the live logs; gone with escape, everything as it was beneath it. */
import {headingFor} from '../../../src/runbooks/heading-for.ts';
import type {TypedPlace} from '../../../src/runbooks/typed-addition.ts';
import {emptyField} from '../../kit/text-field.ts';
import {currentStep, type Session} from '../../session/session.ts';
import {atTop, type BookOverlay, type BookSession, createBookSession, pageOf, type Visit} from './book-session.ts';
import {bookOver} from './book-over.ts';
import {knownValues} from './known-values.ts';
import {showFrom} from './book-moving.ts';
import {rowText} from './row-text.ts';
import {askToExtend} from './book-typing.ts';

function open(
	session: Session,
	parts: {readonly visits: readonly Visit[]; readonly tipsOn?: string; readonly overlay?: BookOverlay},
): BookSession {
	const book = createBookSession({
		session,
		roundApp: session.app,
		known: knownValues(session),
		check: currentStep(session)?.id,
		close() {
			book.running.get()?.stop();
			bookOver(session).set(undefined);
		},
		...parts,
	});
	bookOver(session).set(book);
	return book;
}

/** Opens the runbook of the check under the cursor, at the heading that speaks of the selected row. False where there is none. */
export function openRunbook(session: Session): boolean {
	const step = currentStep(session);
	const text = rowText(session);
	const runbook = step && session.app.runbookOf(step.id, text);
	if (!runbook) return false;
	const book = open(session, {visits: [{path: runbook.path, top: atTop}], tipsOn: runbook.id});
	const heading = text === undefined ? undefined : headingFor(runbook, text);
	const place = heading === undefined ? undefined : pageOf(book, runbook).placeOfHeading(heading);
	if (place) showFrom(book, place);
	return true;
}

/** Opens the look-up of runbooks. */
export function openLookUp(session: Session): void {
	open(session, {visits: [], overlay: {kind: 'look-up', field: emptyField, selected: 0}});
}

/** Opens the runbook at that path, as the palette names it. */
export function openRunbookAt(session: Session, path: string): void {
	open(session, {visits: [{path, top: atTop}]});
}

/** Opens the runbook that something was being typed into, and the question with it: what a crash or a closed laptop left behind. */
export function openTypedAt(session: Session, place: Exclude<TypedPlace, {readonly kind: 'value'}>): void {
	const runbook = session.app.runbooks().find(({id}) => id === place.runbook);
	if (!runbook) return;
	const book = open(session, {visits: [{path: runbook.path, top: atTop}]});
	const at = place.kind === 'wrong' ? {heading: place.heading, nth: place.nth} : undefined;
	const there = at && pageOf(book, runbook).placeOfHeading(at.heading);
	if (there) showFrom(book, there);
	askToExtend(book, place.kind, at);
}
