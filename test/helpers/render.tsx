/** Draws the whole screen at a given size, presses keys, waits for content; never sleeps for a fixed time. */
import {render} from 'ink-testing-library';
import type {ReactElement} from 'react';
import stringWidth from 'string-width';
import {onTestFinished} from 'vitest';
import type {App} from '../../src/apps/round-app.ts';
import {Screen} from '../../views/app/app.tsx';
import {SessionContext} from '../../views/session/context.ts';
import {restoreDraft} from '../../views/round/shared/typed-field.ts';
import {change, createSession, type Session} from '../../views/session/session.ts';
import {createTheme} from '../../views/kit/theme.ts';

export interface RenderOptions {
	readonly columns?: number;
	readonly rows?: number;
	readonly unicode?: boolean;
	readonly colour?: boolean;
}

export interface RenderedScreen extends DrawnScreen {
	readonly session: Session;
	readonly exits: () => number;
}

const special: Readonly<Record<string, string>> = {
	enter: '\r',
	escape: '\u001B',
	tab: '\t',
	'shift-tab': '\u001B[Z',
	up: '\u001B[A',
	down: '\u001B[B',
	right: '\u001B[C',
	left: '\u001B[D',
	home: '\u001B[H',
	end: '\u001B[F',
	backspace: '\u007F',
	delete: '\u001B[3~',
	'ctrl-a': '\u0001',
	'ctrl-c': '\u0003',
	'ctrl-d': '\u0004',
	'ctrl-o': '\u000F',
	'ctrl-u': '\u0015',
	'ctrl-w': '\u0017',
};

/** Lets timers, promises and React's effects have their turn. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** What is drawn, and the keys that reach it. */
export interface DrawnScreen {
	readonly frame: () => string;
	/** Presses keys one after the other; names of special keys, else what is typed. */
	readonly press: (...keys: readonly string[]) => Promise<void>;
	readonly paste: (text: string) => Promise<void>;
	readonly waitFor: (what: string | RegExp) => Promise<string>;
	/** Waits for a condition that is not to be read from the screen. */
	readonly until: (there: () => boolean) => Promise<void>;
	readonly resize: (columns: number, rows: number) => Promise<void>;
	/** How often the screen was drawn so far. */
	readonly frames: () => number;
}

interface Size {
	readonly columns: number;
	readonly rows: number;
}

/** Draws an element in a terminal of that size; `resized` tells its session, `ended` lets go of it after the test. */
export async function drawInTerminal(
	element: ReactElement,
	{columns, rows, resized, ended}: Size & {readonly resized: (size: Size) => void; readonly ended?: () => void},
): Promise<DrawnScreen> {
	const size = {columns, rows};
	// Where a stream cannot tell its size, Ink asks three programs for it at every frame.
	Object.assign(process.env, {COLUMNS: String(columns), LINES: String(rows)});
	const {stdout, stdin, lastFrame, frames, unmount} = render(element);
	onTestFinished(() => {
		unmount();
		ended?.();
	});
	// The library's screen is always 100 columns wide; ours is as wide as it is told.
	Object.defineProperties(stdout, {columns: {get: () => size.columns}, rows: {get: () => size.rows}});
	const frame = () => lastFrame() ?? '';
	const resize = async (to: Size) => {
		Object.assign(size, to);
		resized(to);
		stdout.emit('resize');
		await turn();
	};
	await resize(size);
	const send = async (data: string) => {
		stdin.write(data);
		// A lone escape is told from a sequence by a short silence after it.
		if (data === '\u001B') await new Promise((resolve) => setTimeout(resolve, 60));
		await turn();
		await turn();
	};
	const until = async (there: () => boolean, what = 'what was waited for') => {
		const end = Date.now() + 3000;
		while (!there()) {
			if (Date.now() > end) throw new Error(`never came: ${what}\n${frame()}`);
			// Between two looks the process sleeps: what is waited for may need the processor.
			await new Promise((resolve) => setTimeout(resolve, 2));
		}
	};
	return {
		frame,
		async press(...keys) {
			for (const key of keys) await send(special[key] ?? key);
		},
		paste: (text) => send(`\u001B[200~${text}\u001B[201~`),
		async waitFor(what) {
			await until(() => (typeof what === 'string' ? frame().includes(what) : what.test(frame())), String(what));
			return frame();
		},
		until,
		resize: (newColumns, newRows) => resize({columns: newColumns, rows: newRows}),
		frames: () => frames.length,
	};
}

/** Renders the screen over the app. */
export async function renderScreen(app: App, options: RenderOptions = {}): Promise<RenderedScreen> {
	const {columns = 80, rows = 24, unicode = true, colour = false} = options;
	let left = 0;
	const session = createSession({
		app,
		theme: createTheme({unicode, colour}),
		exit: () => {
			left += 1;
		},
		suspend: (run) => run(),
	});
	change(session, {columns, rows});
	restoreDraft(session);
	const screen = await drawInTerminal(
		<SessionContext.Provider value={session}>
			<Screen />
		</SessionContext.Provider>,
		{columns, rows, resized: (size) => change(session, size)},
	);
	return {...screen, session, exits: () => left};
}

/** Lines that are wider than the terminal, and whatever is below its last row: none where the frame is not torn. */
export function misfits(frame: string, columns: number, rows: number): readonly string[] {
	const lines = frame.split('\n');
	return [...lines.filter((line) => stringWidth(line) > columns), ...lines.slice(rows)];
}
