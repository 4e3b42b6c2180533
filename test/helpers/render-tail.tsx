/** Draws the log screen at a given size, presses keys, waits for content; never sleeps for a fixed time. */
import type {TailApp} from '../../src/apps/tail-app.ts';
import type {FakeTail} from './fake-tail.ts';
import {startTailSession} from '../../views/tail/start-tail-session.ts';
import {createOver, LogsAlone, lookUpOver} from '../../views/app/alone.tsx';
import {changeTail, type TailSession} from '../../views/tail/lines/tail-session.ts';
import {createTheme} from '../../views/kit/theme.ts';
import {type DrawnScreen, drawInTerminal, type RenderOptions} from './render.tsx';

export interface RenderedTail extends DrawnScreen {
	readonly session: TailSession;
	readonly exits: () => number;
	/** Waits until all lines were looked at and the screen shows them. */
	readonly settled: () => Promise<string>;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Renders the log screen over the fake. */
export async function renderTail({app, clock}: FakeTail, options: RenderOptions & {readonly over?: string} = {}): Promise<RenderedTail> {
	const {columns = 80, rows = 24, unicode = true, colour = false, over} = options;
	let left = 0;
	const above = createOver();
	const session = startTailSession({
		app,
		theme: createTheme({unicode, colour}),
		suspend: (run) => run(),
		exit: () => {
			left += 1;
		},
		lookUp: () => lookUpOver(session, above),
		...(over === undefined ? {} : {over}),
	});
	changeTail(session, {columns, rows});
	const screen = await drawInTerminal(<LogsAlone session={session} over={above} />, {
		columns,
		rows,
		resized: (size) => changeTail(session, size),
		ended: () => session.close(),
	});
	return {
		...screen,
		session,
		exits: () => left,
		async settled() {
			// The streams are told of a tenth of a second later.
			await clock.advance(100);
			const {histogram, looking} = session.analysis;
			const {lines} = app.tail;
			await screen.until(
				() =>
					!session.seeking.busy() &&
					looking() === undefined &&
					showsNewest(session) &&
					histogram.total() >= Math.min(session.analysis.matches.count(), lines.end() - lines.first()) - notes(app),
			);
			// The next painting may be half a second away.
			changeTail(session, {});
			await turn();
			await turn();
			return screen.frame();
		},
	};
}

/** The rows follow at the next tick. */
function showsNewest({ui, view, analysis, app: {tail}}: TailSession): boolean {
	return ui.get().frozen || view.picture().cursor === analysis.matches.previous(tail.lines.end());
}

/** Rows of the program's own among the lines: no bar counts them. */
function notes({tail: {lines}}: TailApp): number {
	let count = 0;
	for (let line = lines.first(); line < lines.end(); line++) if ((lines.flags(line) & 0x60) !== 0) count += 1;
	return count;
}
