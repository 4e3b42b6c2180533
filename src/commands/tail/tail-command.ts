/** `rounds tail`: from what is asked for to a feed, and from a feed to the full screen or to plain lines. */
import {statSync} from 'node:fs';
import {join} from 'node:path';
import type {Readable, Writable} from 'node:stream';
import {setFlagsFromString} from 'node:v8';
import {systemClock} from '../../adapters/machine/system-clock.ts';
import {createEvidenceFile} from '../../adapters/disk/evidence-file.ts';
import {stateDirectory} from '../../adapters/disk/state-directory.ts';
import {openSeenPatterns} from '../../adapters/disk/seen-patterns-file.ts';
import type {CommonOptions, Context, Place} from '../../apps/context.ts';
import {logStreams} from '../../apps/debug-states.ts';
import {silentDebugLog} from '../../ports/debug-log.ts';
import {createTailApp, evidenceText, usualCapacity} from '../../apps/create-tail-app.ts';
import {compileFilters} from '../../logs/query/compile-filter.ts';
import type {LogFeed} from '../../ports/log-feed.ts';
import {type Filter, parseFilter} from '../../logs/query/filter.ts';
import type {Tail} from '../../logs/hold/tail.ts';
import {createTail} from '../../logs/hold/tail-store.ts';
import {memoryName, placeOf} from '../../apps/open-logs.ts';
import type {TailApp} from '../../apps/tail-app.ts';
import {dayOf} from '../../base/times.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';
import {createPlainWriter} from './plain-writer.ts';
import {inOneSentence, namedFeeds, openFeed} from './tail-feed.ts';
import {pastOf, tailRequest, type TailRequest} from './tail-request.ts';

export interface TailInput extends Place {
	readonly common: CommonOptions;
	readonly words: readonly string[];
	/** What stood after `--`. */
	readonly after: readonly string[];
	readonly options: Readonly<Record<string, string | boolean | undefined>>;
	/** Standard input, for `-`. */
	readonly stdin: Readable;
	/** The environment of rounds.yaml, or the simulated company's; undefined where there is no rounds.yaml. */
	readonly openContext: () => Promise<Context | undefined>;
	readonly demo: string | undefined;
}

export interface OpenedTail {
	readonly request: TailRequest;
	readonly feed: LogFeed;
	readonly follows: boolean;
	readonly context: Context | undefined;
	/** How the command has ended; 0 while it has not, and for whatever is no command. */
	readonly exitCode: () => number;
}

/** A folder that is called as pods are is no file: `rounds tail api` in a repository with a directory of that name. */
function isThere(path: string): boolean {
	const found = statSync(path, {throwIfNoEntry: false});
	return found !== undefined && (!found.isDirectory() || path.includes('/'));
}

/** Files, pipes and commands need no rounds.yaml, and are not to fail over a broken one. */
function withoutContext(input: TailInput): boolean {
	return input.after.length > 0 || (input.words.length > 0 && input.words.every((word) => word === '-' || isThere(word)));
}

/** Finds out what is meant and makes its feed; nothing is read yet. */
export async function openTail(input: TailInput): Promise<OpenedTail> {
	const {options} = input;
	const context = withoutContext(input) ? undefined : await input.openContext();
	const asked = {...input, exists: isThere, now: systemClock.now(), named: namedFeeds(context, systemClock).map(({name}) => name)};
	const request = tailRequest(asked);
	const follows = request.kind === 'cluster' ? request.selection.follow : options['follow'] !== false;
	let exitCode = 0;
	const feed = await openFeed(request, {
		onExit: (code) => (exitCode = code),
		context,
		clock: systemClock,
		stdin: input.stdin,
		cwd: input.cwd,
		follow: follows,
		past: options['since'] === undefined && options['tail'] === undefined && request.kind === 'files' ? {} : pastOf(options, asked.now),
	});
	return {request, feed, follows, context, exitCode: () => exitCode};
}

const units: Readonly<Record<string, number>> = {kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30};

/** `256MB` as bytes. Throws UserError for what is no size, or too little to hold anything. */
export function memorySize(text: string): number {
	const match = /^(\d+(?:\.\d+)?)\s*([kmg]b)$/i.exec(text);
	const bytes = match ? Number(match[1]) * (units[(match[2] ?? '').toLowerCase()] ?? Number.NaN) : Number.NaN;
	if (Number.isNaN(bytes)) throw new UserError(`--memory "${text}": expected a size such as 256MB or 1GB`);
	if (bytes < 8 * 2 ** 20) throw new UserError(`--memory ${text} is too little: at least 8MB`);
	return bytes;
}

function filterOf(text: string): Filter {
	const now = systemClock.now();
	const filter = parseFilter(text, {now, near: now, utc: false});
	if ('problem' in filter) throw new UserError(`--filter ${text}: ${filter.problem}`, exitCodes.usage, 'filters');
	return filter;
}

/** The full screen's app. */
export function tailApp(input: TailInput, {feed, follows, context}: OpenedTail): TailApp & {readonly start: () => Promise<void>} {
	const {env, options} = input;
	const state = stateDirectory(env);
	const {now} = systemClock;
	return createTailApp({
		feed,
		follows,
		clock: systemClock,
		...(input.debug ? {debug: input.debug} : {}),
		env,
		directory: input.cwd,
		capacity: typeof options['memory'] === 'string' ? memorySize(options['memory']) : usualCapacity,
		...(context ? {place: placeOf(context)} : {}),
		async teamDirectories() {
			if (context) {
				const {resolveFrom} = await import('../../config/load-config-file.ts');
				return (context.service.runbooks ?? []).map((path) => resolveFrom(context.root, path));
			}
			const {teamRunbooks} = await import('../runbook/team-runbooks.ts');
			return (await teamRunbooks(input)).directories;
		},
		demo: input.demo,
		patterns: openSeenPatterns({directory: join(state, 'patterns'), of: context ? memoryName(context) : feed.title, now}),
		pins: createEvidenceFile(join(state, 'evidence', `${dayOf(now())}.md`), evidenceText),
		...(typeof options['filter'] === 'string' ? {filters: [filterOf(options['filter'])]} : {}),
	});
}

/**
 * What the feed says of itself, once it has stood for a second: what passes at once is not worth a line. `end` says
 * what is at the end.
 */
function tellNotices(notice: Tail['notice'], say: (text: string) => void): {readonly end: () => void; readonly stop: () => void} {
	let timer: NodeJS.Timeout | undefined;
	let waits: string | undefined;
	const tell = () => {
		clearTimeout(timer);
		if (waits !== undefined) say(waits);
		waits = undefined;
	};
	const unsubscribe = notice.subscribe(() => {
		clearTimeout(timer);
		waits = notice.get();
		if (waits !== undefined) timer = setTimeout(tell, 1000);
	});
	return {
		end: tell,
		stop() {
			clearTimeout(timer);
			unsubscribe();
		},
	};
}

/**
 * Lines that pass through leave hardly anything behind, but V8 begins to mark the whole heap after every collection of
 * the young as long as less is free below its limit than the young may take, as in a small heap: every second or two,
 * a third of the work. By these it begins when a fifth is free.
 */
function markSeldom(): void {
	setFlagsFromString('--incremental-marking-soft-trigger=20');
	setFlagsFromString('--incremental-marking-hard-trigger=10');
}

/** Plain lines until the feed has finished or the signal says so; resolves to the exit code. */
export async function plainTail(
	input: TailInput,
	{feed, request, exitCode}: OpenedTail,
	to: {
		readonly out: Writable & {readonly isTTY?: boolean};
		readonly err: (text: string) => void;
		readonly signal: AbortSignal;
		readonly colour: boolean;
	},
): Promise<number> {
	const {options} = input;
	markSeldom();
	const {tail, sink} = createTail({
		clock: systemClock,
		capacity: typeof options['memory'] === 'string' ? memorySize(options['memory']) : usualCapacity,
	});
	const filter = typeof options['filter'] === 'string' ? compileFilters([filterOf(options['filter'])], tail.stream) : undefined;
	const timestamps = options['timestamps'];
	const writer = createPlainWriter(tail, {
		out: to.out,
		note: (text) => to.err(`${text}\n`),
		format: options['format'] === 'json' ? 'json' : 'text',
		...(typeof options['template'] === 'string' ? {template: options['template']} : {}),
		...(timestamps === undefined ? {} : {timestamps: timestamps === 'utc' ? 'utc' : 'local'}),
		names: options['names'] !== false,
		alone: request.kind === 'stdin' || request.kind === 'command' || (request.kind === 'files' && request.paths.length === 1),
		colour: to.colour,
		harmless: to.out.isTTY === true,
		...(filter ? {passes: filter.passes} : {}),
	});
	const notices = tellNotices(tail.notice, (text) => to.err(`${text}\n`));
	const interrupted = new Promise<'interrupted'>((resolve) => {
		to.signal.addEventListener('abort', () => resolve('interrupted'), {once: true});
	});
	try {
		const end = await Promise.race([
			feed
				.start({...logStreams(sink, {clock: systemClock, debug: input.debug ?? silentDebugLog}), room: writer.room})
				.then(() => feed.finished),
			interrupted,
		]);
		// What is read from now on no one waits for.
		if (end === 'interrupted') await feed.stop();
		await writer.finish();
		if (end === 'interrupted') return exitCodes.interrupted;
		const streams = tail.streams.get();
		notices.end();
		if (streams.length === 0) return exitCodes.noInput;
		for (const {name, state} of streams) if (state.kind === 'denied') to.err(`${name}: ${state.error}\n`);
		return streams.every(({state}) => state.kind === 'denied') ? exitCodes.noPermission : exitCode();
	} catch (error) {
		throw inOneSentence(error);
	} finally {
		notices.stop();
		await feed.stop();
	}
}
