/** Every binding's handler on a runbook's screen, complete by its type. */
import {fieldKeys} from '../../session/field-keys.ts';
import {sanitize} from '../../../src/base/terminal/sanitize.ts';
import {tell} from '../../session/action.ts';
import {createKeyboard} from '../../session/keyboard.ts';
import {layoutOf} from '../../session/layout.ts';
import {edits, emptyField, fieldOf, insert, type TextField} from '../../kit/text-field.ts';
import {act, askValues, confirm, keepPrompt, planText, runRefusal, runSelected} from '../book/acting.ts';
import {type BookOverlay, type BookSession, changeBook, shown} from '../book/book-session.ts';
import {outputTop} from '../book/draw-book.ts';
import {bookHelpItems, type BookList, chooseRow, listLength} from '../book/book-lists.ts';
import {halfPage, scroll, search, selectedStop, step, turn} from '../book/book-moving.ts';
import {refused} from '../book/refused.ts';
import {isRunning, pinOutput} from '../book/running.ts';
import {missingNames} from '../book/plan-run.ts';
import {askToExtend, editPrompt} from '../book/book-typing.ts';
import {bookScopeBelow, bookScopeOf} from '../book/book-scope.ts';
import type {BookAction, BookActions} from './book-action.ts';

type Of<Kind extends BookOverlay['kind']> = Extract<BookOverlay, {readonly kind: Kind}>;

const isList = (overlay: BookOverlay | undefined): overlay is BookList =>
	overlay?.kind === 'help' || overlay?.kind === 'look-up' || overlay?.kind === 'outline';

function edit(book: BookSession, change: (field: TextField) => TextField): boolean {
	const {overlay} = book.ui.get();
	if (isList(overlay)) changeBook(book, {overlay: {...overlay, field: change(overlay.field), selected: 0}});
	else if (overlay?.kind === 'prompt') editPrompt(book, overlay, change);
	else return false;
	return true;
}

/** Puts typed or pasted text in at the cursor. False where nothing is being typed. */
export function typeBookText(book: BookSession, text: string): boolean {
	return edit(book, (field) => insert(field, text));
}

const editing = (change: (field: TextField) => TextField): BookAction => ({run: (book) => void edit(book, change)});

const stillRunning = 'A block is running. Press ctrl-c to stop it, then close the runbook.';

/** Leaves the runbook; what runs is not stopped half-way by the way. */
function leave(book: BookSession): void {
	if (isRunning(book)) book.app.notice.set(stillRunning);
	else book.close();
}

/** What esc does, one step at a time. */
function back(book: BookSession): void {
	const {overlay, at, visits} = book.ui.get();
	const visit = visits[at];
	if (overlay) {
		changeBook(book, {overlay: undefined});
		// A look-up that was opened by itself leaves nothing behind.
		if (!visit) leave(book);
	} else if (visit?.selected !== undefined || visit?.found !== undefined) {
		changeBook(book, {visits: visits.map((one, index) => (index === at ? {path: one.path, top: one.top} : one))});
	} else leave(book);
}

const onPage = (run: (book: BookSession) => void, disabled?: (book: BookSession) => string | undefined): BookAction => ({
	run,
	disabled: (book) => (shown(book) ? disabled?.(book) : 'no runbook is open'),
});

const extendWith = (kind: 'tip' | 'wrong'): BookAction => onPage((book) => askToExtend(book, kind));

const openList = (kind: BookList['kind']): BookAction => ({
	run: (book) => changeBook(book, {overlay: {kind, field: emptyField, selected: 0}}),
});

function onOverlay<Kind extends BookOverlay['kind']>(kind: Kind, run: (book: BookSession, overlay: Of<Kind>) => void): BookAction {
	return {
		run(book) {
			const {overlay} = book.ui.get();
			if (overlay?.kind === kind) run(book, overlay as Of<Kind>);
		},
	};
}

const select = (by: number): BookAction => ({
	run(book) {
		const {overlay} = book.ui.get();
		if (!isList(overlay)) return;
		const selected = Math.max(0, Math.min(listLength(book, overlay) - 1, overlay.selected + by));
		changeBook(book, {overlay: {...overlay, selected}});
	},
});

const scrollOutput = (by: number | 'half-down' | 'half-up' | 'first' | 'last'): BookAction =>
	onOverlay('output', (book, {top}) => {
		const rows = layoutOf(book.session.ui.get()).bodyRows - 2;
		const total = book.running.get()?.output.lines().length ?? 0;
		const now = outputTop(total, rows, top);
		const half = Math.max(1, Math.floor(rows / 2));
		const to = by === 'first' ? 0 : by === 'last' ? total : now + (by === 'half-down' ? half : by === 'half-up' ? -half : by);
		// At the end it follows what is printed from now on.
		changeBook(book, {overlay: to >= total - rows ? {kind: 'output'} : {kind: 'output', top: Math.max(0, to)}});
	});

const nothingRan = ({running}: BookSession) => (running.get() ? undefined : 'Nothing has run yet. Press x to run a block.');
const notSearched = ({ui}: BookSession) => (ui.get().search === '' ? 'No search yet. Press / to search.' : undefined);

const pin: BookAction = {
	run: (book) => book.app.notice.set(pinOutput(book)),
	disabled: (book) => nothingRan(book) ?? (book.check === undefined ? 'there is no check to pin it to' : undefined),
};

export const bookActions: BookActions = {
	'quit-now': {
		run(book) {
			if (isRunning(book)) book.running.get()?.stop();
			else book.session.exit();
		},
	},
	quit: {run: leave},
	back: {run: back},
	help: openList('help'),
	palette: openList('help'),
	'look-up': openList('look-up'),
	'book-down': onPage((book) => scroll(book, 1)),
	'book-up': onPage((book) => scroll(book, -1)),
	'book-page-down': onPage((book) => scroll(book, halfPage(book))),
	'book-page-up': onPage((book) => scroll(book, -halfPage(book))),
	'book-first': onPage((book) => scroll(book, 'first')),
	'book-last': onPage((book) => scroll(book, 'last')),
	'book-next': onPage((book) => step(book, 1, undefined)),
	'book-previous': onPage((book) => step(book, -1, undefined)),
	'book-act': onPage(act),
	'book-block': onPage((book) => step(book, 1, 'code')),
	'book-block-before': onPage((book) => step(book, -1, 'code')),
	'book-run': onPage(runSelected, runRefusal),
	'book-outline': onPage((book) => changeBook(book, {overlay: {kind: 'outline', field: emptyField, selected: 0}})),
	'book-search': onPage((book) => changeBook(book, {overlay: {kind: 'prompt', prompt: 'search', field: fieldOf(book.ui.get().search)}})),
	'book-search-next': onPage((book) => search(book, 1), notSearched),
	'book-search-before': onPage((book) => search(book, -1), notSearched),
	'book-back': onPage(
		(book) => turn(book, -1),
		({ui, roundApp}) => (ui.get().at > 0 ? undefined : `This is the first page. Press r to return to the ${roundApp ? 'round' : 'logs'}`),
	),
	'book-forward': onPage(
		(book) => turn(book, 1),
		({ui}) => (ui.get().at < ui.get().visits.length - 1 ? undefined : 'no page was left by going back'),
	),
	'book-tip': extendWith('tip'),
	'book-wrong': extendWith('wrong'),
	'book-pin': pin,
	'book-output': {run: (book) => changeBook(book, {overlay: {kind: 'output'}}), disabled: nothingRan},
	'book-copy': onPage((book) => {
		const stop = selectedStop(book);
		const text = stop?.kind === 'code' ? stop.code : stop?.kind === 'link' ? stop.href : stop?.text;
		book.app.copy(text ?? shown(book)?.runbook.markdown ?? '');
	}),
	'book-close': {run: leave},
	'run-yes': {
		...onOverlay('run', (book, {plan}) => confirm(book, plan)),
		disabled: runRefusal,
	},
	'run-no': {run: (book) => changeBook(book, {overlay: undefined})},
	'run-values': {
		...onOverlay('run', (book, {plan}) => askValues(book, plan)),
		disabled({ui}) {
			const {overlay} = ui.get();
			return overlay?.kind === 'run' && overlay.plan.block.variables.length > 0 ? undefined : 'it takes no values';
		},
	},
	'run-copy': onOverlay('run', (book, {plan}) => book.app.copy(planText(plan))),
	'output-down': scrollOutput(1),
	'output-up': scrollOutput(-1),
	'output-page-down': scrollOutput('half-down'),
	'output-page-up': scrollOutput('half-up'),
	'output-first': scrollOutput('first'),
	'output-last': scrollOutput('last'),
	'output-pin': pin,
	'output-copy': {run: (book) => book.app.copy(book.running.get()?.output.lines().join('\n') ?? '')},
	'output-close': {run: (book) => changeBook(book, {overlay: undefined})},
	'help-down': select(1),
	'help-up': select(-1),
	'help-close': {run: back},
	'help-run': {
		run(book) {
			const {overlay} = book.ui.get();
			if (!isList(overlay)) return;
			if (overlay.kind !== 'help') {
				chooseRow(book, overlay);
				return;
			}
			const item = bookHelpItems(book, overlay)[overlay.selected];
			changeBook(book, {overlay: undefined});
			if (item?.kind === 'binding') bookKeyboard.run(book, item.id, {scope: bookScopeBelow(book), key: item.key});
		},
	},
	'help-backspace': editing(edits.backspace),
	'help-empty': editing(edits['delete-start']),
	'field-keep': onOverlay('prompt', keepPrompt),
	'field-cancel': onOverlay('prompt', (book, overlay) => {
		const {prompt, field} = overlay;
		// Back to what would run, where all of its values are known.
		const plan = prompt === 'value' || prompt === 'name' ? overlay.plan : undefined;
		changeBook(book, {overlay: plan && missingNames(plan).length === 0 ? {kind: 'run', plan} : undefined});
		if ((prompt === 'tip' || prompt === 'wrong') && field.text !== '')
			book.app.notice.set(`Draft saved. Press ${prompt === 'tip' ? 't' : 'w'} to continue.`);
	}),
	'field-editor': {
		...onOverlay('prompt', (book, {field}) => {
			book.session
				.suspend(() => book.app.edit(field.text))
				.then((text) => edit(book, () => fieldOf(sanitize(text).trim())))
				.catch((error: unknown) => tell(book, error));
		}),
		disabled({ui}) {
			const {overlay} = ui.get();
			return overlay?.kind === 'prompt' && overlay.prompt === 'name' ? 'the name is typed here, by hand' : undefined;
		},
	},
	...fieldKeys(editing),
};

export const bookKeyboard = createKeyboard(bookActions, {scopeOf: bookScopeOf, typeText: typeBookText, refused});
