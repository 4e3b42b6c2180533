/** Puts the round on the screen: the only door between the program and Ink. */
import {render, useApp} from 'ink';
import {useEffect} from 'react';
import type {App} from '../src/app.ts';
import {Screen} from './app.tsx';
import {SessionContext} from './context.ts';
import {restoreDraft} from './field.ts';
import {change, createSession, type Session} from './session.ts';
import {createTheme} from './theme.ts';

export interface StartOptions {
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
	/** Resolves when the operator has left; rejects when drawing failed. */
	readonly waitUntilExit: () => Promise<void>;
	readonly unmount: () => void;
	/** Hands the terminal to another program while `run` lasts. */
	readonly suspend: Session['suspend'];
}

type Suspend = Session['suspend'];

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

/** Shows the round on the terminal's alternate screen and takes its keys until the operator leaves. */
export function startScreen(app: App, options: StartOptions): RunningScreen {
	const {stdout, stdin} = options;
	let handOver: Suspend | undefined;
	const suspend: Suspend = (run) => (handOver ? handOver(run) : run());
	const session = createSession({
		app,
		theme: createTheme({unicode: options.unicode, colour: options.colour ?? wantsColour()}),
		exit: () => instance.unmount(),
		suspend,
	});
	const measure = () => change(session, {columns: stdout.columns || 80, rows: stdout.rows || 24});
	measure();
	stdout.on('resize', measure);
	restoreDraft(session);
	const instance = render(
		<SessionContext.Provider value={session}>
			<Handover
				onReady={(ready) => {
					handOver = ready;
				}}
			/>
			<Screen />
		</SessionContext.Provider>,
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
	const ended = instance.waitUntilExit().then(() => {
		stdout.off('resize', measure);
		options.onExit?.();
	});
	return {waitUntilExit: () => ended, unmount: () => instance.unmount(), suspend};
}
