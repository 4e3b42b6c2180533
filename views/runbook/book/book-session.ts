/**
 * What the runbook's screen knows: which pages were read and where, what is selected, what lies on top, what runs.
 * It lies over the round, or over the live logs, and lives outside React, so that keys act on it at once and in order.
 */
import type {App} from '../../../src/apps/round-app.ts';
import type {Runbook} from '../../../src/runbooks/runbook.ts';
import type {HeadingPlace} from '../../../src/runbooks/wrong-step.ts';
import {dayOf} from '../../../src/base/times.ts';
import {type Patch, patched} from '../../../src/base/patch.ts';
import {createStore, type Store} from '../../../src/base/store.ts';
import type {TextField} from '../../kit/text-field.ts';
import {contactText} from '../../session/service-lines.ts';
import type {Session} from '../../session/session.ts';
import {headLines, tipLines} from './book-head.ts';
import type {KnownValues} from './known-values.ts';
import {createPage, type Page, type Place, type StopPlace} from './book-page.ts';
import type {PlannedRun} from './plan-run.ts';
import type {Running} from './run-state.ts';

/** A runbook that was opened, and where in it. */
export interface Visit {
	/** Tells runbooks apart. */
	readonly path: string;
	readonly top: Place;
	readonly selected?: StopPlace;
	/** The line the search is at. */
	readonly found?: Place;
}

export type BookPrompt =
	| {readonly prompt: 'search'}
	| {readonly prompt: 'tip'}
	/** Which step is wrong: where the eye was when it was asked. */
	| ({readonly prompt: 'wrong'} & HeadingPlace)
	/** The value of a variable; those before it are in the plan. */
	| {readonly prompt: 'value'; readonly plan: PlannedRun; readonly names: readonly string[]}
	/** The service's name, before production is changed. */
	| {readonly prompt: 'name'; readonly plan: PlannedRun};

export type BookOverlay =
	| {readonly kind: 'help' | 'look-up' | 'outline'; readonly field: TextField; readonly selected: number}
	| ({readonly kind: 'prompt'; readonly field: TextField} & BookPrompt)
	| {readonly kind: 'run'; readonly plan: PlannedRun}
	/** The whole output; without a top it follows the newest line. */
	| {readonly kind: 'output'; readonly top?: number};

export interface BookUi {
	readonly visits: readonly Visit[];
	/** The visit that is shown. */
	readonly at: number;
	readonly overlay?: BookOverlay;
	readonly search: string;
}

/** What reading needs of the program: the round's, or that of logs which are its own screen. */
export type ReadingApp = Pick<App, 'clock' | 'notice' | 'open' | 'copy' | 'edit' | 'runbooks' | 'findRunbooks'> & {
	readonly service?: Pick<App['service'], 'expert'>;
};

/** The screen that the book lies over. */
export interface BookHost extends Pick<Session, 'theme' | 'exit' | 'suspend'> {
	readonly app: ReadingApp;
	readonly ui: Pick<Store<{readonly columns: number; readonly rows: number}>, 'get' | 'subscribe'>;
}

export interface BookSession {
	readonly session: BookHost;
	readonly app: ReadingApp;
	/** The round, which keeps ticks, tips and what a block printed; undefined over logs on their own, where a runbook is only read. */
	readonly roundApp: App | undefined;
	readonly theme: Session['theme'];
	readonly ui: Store<BookUi>;
	/** The block that runs or ran last; a new one takes its place. */
	readonly running: Store<Running | undefined>;
	/** What is known of the row it was opened from, and of the environment. */
	readonly known: KnownValues;
	/** The check it was opened from, whose evidence it gives; absent where there is none. */
	readonly check: string | undefined;
	/** Name of the runbook that carries the check’s tips, as long as the book is open; absent where there is none. */
	readonly tipsOn: string | undefined;
	/** Closes the book; what runs is stopped. */
	readonly close: () => void;
	readonly pages: Map<string, {readonly runbook: Runbook; readonly page: Page}>;
}

/** Where a freshly opened runbook is. */
export const atTop: Place = {section: 0, line: 0};

export function createBookSession(
	parts: Pick<BookSession, 'session' | 'roundApp' | 'known' | 'check' | 'close'> & {
		/** Where it is not the check’s own. */
		readonly tipsOn?: string;
		readonly overlay?: BookOverlay;
		readonly visits: readonly Visit[];
	},
): BookSession {
	const {session, roundApp, known, check, close, overlay, visits} = parts;
	return {
		session,
		app: session.app,
		roundApp,
		theme: session.theme,
		known,
		check,
		// What the check finds now may speak of another one a second later: the page that is being read stays as it is.
		tipsOn: parts.tipsOn ?? roundApp?.runbookOf(check ?? '')?.id,
		close,
		ui: createStore<BookUi>({visits, at: visits.length - 1, search: '', ...(overlay ? {overlay} : {})}),
		running: createStore<Running | undefined>(undefined),
		pages: new Map(),
	};
}

/** Changes part of the state. */
export function changeBook({ui}: Pick<BookSession, 'ui'>, part: Patch<BookUi>): void {
	ui.set(patched(ui.get(), part));
}

/** The visit that is shown; undefined while none was made. */
export function currentVisit({ui}: BookSession): Visit | undefined {
	const {visits, at} = ui.get();
	return visits[at];
}

export function changeVisit(book: BookSession, part: Patch<Visit>): void {
	const {visits, at} = book.ui.get();
	changeBook(book, {visits: visits.map((visit, index) => (index === at ? patched(visit, part) : visit))});
}

/** The columns of the text: no line is longer than the eye can follow. */
export function textColumns({session}: BookSession): number {
	return Math.min(100, session.ui.get().columns - 4);
}

const mostKept = 6;

/** A runbook at the present width, laid out once. */
export function pageOf(book: BookSession, runbook: Runbook): Page {
	const columns = textColumns(book);
	const key = `${columns} ${runbook.path}`;
	const found = book.pages.get(key);
	if (found?.runbook === runbook) return found.page;
	const {app, roundApp, theme, check} = book;
	const expert = app.service?.expert;
	const ids = new Set(app.runbooks().map(({id}) => id));
	const configured = book.tipsOn === runbook.id ? roundApp?.checks.find(({id}) => id === check) : undefined;
	const page = createPage(runbook.markdown, {
		columns,
		symbols: theme.symbols,
		head: headLines(runbook, {
			columns,
			symbols: theme.symbols,
			today: dayOf(app.clock.now()),
			expert: expert && contactText(expert),
		}),
		tail: configured ? tipLines(configured, {columns, symbols: theme.symbols}) : [],
		isPage: (name) => ids.has(name),
	});
	book.pages.delete(key);
	book.pages.set(key, {runbook, page});
	for (const old of [...book.pages.keys()].slice(0, -mostKept)) book.pages.delete(old);
	return page;
}

/** The runbook that is shown and its page; undefined while there is none, or where its file is gone. */
export function shown(book: BookSession): {readonly runbook: Runbook; readonly page: Page; readonly visit: Visit} | undefined {
	const visit = currentVisit(book);
	const runbook = visit && book.app.runbooks().find(({path}) => path === visit.path);
	return visit && runbook && {visit, runbook, page: pageOf(book, runbook)};
}

/** Opens a runbook after the one that is shown; what was ahead of it is forgotten. */
export function visitRunbook(book: BookSession, visit: Visit): void {
	const {visits, at} = book.ui.get();
	const kept = visits.slice(Math.max(0, at - 50), at + 1);
	changeBook(book, {visits: [...kept, visit], at: kept.length, overlay: undefined});
}
