/** A runbook over the whole body, with its own keys at the foot. */
import {Box} from 'ink';
import type {ReactElement} from 'react';
import {createStore} from '../../src/base/store.ts';
import {footerLines} from '../kit/footer-lines.ts';
import {layoutOf} from '../session/layout.ts';
import {Lines} from '../kit/lines.tsx';
import {useNow} from '../kit/use-now.ts';
import {useStore} from '../kit/use-store.ts';
import {bookKeyboard} from './actions/index.ts';
import type {BookSession} from './book/book-session.ts';
import {bookLines} from './book/draw-book.ts';
import {ListScreen} from './list-screen.tsx';
import {bookScopeOf} from './book/book-scope.ts';

/** Redraws while a block runs, for its time. */
function Body({book}: {readonly book: BookSession}) {
	useNow(book.app.clock, 1000);
	const {columns, bodyRows} = layoutOf(book.session.ui.get());
	return <Lines columns={columns} rows={bodyRows} lines={bookLines(book)} />;
}

/** What changes where there is no round: nothing. */
const noRound = createStore(undefined);

/** The runbook's screen below the status line of what it lies over; keys come in where those of the screen beneath do. */
export function BookScreen({book, status}: {readonly book: BookSession; readonly status: ReactElement}) {
	const {session, app, roundApp, theme} = book;
	const {columns, rows} = useStore(session.ui);
	const {overlay} = useStore(book.ui);
	useStore(book.running);
	useStore<unknown>(roundApp?.round ?? noRound);
	const notice = useStore(app.notice);
	const {bodyRows} = layoutOf({columns, rows});
	const foot = footerLines(theme, {
		columns,
		scope: bookScopeOf(book),
		works: (binding) => bookKeyboard.whyNot(book, binding) === undefined,
		notice: notice === undefined ? undefined : {text: notice, tone: 'strong'},
	});
	const list = overlay?.kind === 'look-up' || overlay?.kind === 'outline' || overlay?.kind === 'help' ? overlay : undefined;
	return (
		<Box width="100%" height={rows} overflow="hidden" flexDirection="column">
			{status}
			{list ? <ListScreen book={book} list={list} columns={columns} rows={bodyRows} /> : <Body book={book} />}
			<Lines columns={columns} rows={2} lines={foot} />
		</Box>
	);
}
