/** Live logs over the round: opened from a row, gone with escape, the round as it was beneath them. */
import type {TailApp} from '../../../src/apps/tail-app.ts';
import {openLookUp} from './open-book.ts';
import type {Session} from '../../session/session.ts';
import {changeTail} from '../../tail/lines/tail-session.ts';
import {logsOver} from '../../tail/logs-over.ts';
import {startTailSession} from '../../tail/start-tail-session.ts';

/** Lays the logs over the round; their streams end when the operator goes back. */
export function openLogsOver(session: Session, app: TailApp): void {
	const {theme, suspend, ui} = session;
	const logs = logsOver(session);
	const tail = startTailSession({
		app,
		theme,
		suspend,
		over: 'the round',
		lookUp: () => openLookUp(session),
		exit() {
			logs.set(undefined);
			app.stop().catch((error: unknown) => session.app.notice.set(error instanceof Error ? error.message : String(error)));
		},
	});
	const {columns, rows} = ui.get();
	changeTail(tail, {columns, rows});
	logs.set(tail);
}
