/** Puts a screen on the terminal, and gives the terminal back whatever happens. */
import type {Opened as OpenedScreen} from '../../apps/round-app.ts';
import {supportsUnicode} from '../../base/terminal/locale.ts';
import {exitCodes} from '../../base/user-error.ts';
import {closeOpened, openedNow} from './opened.ts';
import {err, leaveSplash} from './streams.ts';

/** The full screen, as views/start.tsx gives it. */
export interface ScreenModule {
	readonly startScreen: (options: {
		readonly screen: OpenedScreen['kind'];
		/** Opens it behind the first frame; `say` tells the operator what it is at. */
		readonly load: (say: (doing: string) => void) => Promise<OpenedScreen>;
		readonly stdout: NodeJS.WriteStream;
		readonly stdin: NodeJS.ReadStream;
		readonly unicode: boolean;
	}) => RunningScreen;
}

/** What lays out a page, as views/kit/print-page.ts gives it. */
export interface PageModule {
	readonly printPage: (
		markdown: string,
		terminal: {readonly columns: number; readonly unicode: boolean; readonly colour: boolean},
	) => string;
}

interface RunningScreen {
	readonly waitUntilExit: () => Promise<void>;
	/** Draws for the last time and gives the terminal back, at once. */
	readonly unmount: () => void;
}

export interface Surroundings {
	/** Where the keys come from, where the terminal can show a full screen; undefined where it cannot. */
	readonly keyboard: NodeJS.ReadStream | undefined;
	/** The alternate screen is already open, with the first bytes on it. */
	readonly splash: boolean;
	readonly loadScreen: () => Promise<ScreenModule>;
	/** How a page of markdown is laid out for a terminal. */
	readonly loadPage: () => Promise<PageModule>;
}

/** What is on the terminal now, and where its keys come from. */
let screen: RunningScreen | undefined;
let keys: NodeJS.ReadStream | undefined;
/** Has on disk what is not there yet. */
let flush = () => {};
/** Set once an error came that no one caught; it ends the program itself. */
let crashing: Promise<void> | undefined;

/** Ends the program on an error that no one caught: the terminal first, then the words. */
async function crash(error: unknown): Promise<void> {
	flush();
	try {
		// A screen that is still there when the program ends would draw its last frame over the words.
		screen?.unmount();
	} catch {
		// It may be what failed.
	}
	if (keys?.isTTY) keys.setRawMode(false);
	leaveSplash();
	const {reportCrash} = await import('./crash.ts');
	await reportCrash(error, {context: openedNow()?.context, err});
	process.exit(exitCodes.software);
}

/** Once the screen is gone: stops what ran behind it. Where an error that no one caught ends the program, that comes first. */
export async function leave(app: {readonly stop: () => Promise<void>} | undefined): Promise<void> {
	await crashing;
	await app?.stop();
	await closeOpened();
}

/** However the program ends, short of `kill -9`, nothing typed is lost. */
function flushAtTheEnd(): void {
	process.once('exit', () => flush());
	for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
		process.once(signal, () => {
			flush();
			// Ink restores the terminal and ends the program. Before Ink listens, the signal still has to end it.
			if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
		});
	}
}

/** An error that no one caught has come. */
export const isCrashing = () => crashing !== undefined;

/** Puts a screen on the terminal until the operator leaves; an error that no one caught takes it down first. */
export async function show(
	{keyboard, loadScreen}: Pick<Surroundings, 'loadScreen'> & {readonly keyboard: NodeJS.ReadStream},
	{screen: kind, load}: {readonly screen: OpenedScreen['kind']; readonly load: (say: (doing: string) => void) => Promise<OpenedScreen>},
): Promise<void> {
	keys = keyboard;
	const onCrash = (error: unknown) => {
		crashing ??= crash(error);
	};
	process.once('uncaughtException', onCrash);
	process.once('unhandledRejection', onCrash);
	flushAtTheEnd();
	const opening = async (say: (doing: string) => void) => {
		const opened = await load(say);
		if (opened.kind === 'round') flush = opened.app.flush;
		return opened;
	};
	const {startScreen} = await loadScreen();
	screen = startScreen({screen: kind, load: opening, stdout: process.stdout, stdin: keyboard, unicode: supportsUnicode(process.env)});
	await screen.waitUntilExit();
}
