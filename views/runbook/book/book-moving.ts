/** Moving through a runbook: scrolling, from stop to stop, to what a search finds, along its links. */
import {follow} from '../../../src/runbooks/follow.ts';
import {atTop, type BookSession, changeBook, changeVisit, pageOf, shown, visitRunbook} from './book-session.ts';
import {textRowsOf} from './draw-book.ts';
import type {Page, Place, StopPlace} from './book-page.ts';

const before = (a: Place, b: Place) => a.section < b.section || (a.section === b.section && a.line < b.line);

/** Scrolls by lines, never beyond the last screenful. */
export function scroll(book: BookSession, by: number | 'first' | 'last'): void {
	const open = shown(book);
	if (!open) return;
	const {page, visit} = open;
	const last = page.lastTop(textRowsOf(book));
	const to = by === 'first' ? atTop : by === 'last' ? last : page.moved(visit.top, by);
	changeVisit(book, {top: before(last, to) ? last : to});
}

/** Shows the page from that line on; where all after it fits on the screen, the line is marked instead of the rest hidden. */
export function showFrom(book: BookSession, place: Place): void {
	const open = shown(book);
	if (!open) return;
	const {page} = open;
	// The blank before a heading belongs to what is above it.
	const first = page.lines(place.section)[place.line]?.length === 0 ? page.moved(place, 1) : place;
	const line = first.section === place.section ? first : place;
	const last = page.lastTop(textRowsOf(book));
	changeVisit(book, {top: before(last, line) ? last : line, selected: undefined, found: before(last, line) ? line : undefined});
}

/** Half of what is shown. */
export function halfPage(book: BookSession): number {
	return Math.max(1, Math.floor(textRowsOf(book) / 2));
}

/** Scrolls only where the place is not on the screen; then it is a third down. */
function reveal(book: BookSession, page: Page, place: Place): Place {
	const rows = textRowsOf(book);
	const visit = shown(book)?.visit;
	const top = visit?.top ?? atTop;
	const visible = page.rows(top, rows).some(({section, line}) => section === place.section && line === place.line);
	return visible ? top : page.moved(place, -Math.floor(rows / 3));
}

/** Scrolls where what is selected was covered by what opened below the text. */
export function keepInSight(book: BookSession): void {
	const open = shown(book);
	const at = open?.visit.selected;
	const line = at && open.page.stops(at.section)[at.index]?.line;
	if (open && at && line !== undefined) changeVisit(book, {top: reveal(book, open.page, {section: at.section, line})});
}

/** Every stop in its order from a place on, or backwards from it; sections without any are passed unread. */
function* stopsFrom(page: Page, from: StopPlace | Place, direction: 1 | -1): Generator<StopPlace & Place> {
	for (let section = from.section; section >= 0 && section < page.sections.length; section += direction) {
		if (!page.mayStop(section)) continue;
		const stops = page.stops(section).map(({line}, index) => ({section, index, line}));
		const ahead = stops.filter((stop) => {
			if (section !== from.section) return true;
			if ('index' in from) return direction > 0 ? stop.index > from.index : stop.index < from.index;
			return direction > 0 ? stop.line >= from.line : stop.line < from.line;
		});
		yield* direction > 0 ? ahead : ahead.toReversed();
	}
}

/** Selects the next stop in that direction, from the selected one or from the top of the screen; says where there is none. */
export function step(book: BookSession, direction: 1 | -1, kind: 'code' | undefined): void {
	const open = shown(book);
	if (!open) return;
	const {page, visit} = open;
	const rows = page.rows(visit.top, textRowsOf(book));
	const at = visit.selected;
	const selectedLine = at && page.stops(at.section)[at.index]?.line;
	const seen = at && rows.some(({section, line}) => section === at.section && line === selectedLine);
	// A selection that was scrolled away from is left behind: the next one is on the screen.
	const from = seen ? at : direction > 0 ? visit.top : (rows.at(-1) ?? visit.top);
	for (const found of stopsFrom(page, from, direction)) {
		if (kind !== undefined && page.stops(found.section)[found.index]?.stop.kind !== kind) continue;
		const {section, index, line} = found;
		changeVisit(book, {selected: {section, index}, top: reveal(book, page, {section, line})});
		return;
	}
	book.app.notice.set(
		kind === 'code'
			? `no block of code ${direction > 0 ? 'further down' : 'before this'}`
			: `nothing more to select ${direction > 0 ? 'below' : 'above'}`,
	);
}

/** The selected stop. */
export function selectedStop(book: BookSession) {
	const open = shown(book);
	const at = open?.visit.selected;
	return at && open.page.stops(at.section)[at.index]?.stop;
}

const textOf = (parts: readonly {readonly text: string}[]) =>
	parts
		.map(({text}) => text)
		.join('')
		.toLowerCase();

/** Goes to the next line that holds what was searched for, round the end; says where there is none. */
export function search(book: BookSession, direction: 1 | -1): void {
	const open = shown(book);
	const query = book.ui.get().search.toLowerCase();
	if (!open || query === '') return;
	const {page, visit} = open;
	const count = page.sections.length;
	const from = visit.found ?? {section: visit.top.section, line: visit.top.line - direction};
	for (let ahead = 0; ahead <= count; ahead++) {
		const section = (((from.section + ahead * direction) % count) + count) % count;
		// Only what holds the words is laid out; the lines of the front matter are few.
		if (
			section !== 0 &&
			!page
				.source(section)
				.toLowerCase()
				.includes(query.split(' ', 1)[0] ?? '')
		)
			continue;
		const lines = page.lines(section).map((parts, line) => ({line, found: textOf(parts).includes(query)}));
		const ordered = direction > 0 ? lines : lines.toReversed();
		const hit = ordered.find(({line, found}) => {
			if (!found) return false;
			if (ahead === 0) return direction > 0 ? line > from.line : line < from.line;
			return ahead < count || (direction > 0 ? line <= from.line : line >= from.line);
		});
		if (!hit) continue;
		const place = {section, line: hit.line};
		changeVisit(book, {found: place, top: reveal(book, page, place)});
		return;
	}
	book.app.notice.set(`“${book.ui.get().search}” is not in this runbook`);
}

/** Follows a link: to a heading, to another runbook, or out to the browser. */
export function followLink(book: BookSession, href: string): void {
	const open = shown(book);
	if (!open) return;
	const {app} = book;
	const to = follow(href, open.runbook, app.runbooks());
	if (to.kind === 'nowhere') app.notice.set(to.words);
	else if (to.kind === 'outside') app.open(to.url);
	else {
		visitRunbook(book, {path: to.runbook.path, top: atTop});
		if (to.line !== undefined) showFrom(book, pageOf(book, to.runbook).placeOf(to.line));
		if (to.missing !== undefined) app.notice.set(to.missing);
	}
}

/** Back and forth between the pages that were opened. */
export function turn(book: BookSession, by: 1 | -1): void {
	const {at, visits} = book.ui.get();
	changeBook(book, {at: Math.max(0, Math.min(visits.length - 1, at + by))});
}
