/** The lists with a field over a runbook: look-up of runbooks, outline of headings, help. */
import type {RunbookHit} from '../../../src/runbooks/search-runbooks.ts';
import type {Runbook} from '../../../src/runbooks/runbook.ts';
import {bindingItems, type HelpItem, matchingItems} from '../../session/help-items.ts';
import {atTop, type BookOverlay, type BookSession, changeBook, pageOf, shown, visitRunbook} from './book-session.ts';
import {showFrom} from './book-moving.ts';
import type {Place} from './book-page.ts';
import {bookScopeBelow} from './book-scope.ts';

export type BookList = Extract<BookOverlay, {readonly kind: 'help' | 'look-up' | 'outline'}>;

export interface LookUpItem {
	readonly runbook: Runbook;
	/** The heading that speaks of what was typed. */
	readonly heading?: string | undefined;
	readonly snippet: string;
}

/** More than fit on a screen are not looked at. */
const mostHits = 60;
const kept = new WeakMap<BookSession, {readonly query: string; readonly of: readonly Runbook[]; readonly items: readonly LookUpItem[]}>();

const itemOf = ({runbook, heading, snippet}: RunbookHit): LookUpItem => ({runbook, heading, snippet});

/** The runbooks that what is typed finds, best first; all of them while nothing is typed. */
export function lookUpItems(book: BookSession, {field}: BookList): readonly LookUpItem[] {
	const query = field.text.trim();
	const of = book.app.runbooks();
	const found = kept.get(book);
	if (found?.query === query && found.of === of) return found.items;
	const items =
		query === ''
			? of.map((runbook): LookUpItem => ({runbook, snippet: runbook.checks.length > 0 ? `for ${runbook.checks.join(', ')}` : ''}))
			: book.app.findRunbooks(query, mostHits).map(itemOf);
	kept.set(book, {query, of, items});
	return items;
}

export interface OutlineItem {
	readonly heading: string;
	readonly level: number;
	readonly place: Place;
}

/** The headings of the page that contain every typed word. */
export function outlineItems(book: BookSession, {field}: BookList): readonly OutlineItem[] {
	const page = shown(book)?.page;
	if (!page) return [];
	const words = field.text.toLowerCase().split(/\s+/).filter(Boolean);
	return page.sections.flatMap(({heading, level}, section) =>
		level > 0 && words.every((word) => heading.toLowerCase().includes(word)) ? [{heading, level, place: {section, line: 0}}] : [],
	);
}

/** The keys that hold below the help and contain what is typed. */
export function bookHelpItems(book: BookSession, {field}: BookList): readonly HelpItem[] {
	return matchingItems(bindingItems(bookScopeBelow(book)), field.text);
}

export function listLength(book: BookSession, list: BookList): number {
	switch (list.kind) {
		case 'help':
			return bookHelpItems(book, list).length;
		case 'look-up':
			return lookUpItems(book, list).length;
		default:
			return outlineItems(book, list).length;
	}
}

/** Opens a runbook at a heading; at its beginning where it has no such heading. */
export function openAt(book: BookSession, runbook: Runbook, heading: string | undefined): void {
	visitRunbook(book, {path: runbook.path, top: atTop});
	const place = heading === undefined ? undefined : pageOf(book, runbook).placeOfHeading(heading);
	if (place) showFrom(book, place);
}

/** What enter does on the selected row of look-up and outline. */
export function chooseRow(book: BookSession, list: BookList): void {
	if (list.kind === 'look-up') {
		const item = lookUpItems(book, list)[list.selected];
		if (item) openAt(book, item.runbook, item.heading);
	} else if (list.kind === 'outline') {
		const item = outlineItems(book, list)[list.selected];
		if (!item) return;
		changeBook(book, {overlay: undefined});
		showFrom(book, item.place);
	}
}
