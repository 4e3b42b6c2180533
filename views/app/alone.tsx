/** Logs as the program's own screen, and the runbooks that may lie over them: these are loaded once they are asked for. */
import {createStore, type Store} from '../../src/base/store.ts';
import type {KeyPress} from '../kit/key-presses.ts';
import {useStore} from '../kit/use-store.ts';
import {tailKeyboard} from '../tail/actions/index.ts';
import {TailScreen} from '../tail/tail-screen.tsx';
import type {TailSession} from '../tail/lines/tail-session.ts';
import type {OverLogs} from '../runbook/over-logs.tsx';

export type OverStore = Store<OverLogs | undefined>;

/** Nothing lies over the logs yet. */
export const createOver = (): OverStore => createStore<OverLogs | undefined>(undefined);

/** Opens the look-up over the logs; what is typed until it is there is typed into it. */
export function lookUpOver(session: TailSession, over: OverStore): void {
	const {app} = session;
	const {openRunbooks} = app;
	if (!openRunbooks) return;
	const typed: KeyPress[] = [];
	const waiting: OverLogs = {
		press(key) {
			if (key.name === 'ctrl-c') session.exit();
			else if (key.name === 'escape') over.set(undefined);
			else typed.push(key);
		},
	};
	over.set(waiting);
	app.notice.set('reading the runbooks');
	Promise.all([openRunbooks(), import('../runbook/over-logs.tsx')]).then(
		([runbooks, {bookOverLogs}]) => {
			if (over.get() !== waiting) return;
			const opened = bookOverLogs(session, {
				runbooks,
				close: () => over.set(undefined),
				press: (key) => pressAlone(session, over, key),
			});
			over.set(opened);
			app.notice.set(runbooks.problem);
			for (const key of typed) pressAlone(session, over, key);
		},
		(error: unknown) => {
			if (over.get() === waiting) over.set(undefined);
			app.notice.set(error instanceof Error ? error.message : String(error));
		},
	);
}

/** One key: to what lies on top. */
export function pressAlone(session: TailSession, over: OverStore, key: KeyPress): void {
	const top = over.get();
	if (top) top.press(key);
	else tailKeyboard.press(session, key);
}

/** The logs, or what lies over them. */
export function LogsAlone({session, over}: {readonly session: TailSession; readonly over: OverStore}) {
	const top = useStore(over);
	return top?.screen ?? <TailScreen session={session} press={(key) => pressAlone(session, over, key)} />;
}
