/**
 * A real pseudo-terminal read back through a terminal emulator, for the end-to-end tests and the benches:
 * start a program, press keys, wait for text, look at the screen.
 */
import {spawn, type IPty} from '@lydell/node-pty';
import xterm from '@xterm/headless';

export interface TerminalOptions {
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string | undefined>>;
	readonly cwd?: string;
}

/** One cell of the screen; `colour` is the palette index, undefined for the default. */
export interface Cell {
	readonly text: string;
	readonly colour: number | undefined;
	readonly bold: boolean;
	readonly dim: boolean;
	readonly inverse: boolean;
}

export interface TestTerminal {
	readonly pid: number;
	/** The screen cell by cell, rows first; the second half of a wide character is left out. */
	readonly cells: () => readonly (readonly Cell[])[];
	/** The screen as it is, rows without trailing blanks. */
	readonly screen: () => string;
	/** Every byte written so far. */
	readonly raw: () => string;
	/** Calls the listener with each chunk as it arrives, before the emulator has drawn it. */
	readonly onData: (listener: (chunk: string) => void) => void;
	readonly press: (...keys: readonly string[]) => void;
	readonly resize: (columns: number, rows: number) => void;
	/** Resolves with the screen once it holds the text or matches; rejects with the screen when it never does. */
	readonly waitFor: (what: string | RegExp, timeoutMs?: number) => Promise<string>;
	readonly waitUntil: (holds: (screen: string) => boolean, what: string, timeoutMs?: number) => Promise<string>;
	/** True while the program has the alternate screen. */
	readonly alternate: () => boolean;
	readonly kill: (signal: string) => void;
	readonly exited: Promise<{exitCode: number; signal?: number}>;
	readonly close: () => void;
}

/** Bytes of the keys that have names; anything else is typed as it is. */
const keys: Readonly<Record<string, string>> = {
	Enter: '\r',
	Escape: '\u001B',
	Tab: '\t',
	Backspace: '\u007F',
	Up: '\u001B[A',
	Down: '\u001B[B',
	Right: '\u001B[C',
	Left: '\u001B[D',
	'C-c': '\u0003',
	'C-d': '\u0004',
	'C-u': '\u0015',
};

/** Starts a program in a terminal of that size (120x40 unless told). */
export function openTerminal(program: string, args: readonly string[], options: TerminalOptions = {}): TestTerminal {
	const {columns = 120, rows = 40} = options;
	const env = Object.fromEntries(
		Object.entries({...process.env, TERM: 'xterm-256color', LANG: 'C.UTF-8', CI: undefined, NO_COLOR: undefined, ...options.env}).filter(
			([, value]) => value !== undefined,
		),
	);
	const pty: IPty = spawn(program, [...args], {
		cols: columns,
		rows,
		cwd: options.cwd ?? process.cwd(),
		env,
		name: env['TERM'] ?? 'xterm-256color',
	});
	const emulator = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 0});
	let raw = '';
	let closed = false;
	const drawn = new Set<() => void>();
	/** What the emulator shows is half a frame, and not to be judged: Ink says where one begins and ends. */
	let halfDrawn = false;
	let inFrame = false;
	let recent = '';
	const chunkListeners: ((chunk: string) => void)[] = [];
	pty.onData((chunk) => {
		raw += chunk;
		for (const listener of chunkListeners) listener(chunk);
		// A mark may be cut in two by the chunks' edge.
		recent = recent.slice(-7) + chunk;
		const [begun, ended] = ['\u001B[?2026h', '\u001B[?2026l'].map((mark) => recent.lastIndexOf(mark)) as [number, number];
		if (begun !== ended) inFrame = begun > ended;
		const half = inFrame;
		emulator.write(chunk, () => {
			halfDrawn = half;
			for (const listener of drawn) listener();
		});
	});
	emulator.onData((answer) => pty.write(answer));
	const exited = new Promise<{exitCode: number; signal?: number}>((resolve) => {
		pty.onExit((result) => {
			// The emulator may be gone by then, and would never answer.
			if (closed) resolve(result);
			else emulator.write('', () => resolve(result));
		});
	});
	const screen = () => {
		const buffer = emulator.buffer.active;
		return Array.from(
			{length: emulator.rows},
			(_, row) => buffer.getLine(buffer.viewportY + row)?.translateToString(true, 0, emulator.cols) ?? '',
		).join('\n');
	};
	const waitUntil: TestTerminal['waitUntil'] = (holds, what, timeoutMs = 20_000) =>
		new Promise((resolve, reject) => {
			const end = () => {
				clearTimeout(timer);
				drawn.delete(look);
			};
			const look = () => {
				const now = screen();
				if (halfDrawn || !holds(now)) return;
				end();
				resolve(now);
			};
			const timer = setTimeout(() => {
				end();
				reject(new Error(`${what} never came; the screen is:\n${screen()}`));
			}, timeoutMs);
			drawn.add(look);
			look();
		});
	const cells: TestTerminal['cells'] = () =>
		Array.from({length: emulator.rows}, (_, row) => {
			const line = emulator.buffer.active.getLine(emulator.buffer.active.viewportY + row);
			return Array.from({length: emulator.cols}, (_unused, column) => line?.getCell(column)).flatMap((one) =>
				one && one.getWidth() > 0
					? [
							{
								text: one.getChars() || ' ',
								colour: one.isFgPalette() ? one.getFgColor() : undefined,
								bold: one.isBold() !== 0,
								dim: one.isDim() !== 0,
								inverse: one.isInverse() !== 0,
							},
						]
					: [],
			);
		});
	return {
		pid: pty.pid,
		cells,
		screen,
		raw: () => raw,
		onData: (listener) => void chunkListeners.push(listener),
		press: (...names) => names.forEach((name) => pty.write(keys[name] ?? name)),
		resize(newColumns, newRows) {
			emulator.resize(newColumns, newRows);
			pty.resize(newColumns, newRows);
		},
		waitFor: (what, timeoutMs) =>
			waitUntil((text) => (typeof what === 'string' ? text.includes(what) : what.test(text)), String(what), timeoutMs),
		waitUntil,
		alternate: () => emulator.buffer.active.type === 'alternate',
		kill: (signal) => process.kill(pty.pid, signal),
		exited,
		close() {
			closed = true;
			try {
				pty.kill('SIGKILL');
			} catch {
				// It has ended already.
			}
			emulator.dispose();
		},
	};
}
