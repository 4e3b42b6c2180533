/** Lines that a program prints: `journalctl -f -o json`, `docker logs -f api`, `aws logs tail GROUP --follow`. */
import {constants} from 'node:os';
import type {LogFeed, LogSink} from '../../ports/log-feed.ts';
import {withJournalText} from '../../logs/formats/journal-text.ts';
import {createTimeReader} from '../../logs/formats/line-time.ts';
import {createLineSplitter} from '../../logs/hold/split-lines.ts';
import type {Clock} from '../../ports/clock.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';

export interface CommandFeedOptions {
	/** The program and its arguments, run without a shell is started. */
	readonly argv: readonly string[];
	readonly cwd?: string;
	/** Added to the program's environment. */
	readonly env?: Readonly<Record<string, string>>;
	readonly clock: Clock;
	/** How long the program has to end when it is asked to, before it is killed; 2 s by default. */
	readonly patienceMs?: number;
	/** Told once it has ended by itself; 128 and the signal's number where a signal ended it, as a shell says it. */
	readonly onExit?: (exitCode: number) => void;
}

const longestReason = 200;

/**
 * Makes the feed: one stream of what the program prints, and one of its errors once it prints any. `start` throws a
 * UserError where the program cannot be started; `stop` ends it and all that it started.
 */
export function commandFeed({argv, cwd, env, clock, patienceMs = 2000, onExit}: CommandFeedOptions): LogFeed {
	const [program = '', ...rest] = argv;
	const title = argv.join(' ');
	const finished = Promise.withResolvers<void>();
	const stopping = new AbortController();

	return {
		title,
		finished: finished.promise,
		async start(sink) {
			if (program === '') throw new UserError('The command is empty: name a program and its arguments.', exitCodes.usage);
			const {execa} = await import('execa');
			const running = execa(program, rest, {
				buffer: false,
				encoding: 'buffer',
				stdin: 'ignore',
				reject: false,
				// What it started must not outlive it.
				killDescendants: true,
				forceKillAfterDelay: patienceMs,
				cancelSignal: stopping.signal,
				...(cwd === undefined ? {} : {cwd}),
				...(env === undefined ? {} : {env}),
			});
			const key = `command:${title}`;
			const out = sink.open({key, name: title});
			const output = createLineSplitter((batch) => sink.lines(out, withJournalText(batch)), {timeOf: createTimeReader({now: clock.now})});
			const errors = errorLines(sink, {key: `${key}#stderr`, name: `stderr of ${program}`, clock});
			running.stdout.on('data', (chunk: Uint8Array) => output.push(chunk));
			running.stderr.on('data', errors.push);
			const done = running.then((result) => {
				output.end();
				errors.end();
				const cause = result.exitCode === 0 || errors.last() === '' ? '' : `: ${errors.last()}`;
				const how =
					result.exitCode === undefined ? `ended by ${result.signal ?? result.code ?? 'an error'}` : `exit code ${result.exitCode}`;
				const state = {kind: 'ended', at: clock.now(), why: stopping.signal.aborted ? 'stopped' : `${how}${cause}`} as const;
				sink.state(out, state);
				errors.state(state);
				if (!stopping.signal.aborted)
					onExit?.(result.exitCode ?? 128 + (result.signal === undefined ? 0 : constants.signals[result.signal]));
				finished.resolve();
				return result;
			});
			const began = await Promise.race([
				done,
				new Promise<undefined>((resolve) => running.nodeChildProcess.once('spawn', () => resolve(undefined))),
			]);
			if (began && began.exitCode === undefined && began.signal === undefined) throw cannotStart(program, began.code, cwd);
			if (began) return;
			sink.state(out, {kind: 'live', since: clock.now()});
			sink.caughtUp(out);
		},
		async stop() {
			stopping.abort();
			await finished.promise;
		},
	};
}

/** The stream of errors is there once there is one. */
function errorLines(sink: LogSink, {clock, ...stream}: {readonly key: string; readonly name: string; readonly clock: Clock}) {
	let id: number | undefined;
	let last = '';
	const splitter = createLineSplitter(
		(batch) => {
			if (id === undefined) {
				id = sink.open(stream);
				sink.state(id, {kind: 'live', since: clock.now()});
				sink.caughtUp(id);
			}
			for (let index = batch.count - 1; index >= 0; index--) {
				const [start = 0, end = 0] = [batch.starts[index], batch.ends[index]];
				const text = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset + start, Math.min(end - start, longestReason)).toString();
				if (text.trim() === '') continue;
				last = text.trim();
				break;
			}
			sink.lines(id, batch);
		},
		{timeOf: createTimeReader({now: clock.now})},
	);
	return {
		push: (chunk: Uint8Array) => splitter.push(chunk),
		end: () => splitter.end(),
		last: () => last,
		state(state: Parameters<LogSink['state']>[1]) {
			if (id !== undefined) sink.state(id, state);
		},
	};
}

function cannotStart(program: string, code: string | undefined, cwd: string | undefined): UserError {
	if (code === 'EACCES') return new UserError(`${program} is not executable.`, exitCodes.noPermission);
	const where = cwd === undefined ? '' : ` (the command runs in ${cwd})`;
	const problem = code === 'ENOENT' ? 'is not installed, or not in PATH' : `cannot be started (${code ?? 'unknown error'})`;
	return new UserError(`${program} ${problem}${where}.`, exitCodes.unavailable);
}
