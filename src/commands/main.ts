/** From the words on the command line to the command that does them; every error becomes words and an exit code here. */
import type {App, Opened as OpenedScreen} from '../app.ts';
import type {CommonOptions, Context} from '../context.ts';
import type {ScenarioName} from '../demo/world.ts';
import type {TailApp} from '../tail-app.ts';
import {localText, supportsUnicode} from '../terminal/locale.ts';
import {sanitizeMultiline} from '../terminal/sanitize.ts';
import {exitCodes, UserError} from '../user-error.ts';
import {type Invocation, parse} from './program.ts';
import type {Shell} from './command-table.ts';

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
}

const out = (text: string) => void process.stdout.write(text);
/** For people; what programs read (JSON, YAML, scripts) goes through `out`. */
const say = (text: string) => out(localText(text, process.env));
const err = (text: string) => void process.stderr.write(localText(text, process.env));
const here = () => ({cwd: process.cwd(), env: process.env});

function leaveSplash(): void {
	process.stdout.write('\u001B[?2004l\u001B[?1049l\u001B[?25h');
}

/** What is open now; a crash wants its secrets and its address for reports. */
let opened: Opened | undefined;

interface Opened {
	readonly context: Context;
	readonly demo: ScenarioName | undefined;
	readonly close: () => Promise<void>;
}

async function open(common: CommonOptions, demo: ScenarioName | undefined): Promise<Opened> {
	if (demo === undefined) {
		const {openContext} = await import('../context.ts');
		return {context: await openContext(common, here()), demo, close: async () => {}};
	}
	const {openDemo} = await import('./demo.ts');
	return {...(await openDemo(demo, common, here())), demo};
}

/** As `open`, but undefined where there is no rounds.yaml and none was named: a kubeconfig alone will do. */
async function openWherePossible(common: CommonOptions, demo: ScenarioName | undefined): Promise<Opened | undefined> {
	if (demo === undefined && common.config === undefined) {
		const {findConfig} = await import('../config/find.ts');
		const found = await findConfig(here()).catch((error: unknown) => {
			if (error instanceof UserError) return undefined;
			throw error;
		});
		if (found === undefined) return undefined;
	}
	return open(common, demo);
}

async function report(
	opened: Opened,
	input: {readonly ids: readonly string[]; readonly format: 'text' | 'json' | 'junit'},
): Promise<number> {
	const {check} = await import('./check.ts');
	const colour = process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
	const stop = new AbortController();
	const interrupted = new Promise<number>((resolve) => {
		// Not `once`: while somebody listens, execa does not end the program by the signal itself.
		process.on('SIGINT', () => {
			resolve(exitCodes.interrupted);
			stop.abort(new Error('interrupted'));
		});
	});
	// Half a report would look like a whole one to whoever reads it.
	const print = (text: string) => {
		if (!stop.signal.aborted) (input.format === 'text' ? say : out)(text);
	};
	const finished = check(opened.context, {...input, colour, out: print, signal: stop.signal});
	finished.catch(() => {});
	try {
		return await Promise.race([finished, interrupted]);
	} finally {
		await opened.close();
	}
}

/** What stands on the terminal now, and where its keys come from. */
let screen: RunningScreen | undefined;
let keys: NodeJS.ReadStream | undefined;
/** Set once an error came that nobody caught; it ends the program itself. */
let crashing: Promise<void> | undefined;

/** Ends the program on an error that nobody caught: the terminal first, then the words. */
async function crash(error: unknown): Promise<void> {
	try {
		// A screen that is still there when the program ends would draw its last frame over the words.
		screen?.unmount();
	} catch {
		// It may be what failed.
	}
	if (keys?.isTTY) keys.setRawMode(false);
	leaveSplash();
	const {reportCrash} = await import('./crash.ts');
	await reportCrash(error, {context: opened?.context, err});
	process.exit(exitCodes.software);
}

/** Says what became of the round, once the screen is gone. */
async function part({round}: App, demo: ScenarioName | undefined): Promise<void> {
	const {partingWords} = await import('../round/parting.ts');
	const words = partingWords(round.get(), demo === undefined ? 'rounds' : `rounds demo ${demo}`);
	if (words !== undefined) err(`${words}\n`);
}

/** The full screen where there is a terminal for it; else the headless report. */
async function walk(common: CommonOptions, demo: ScenarioName | undefined, surroundings: Surroundings): Promise<number> {
	const {keyboard} = surroundings;
	if (!keyboard) {
		if (process.stdout.isTTY) err('rounds: this terminal cannot show a full screen (TERM=dumb, or no keyboard); here is the report\n');
		const code = await report(await open(common, demo), {ids: [], format: 'text'});
		// The demo's errors are its story: to have shown them is its success.
		return demo === undefined ? code : 0;
	}
	let app: App | undefined;
	const load = async (say: (doing: string) => void) => {
		say(demo === undefined ? 'reading rounds.yaml' : 'starting the simulated company');
		const opening = open(common, demo);
		const [{createApp}] = await Promise.all([import('../create-app.ts'), opening]);
		opened = await opening;
		app = await createApp(opened.context, {demo});
		app.start();
		return {kind: 'round', app} as const;
	};
	try {
		await show({...surroundings, keyboard}, {screen: 'round', load});
		if (app && !crashing) await part(app, demo);
		return 0;
	} finally {
		await crashing;
		await app?.stop();
		await opened?.close();
	}
}

/** Live logs: full screen where there is a terminal for it and plain lines were not asked for; else lines on stdout. */
async function tail({words, after, options}: Invocation, common: CommonOptions, surroundings: Surroundings): Promise<number> {
	const demo = typeof options['demo'] === 'string' ? (options['demo'] as ScenarioName) : undefined;
	const {keyboard} = surroundings;
	const tails = await import('./tail.ts');
	const input = {
		...here(),
		common,
		words,
		after,
		options,
		stdin: process.stdin,
		demo,
		async openContext() {
			// Contexts of a tail may be several: its own selection chooses them.
			const {context: _several, ...rest} = common;
			opened = await openWherePossible(rest, demo);
			return opened?.context;
		},
	};
	if (!keyboard || options['plain'] === true) {
		const stop = new AbortController();
		process.on('SIGINT', () => stop.abort());
		process.on('SIGTERM', () => stop.abort());
		const colour = process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
		try {
			return await tails.plainTail(input, await tails.openTail(input), {out: process.stdout, err, signal: stop.signal, colour});
		} finally {
			await opened?.close();
		}
	}
	let app: TailApp | undefined;
	const load = async (say: (doing: string) => void) => {
		say(demo === undefined ? 'finding the logs' : 'starting the simulated company');
		const started = tails.tailApp(input, await tails.openTail(input));
		app = started;
		await started.start();
		return {kind: 'tail', app: started} as const;
	};
	try {
		await show({...surroundings, keyboard}, {screen: 'tail', load});
		return 0;
	} finally {
		await crashing;
		await app?.stop();
		await opened?.close();
	}
}

/** A past round: on the screens it was walked on where there is a terminal for them; else its report. */
async function replay({words, options}: Invocation, common: CommonOptions, surroundings: Surroundings): Promise<number> {
	const {shownRecord, printRecord} = await import('./log-show.ts');
	const record = await shownRecord({words, options, common, ...here()});
	const {keyboard} = surroundings;
	if (!keyboard || options['json'] === true || options['format'] === 'json') {
		if (surroundings.splash) leaveSplash();
		printRecord(record, {options, colour: process.stdout.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb', out, say});
		return 0;
	}
	const demo = typeof options['demo'] === 'string' ? (options['demo'] as ScenarioName) : undefined;
	let app: App | undefined;
	const load = async (say: (doing: string) => void) => {
		say('opening the record');
		const {service, environment} = record.round;
		// A service that has left rounds.yaml since still has its record.
		const context = await open({...common, service, environment}, demo).catch(() =>
			open({...common, service: undefined, environment: undefined}, demo),
		);
		opened = context;
		const {createReplay} = await import('../create-replay.ts');
		app = await createReplay(context.context, record);
		app.start();
		return {kind: 'round', app} as const;
	};
	try {
		await show({...surroundings, keyboard}, {screen: 'round', load});
		return 0;
	} finally {
		await crashing;
		await app?.stop();
		await opened?.close();
	}
}

/** Puts a screen on the terminal until the operator leaves; an error that nobody caught takes it down first. */
async function show(
	{keyboard, loadScreen}: Pick<Surroundings, 'loadScreen'> & {readonly keyboard: NodeJS.ReadStream},
	{screen: kind, load}: {readonly screen: OpenedScreen['kind']; readonly load: (say: (doing: string) => void) => Promise<OpenedScreen>},
): Promise<void> {
	const onCrash = (error: unknown) => {
		crashing ??= crash(error);
	};
	process.once('uncaughtException', onCrash);
	process.once('unhandledRejection', onCrash);
	const {startScreen} = await loadScreen();
	screen = startScreen({screen: kind, load, stdout: process.stdout, stdin: keyboard, unicode: supportsUnicode(process.env)});
	await screen.waitUntilExit();
}

async function run(invocation: Invocation, surroundings: Surroundings): Promise<number> {
	const {command, words, options} = invocation;
	const text = (name: string) => (typeof options[name] === 'string' ? options[name] : undefined);
	const common: CommonOptions = {
		config: text('config'),
		service: text('service'),
		environment: text('environment'),
		context: text('context'),
		readOnly: options['readOnly'] === true,
	};
	switch (command) {
		case '':
			return walk(common, undefined, surroundings);
		case 'demo': {
			// The parser has held the word against the scenarios' names already.
			const scenario = (words[0] ?? 'morning') as ScenarioName;
			if (options['serve'] !== true) return walk(common, scenario, surroundings);
			const {serveDemo} = await import('../demo/serve.ts');
			const {systemClock} = await import('../adapters/clock.ts');
			await serveDemo({scenario, clock: systemClock, out});
			return 0;
		}
		case 'check': {
			const demo = text('demo') as ScenarioName | undefined;
			return report(await open(common, demo), {ids: words, format: text('format') as 'text' | 'json' | 'junit'});
		}
		case 'tail':
			return tail(invocation, common, surroundings);
		case 'patterns': {
			const {runPatterns} = await import('./patterns.ts');
			const {stdin, stdout} = process;
			return runPatterns({
				words,
				options,
				stdin,
				stdout,
				err,
				env: process.env,
				columns: stdout.isTTY ? stdout.columns : undefined,
				now: Date.now,
			});
		}
		case 'log': {
			if (words[0] === 'show') return replay(invocation, common, surroundings);
			const {runLog} = await import('./log.ts');
			return runLog({words, options, common, out, say, err, ...here()});
		}
		case 'runbook': {
			const {runRunbook} = await import('./runbook.ts');
			return runRunbook({words, options, common, out, say, err, ...here()});
		}
		case 'completion': {
			const {completion} = await import('./completion.ts');
			out(completion(words[0] as Shell));
			return 0;
		}
		default: {
			const {runSetUp} = await import('./set-up.ts');
			return runSetUp(command, {common, yes: options['yes'] === true, out: say, ...here()});
		}
	}
}

/** Runs the program; resolves to its exit code and never rejects. */
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<number> {
	keys = surroundings.keyboard;
	const invocation = parse(argv, {out: say, err});
	if ('exitCode' in invocation) return invocation.exitCode;
	try {
		return await run(invocation, surroundings);
	} catch (error) {
		if (surroundings.splash) leaveSplash();
		if (error instanceof UserError) {
			err(`rounds: ${sanitizeMultiline(error.message)}\n`);
			return error.exitCode;
		}
		const {reportCrash} = await import('./crash.ts');
		await reportCrash(error, {context: opened?.context, err});
		return exitCodes.software;
	}
}
