/** Log files: whole, compressed, growing, rotated. */
import {dirname, resolve} from 'node:path';
import type {LogFeed, LogSink, StreamId} from '../../ports/log-feed.ts';
import type {Clock} from '../../ports/clock.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';
import {machineFiles, type FileAccess, type FileFacts, type OpenFile} from './file-access.ts';
import {deliverHistory, type HistorySource} from './file-history.ts';
import {openPast} from './file-past.ts';
import {createFileTailer, explainFileError, isDenied, isMissing, type FileTailer} from './file-tailer.ts';
import type {Past} from './held-lines.ts';
import {siblingIdentities} from './rotated-files.ts';
import {createWaker} from './waker.ts';

export interface FileFeedOptions extends Past {
	/** As the shell gave them; the same file under two names is read once. */
	readonly paths: readonly string[];
	readonly follow: boolean;
	readonly clock: Clock;
	/** The machine's own by default. */
	readonly files?: FileAccess;
	/** Between two looks where the system tells no changes; 500 ms by default. */
	readonly pollMs?: number;
}

/** One file of the feed. */
interface Item {
	readonly path: string;
	readonly stream: StreamId;
	readonly tailer: FileTailer;
	/** Opened before `start` is over: a rotation after that loses nothing. */
	readonly found: Found;
}

type Found =
	| {readonly kind: 'file'; readonly file: OpenFile; readonly facts: FileFacts; readonly beside: ReadonlySet<string>}
	| {readonly kind: 'pipe'; readonly facts: FileFacts}
	| {readonly kind: 'failed'; readonly error: unknown};

/** Bytes that all files together are read with: as fast as a megabyte, and keys wait a quarter as long. */
const bufferBytes = 256 * 1024;

/**
 * Makes the feed, one stream per file. `start` throws a UserError for a directory and, where the feed does not follow,
 * for a file that does not exist.
 */
export function fileFeed(options: FileFeedOptions): LogFeed {
	const {paths, follow, clock, files = machineFiles, pollMs = 500} = options;
	const [only] = paths;
	const finished = Promise.withResolvers<void>();
	const stopping = new AbortController();
	const known = new Set<string>();
	let items: readonly Item[] = [];
	let running: Promise<void> = Promise.resolve();

	const open = async (sink: LogSink): Promise<readonly Item[]> => {
		const opened: Item[] = [];
		const seen = new Set<string>();
		for (const path of paths) {
			const found = await find(path, {files, follow});
			const same = found.kind === 'failed' ? `path:${resolve(path)}` : found.facts.identity;
			if (seen.has(same)) {
				if (found.kind === 'file') await found.file.close();
				continue;
			}
			seen.add(same);
			if (found.kind === 'file') known.add(same);
			const stream = sink.open({key: `file:${resolve(path)}`, name: path});
			opened.push({path, stream, found, tailer: createFileTailer({path, stream, sink, clock, files, known, pollMs})});
		}
		return opened;
	};

	/** Reads what is there; the items that have a future. */
	const readPast = async (sink: LogSink): Promise<readonly Item[]> => {
		const followed: Item[] = [];
		const merged: HistorySource[] = [];
		const alone: HistorySource[] = [];
		const endings: (() => void)[] = [];
		const blockBytes = Math.max(16 * 1024, Math.floor(bufferBytes / items.length));
		for (const item of items) {
			const {path, stream, tailer, found} = item;
			try {
				if (found.kind === 'failed') throw found.error;
				const file = found.kind === 'file' ? found.file : undefined;
				const past = await openPast({path, stream, sink, clock, file, past: options, blockBytes, follow, signal: stopping.signal});
				(past.live ? alone : merged).push(past.source);
				if (past.opened && found.kind === 'file') tailer.adopt(past.opened, found.beside);
				if (past.opened && follow) followed.push(item);
				else endings.push(() => sink.state(stream, {kind: 'ended', at: clock.now(), why: past.why()}));
				sink.state(stream, {kind: 'live', since: clock.now()});
			} catch (error) {
				stopping.signal.throwIfAborted();
				if ((error as NodeJS.ErrnoException).code === undefined) throw error;
				if (follow) followed.push(item);
				else if (isDenied(error)) sink.state(stream, {kind: 'denied', error: explainFileError(path, error)});
				else sink.state(stream, {kind: 'ended', at: clock.now(), why: explainFileError(path, error)});
			}
		}
		const groups = [merged, ...alone.map((source) => [source])];
		await Promise.all(groups.map((group) => deliverHistory(group, {sink, signal: stopping.signal})));
		for (const {stream} of items) sink.caughtUp(stream);
		for (const end of endings) end();
		return followed;
	};

	const followOn = async (sink: LogSink, followed: readonly Item[]) => {
		const waker = createWaker({clock, pollMs, signal: stopping.signal});
		const directories = new Set(followed.map(({path}) => dirname(resolve(path))));
		const watches = [...directories].map((directory) => files.watch(directory, (name) => waker.wake(resolve(directory, name))));
		const buffer = Buffer.allocUnsafe(bufferBytes);
		let said: string | undefined;
		try {
			for (let changed: ReadonlySet<string> | 'all' = 'all'; ; changed = await waker.next()) {
				for (const {path, tailer} of followed) {
					if (changed === 'all' || changed.has(resolve(path))) await tailer.look(buffer);
					stopping.signal.throwIfAborted();
				}
				const notice = noticeOf(followed.map(({tailer}) => tailer.problem()).filter((each) => each !== undefined));
				if (notice !== said) sink.notice(notice);
				said = notice;
			}
		} finally {
			for (const stop of watches) stop();
		}
	};

	return {
		title: paths.length === 1 && only !== undefined ? only : `${paths.length} files`,
		finished: finished.promise,
		async start(sink) {
			items = await open(sink);
			running = (async () => {
				try {
					const followed = await readPast(sink);
					if (followed.length > 0) await followOn(sink, followed);
					finished.resolve();
				} catch (error) {
					if (!stopping.signal.aborted) throw error;
					if (!follow) finished.resolve();
				} finally {
					for (const {tailer} of items) await tailer.close();
				}
			})();
		},
		async stop() {
			stopping.abort();
			await running;
		},
	};
}

function noticeOf(problems: readonly string[]): string | undefined {
	return problems.length > 1 ? `${problems[0]}, and ${problems.length - 1} more` : problems[0];
}

/** Opens the path. Throws a UserError for what can never be read. */
async function find(path: string, {files, follow}: {readonly files: FileAccess; readonly follow: boolean}): Promise<Found> {
	try {
		const facts = await files.facts(path);
		if (facts.kind === 'directory') {
			throw new UserError(`${path} is a directory: name its files, such as ${path.replace(/\/$/, '')}/*.log.`, exitCodes.noInput);
		}
		if (facts.kind === 'other') throw new UserError(`${path} is neither a file nor a pipe.`, exitCodes.noInput);
		if (facts.kind === 'pipe') return {kind: 'pipe', facts};
		const file = await files.open(path);
		return {kind: 'file', file, facts: await file.facts(), beside: follow ? await siblingIdentities(files, path) : new Set()};
	} catch (error) {
		if (error instanceof UserError || (error as NodeJS.ErrnoException).code === undefined) throw error;
		if (isMissing(error) && !follow) throw new UserError(`${path} does not exist.`, exitCodes.noInput);
		return {kind: 'failed', error};
	}
}
