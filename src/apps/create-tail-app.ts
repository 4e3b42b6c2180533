/** The composition root of the live logs: a feed, the ring it fills, and what their screen may ask of the program. */
import {open} from 'node:fs/promises';
import {basename, resolve} from 'node:path';
import {giveMemoryBack} from '../adapters/machine/give-memory-back.ts';
import {holdYoungHeap} from '../adapters/machine/young-heap.ts';
import {runHere} from '../adapters/programs/programs.ts';
import type {LogFeed} from '../ports/log-feed.ts';
import type {Filter} from '../logs/query/filter.ts';
import {logStreams} from './debug-states.ts';
import {type DebugLog, silentDebugLog} from '../ports/debug-log.ts';
import {createTail} from '../logs/hold/tail-store.ts';
import type {Clock} from '../ports/clock.ts';
import {createStore, type Store} from '../base/store.ts';
import type {TailApp} from './tail-app.ts';
import type {PatternMemory} from '../logs/patterns/pattern-memory.ts';
import type {LogEvidence} from '../logs/log-evidence.ts';
import {clipboardSequence} from '../base/terminal/clipboard.ts';
import {editText} from '../adapters/programs/editor.ts';

/** How much of a log is held where no one says: 256 MB. */
export const usualCapacity = 256 * 1024 * 1024;

export interface TailAppOptions {
	readonly feed: LogFeed;
	readonly follows: boolean;
	readonly clock: Clock;
	/** Silent if absent. */
	readonly debug?: DebugLog;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Where a saved view goes. */
	readonly directory: string;
	/** Bytes of log that are held. */
	readonly capacity?: number;
	readonly place?: TailApp['place'];
	readonly demo: string | undefined;
	readonly goTo?: number;
	/** The filters to begin with. */
	readonly filters?: readonly Filter[];
	readonly patterns: PatternMemory;
	readonly usualErrors?: Store<number | undefined>;
	/** Where the team's runbooks are; absent in a round, which has its own. Its error is said, and the embedded ones are read. */
	readonly teamDirectories?: () => Promise<readonly string[]>;
	/** Where pins go: the round, or a file of their own. */
	readonly pins: Pick<TailApp, 'pin' | 'isPinned'>;
}

/** Writes the lines to a new file; resolves to its path. Throws where it is there already or cannot be written. */
async function saveLines(path: string, lines: Iterable<string>): Promise<string> {
	const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
		throw error.code === 'EEXIST' ? new Error(`${basename(path)} already exists. Nothing was written.`, {cause: error}) : error;
	});
	try {
		let block: string[] = [];
		for (const line of lines) {
			if (block.push(line) < 4096) continue;
			await file.appendFile(`${block.join('\n')}\n`);
			block = [];
		}
		if (block.length > 0) await file.appendFile(`${block.join('\n')}\n`);
	} finally {
		await file.close();
	}
	return path;
}

/** Wires the live logs; nothing is asked of the feed before `start`. Its failure to start is said in the notice and thrown. */
export function createTailApp(options: TailAppOptions): TailApp & {readonly start: () => Promise<void>} {
	const {feed, clock, env, directory, pins, place, goTo, teamDirectories} = options;
	const notice = createStore<string | undefined>(options.patterns.problem());
	const {tail, sink} = createTail({clock, capacity: options.capacity ?? usualCapacity});
	let keepMemory = () => {};
	const copy: TailApp['copy'] = (text) => {
		const sequence = clipboardSequence(text, env);
		if (sequence === undefined) notice.set('Too long for the clipboard. Press S to save the lines to a file.');
		else {
			process.stdout.write(sequence);
			notice.set('copied');
		}
	};
	return {
		clock,
		title: feed.title,
		demo: options.demo,
		tail,
		follows: options.follows,
		notice,
		patterns: options.patterns,
		usualErrors: options.usualErrors ?? createStore<number | undefined>(undefined),
		...(place ? {place} : {}),
		...(goTo === undefined ? {} : {goTo}),
		...(options.filters ? {filters: options.filters} : {}),
		...pins,
		async start() {
			const ends = [holdYoungHeap(), giveMemoryBack(tail.revision)];
			keepMemory = () => ends.forEach((end) => end());
			void feed.finished.then(() => tail.flush());
			await feed.start(logStreams(sink, {clock, debug: options.debug ?? silentDebugLog}));
		},
		save: (name, lines) => saveLines(resolve(directory, name), lines),
		copy,
		...(teamDirectories
			? {
					async openRunbooks() {
						const {openTailRunbooks} = await import('./tail-runbooks.ts');
						return openTailRunbooks(teamDirectories, {env, copy, say: notice.set});
					},
				}
			: {}),
		edit: (text) => editText(text, {env, run: runHere}),
		stop() {
			keepMemory();
			return feed.stop();
		},
	};
}

/** What a pin says in the round, in a file, in a report: the lines first, then where, when, and the question they answer. */
export function evidenceText({at, streams, text, query}: LogEvidence): string {
	const where = streams.length > 3 ? `${streams.slice(0, 3).join(', ')} and ${streams.length - 3} more` : streams.join(', ');
	return `${text} (${where}, ${new Date(at).toISOString()}${query === '' ? '' : `, filters: ${query}`})`;
}
