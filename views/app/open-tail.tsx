/** Live logs as the program's own screen: everything that the first frame does not wait for. */
import type {TailApp} from '../../src/apps/tail-app.ts';
import type {KeyPress} from '../kit/key-presses.ts';
import type {OpenedScreen} from './open-round.tsx';
import {createOver, LogsAlone, lookUpOver, pressAlone} from './alone.tsx';
import {startTailSession} from '../tail/start-tail-session.ts';
import {changeTail, type TailSession} from '../tail/lines/tail-session.ts';

/** Opens the logs' session and presses what was typed before it was there. */
export function openTail({
	typed,
	size,
	...parts
}: Pick<TailSession, 'theme' | 'exit' | 'suspend'> & {
	readonly app: TailApp;
	readonly typed: readonly KeyPress[];
	readonly size: {readonly columns: number; readonly rows: number};
}): OpenedScreen {
	const over = createOver();
	const session = startTailSession({...parts, lookUp: () => lookUpOver(session, over)});
	const resized: OpenedScreen['resized'] = ({columns, rows}) => changeTail(session, {columns, rows});
	resized(size);
	for (const key of typed) pressAlone(session, over, key);
	return {resized, screen: <LogsAlone session={session} over={over} />};
}
