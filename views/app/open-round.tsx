/** The round's own screens over a loaded round: everything that the first frame does not wait for. */
import type {ReactElement} from 'react';
import {press} from './actions/index.ts';
import {Screen} from './app.tsx';
import {SessionContext} from '../session/context.ts';
import {restoreDraft} from '../round/shared/typed-field.ts';
import type {KeyPress} from '../kit/key-presses.ts';
import {change, createSession, type Session} from '../session/session.ts';
import {logsOver} from '../tail/logs-over.ts';
import {changeTail} from '../tail/lines/tail-session.ts';

/** A screen that takes the place of the opening one. */
export interface OpenedScreen {
	readonly screen: ReactElement;
	readonly resized: (size: {readonly columns: number; readonly rows: number}) => void;
}

/** Opens the round's session and presses what was typed before it was there. */
export function openRound({
	typed,
	size,
	...parts
}: Pick<Session, 'app' | 'theme' | 'exit' | 'suspend'> & {
	readonly typed: readonly KeyPress[];
	readonly size: {readonly columns: number; readonly rows: number};
}): OpenedScreen {
	const session = createSession(parts);
	const resized: OpenedScreen['resized'] = ({columns, rows}) => {
		change(session, {columns, rows});
		const logs = logsOver(session).get();
		if (logs) changeTail(logs, {columns, rows});
	};
	resized(size);
	restoreDraft(session);
	const {openRounds, notice} = parts.app;
	// No one answers a question before it was asked.
	if (openRounds.get().length === 0) for (const key of typed) press(session, key);
	else if (typed.length > 0) notice.set('what was typed before this question was left out');
	return {
		resized,
		screen: (
			<SessionContext.Provider value={session}>
				<Screen />
			</SessionContext.Provider>
		),
	};
}
