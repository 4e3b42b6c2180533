/** Runbooks over logs that are the program's own screen: looked up and read, never run, for no round would keep what came of it. */
import {Box, Text, useInput, usePaste} from 'ink';
import type {TailRunbooks} from '../../src/apps/tail-app.ts';
import {keyPresses, type KeyPress} from '../kit/key-presses.ts';
import {rule} from '../kit/line.ts';
import {Lines} from '../kit/lines.tsx';
import {emptyField} from '../kit/text-field.ts';
import {statusLine} from '../tail/status-line.ts';
import type {TailSession} from '../tail/lines/tail-session.ts';
import {useNow} from '../kit/use-now.ts';
import {useStore} from '../kit/use-store.ts';
import {smallest} from '../session/screen-of.ts';
import {bookKeyboard, typeBookText} from './actions/index.ts';
import {BookScreen} from './book-screen.tsx';
import {type BookSession, createBookSession} from './book/book-session.ts';
import type {ReactElement} from 'react';

/** The logs continue below: how fast they come is still to be seen. */
function Status({session}: {readonly session: TailSession}) {
	const {columns} = useStore(session.ui);
	const now = useNow(session.app.clock, 1000);
	return <Lines columns={columns} rows={2} lines={[statusLine(session, now), rule(session.theme, columns)]} />;
}

function BookOverLogs({
	session,
	book,
	press,
}: {
	readonly session: TailSession;
	readonly book: BookSession;
	readonly press: OverLogs['press'];
}) {
	const {columns, rows} = useStore(session.ui);
	useInput((input, key) => {
		for (const one of keyPresses(input, key)) press(one);
	});
	usePaste((text) => {
		if (!typeBookText(book, text)) session.app.notice.set('nothing is being typed: the paste was left out');
	});
	if (columns < smallest.columns || rows < smallest.rows) {
		return (
			<Box width="100%" height={rows} overflow="hidden">
				<Text wrap="wrap">{`Terminal too small: ${smallest.columns}x${smallest.rows} needed. Press ctrl-c to quit.`}</Text>
			</Box>
		);
	}
	return <BookScreen book={book} status={<Status session={session} />} />;
}

/** The look-up over the logs; `close` takes it away again, `press` is where the keyboard's keys come in. */
export function bookOverLogs(
	session: TailSession,
	{runbooks, close, press}: {readonly runbooks: TailRunbooks; readonly close: () => void; readonly press: OverLogs['press']},
): OverLogs {
	const {app, theme, ui, exit, suspend} = session;
	const {clock, notice, copy, edit} = app;
	const book = createBookSession({
		session: {theme, ui, exit, suspend, app: {clock, notice, copy, edit, ...runbooks}},
		roundApp: undefined,
		known: {row: {}, environment: {}},
		check: undefined,
		close,
		visits: [],
		overlay: {kind: 'look-up', field: emptyField, selected: 0},
	});
	return {press: (key) => bookKeyboard.press(book, key), screen: <BookOverLogs session={session} book={book} press={press} />};
}

/** What lies over the logs and takes the keys. */
export interface OverLogs {
	readonly press: (key: KeyPress) => void;
	/** Absent until it is loaded: the logs are shown meanwhile. */
	readonly screen?: ReactElement;
}
