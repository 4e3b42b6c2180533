/**
 * Puts the round, or live logs on their own, on the screen: the only door between the program and Ink. The first frame waits for nothing but Ink;
 * the round and the screens that draw it are loaded behind it.
 */
import {render, useApp, useInput} from 'ink';
import {type ReactElement, useEffect} from 'react';
import type {Opened} from '../../src/apps/round-app.ts';
import {createStore, type Store} from '../../src/base/store.ts';
import {hasLightBackground} from '../../src/base/terminal/locale.ts';
import {keyPresses} from '../kit/key-presses.ts';
import type {OpenedScreen} from './open-round.tsx';
import {createOpening, type Opening, OpeningScreen} from './opening.tsx';
import type {Session} from '../session/session.ts';
import {createTheme, type Theme} from '../kit/theme.ts';
import {useStore} from '../kit/use-store.ts';

export interface StartOptions {
	/** Which screen it will be: the keys that are told of until it is there. */
	readonly screen: Opened['kind'];
	/** Opens the round or the logs; `say` tells what it is at. Its error ends the screen, and `waitUntilExit` rejects with it. */
	readonly load: (say: (doing: string) => void) => Promise<Opened>;
	readonly stdout: NodeJS.WriteStream;
	readonly stdin: NodeJS.ReadStream;
	/** Whether the terminal can draw more than ASCII. */
	readonly unicode: boolean;
	/** Default: unless NO_COLOR is set or the terminal is dumb. */
	readonly colour?: boolean;
	/** Called once when the operator has left, however; the terminal is restored by then. */
	readonly onExit?: () => void;
}

export interface RunningScreen {
	/** Resolves when the operator has left, the terminal restored; rejects when loading or drawing failed. */
	readonly waitUntilExit: () => Promise<void>;
	readonly unmount: () => void;
	/** Hands the terminal to another program while `run` lasts. */
	readonly suspend: Session['suspend'];
}

type Suspend = Session['suspend'];
type Size = Parameters<OpenedScreen['resized']>[0];

/** Only a component may ask Ink for the terminal; it passes the means on to the session. */
function Handover({onReady}: {readonly onReady: (suspend: Suspend) => void}) {
	const {suspendTerminal} = useApp();
	useEffect(() => {
		onReady(async (run) => {
			const suspension = await suspendTerminal();
			try {
				return await run();
			} finally {
				await suspension.resume();
			}
		});
	}, [suspendTerminal, onReady]);
	return null;
}

function wantsColour(): boolean {
	return !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
}

/** The opening screen until there is a round; listening throughout, so that the terminal never leaves raw mode in between. */
function Root({
	opening,
	theme,
	round,
}: {
	readonly opening: Opening;
	readonly theme: Theme;
	readonly round: Store<ReactElement | undefined>;
}) {
	const screen = useStore(round);
	useInput((input, key) => {
		if (!round.get()) for (const one of keyPresses(input, key)) opening.press(one);
	});
	return screen ?? <OpeningScreen opening={opening} theme={theme} />;
}

/** Takes the terminal's alternate screen and its keys until the operator leaves; shows the round as soon as it is loaded. */
export function startScreen({load, screen, stdout, stdin, ...options}: StartOptions): RunningScreen {
	const theme = createTheme({unicode: options.unicode, colour: options.colour ?? wantsColour(), light: hasLightBackground(process.env)});
	let handOver: Suspend | undefined;
	const suspend: Suspend = (run) => (handOver ? handOver(run) : run());
	const exit = () => instance.unmount();
	const opening = createOpening({exit, screen});
	const round = createStore<ReactElement | undefined>(undefined);
	let resized = ({columns, rows}: Size) => opening.state.update((state) => ({...state, columns, rows}));
	const measure = () => resized({columns: stdout.columns || 80, rows: stdout.rows || 24});
	measure();
	stdout.on('resize', measure);
	const instance = render(
		<>
			<Handover
				onReady={(ready) => {
					handOver = ready;
				}}
			/>
			<Root opening={opening} theme={theme} round={round} />
		</>,
		{
			stdout,
			stdin,
			alternateScreen: true,
			incrementalRendering: true,
			// Keys must not wait for a frame: the throttle decides how long they take to show.
			maxFps: 250,
			exitOnCtrlC: false,
			// A library's warning would tear the picture; it has no place to be read here.
			patchConsole: false,
		},
	);

	async function open(): Promise<void> {
		const say = (doing: string) => opening.state.update((state) => ({...state, doing}));
		const [loaded, {openRound}, {openTail}] = await Promise.all([
			load(say),
			screen === 'round' ? import('./open-round.tsx') : {openRound: undefined},
			screen === 'tail' ? import('./open-tail.tsx') : {openTail: undefined},
		]);
		const parts = {theme, exit, suspend, typed: opening.kept(), size: opening.state.get()};
		const opened = loaded.kind === 'round' ? openRound?.({...parts, app: loaded.app}) : openTail?.({...parts, app: loaded.app});
		if (!opened) throw new Error(`the ${screen} was to be opened, and not the ${loaded.kind}`);
		({resized} = opened);
		round.set(opened.screen);
	}
	let failure: {readonly error: unknown} | undefined;
	// The first frame goes out before anything else is loaded.
	setImmediate(() => {
		open().catch((error: unknown) => {
			failure = {error};
			exit();
		});
	});
	const ended = instance.waitUntilExit().then(() => {
		stdout.off('resize', measure);
		options.onExit?.();
		if (failure) throw failure.error;
	});
	return {waitUntilExit: () => ended, unmount: exit, suspend};
}
