/**
 * Runs the checks of a round: all start at once within a bound, each fails alone, tries again with back-off,
 * and stays live while the operator is there.
 */
import pLimit from 'p-limit';
import {type BackOff, pauseAfter} from '../../base/back-off.ts';
import {SourceError} from '../../base/source-error.ts';
import {createStore, type Store} from '../../base/store.ts';
import type {DebugLog} from '../../ports/debug-log.ts';
import type {CheckContext, CheckRun, ConfiguredCheck, Finding, Reading, ReadingError} from './check.ts';

/** What a check is given, less what belongs to a single reading. */
export type RoundContext = Pick<CheckContext<unknown>, 'service' | 'environment' | 'sources' | 'earlier' | 'clock'>;

/** How many sources are asked at once. */
export const concurrency = 8;

/** How a source is asked again while the round is open. */
export const checkBackOff: BackOff = {first: 2000, longest: 60_000};

/** What went wrong in words; an error that is no SourceError is a bug and says so. */
export function readingError(error: unknown): ReadingError {
	if (error instanceof SourceError) {
		const {kind, source, message, advice} = error;
		// Most sentences name their source themselves.
		return {kind, message: message.includes(source) ? message : `${source}: ${message}`, ...(advice ? {advice} : {})};
	}
	return {
		kind: 'defect',
		message: `a defect of rounds: ${error instanceof Error ? error.message : String(error)}`,
		advice: 'Please report it',
	};
}

/** The finding of a check that could not be made: unknown, with what to do. */
export function unknownFinding({title}: Pick<ConfiguredCheck, 'title'>, error: ReadingError): Finding {
	return {
		status: 'unknown',
		summary: error.message,
		short: `${title.toLowerCase()} unknown`,
		reasons: error.advice ? [{status: 'unknown', subject: title, text: error.advice}] : [],
		evidence: [],
	};
}

/**
 * A followed check is judged again after this many times what its last judgement took. At first the operator waits for
 * the finding, which grows with every page of the list; later for the keys, and then it may lag.
 */
const judgementPause = {atFirst: 39, later: 199, firstMs: 10_000} as const;

const betweenPicturesMs = 60;

function timeoutError(configured: ConfiguredCheck): SourceError {
	return new SourceError({
		source: configured.check.source,
		kind: 'timeout',
		message: `no answer within ${configured.timeoutMs / 1000} s`,
		advice: `Look at the network, or give ${configured.id} a longer timeout in rounds.yaml`,
	});
}

/** Reads once, within the check's timeout; never rejects. */
async function attempt(
	configured: ConfiguredCheck,
	context: RoundContext,
	signal: AbortSignal,
): Promise<{reading: Reading; raw?: unknown}> {
	const startedAt = context.clock.now();
	const ends = new AbortController();
	const abort = () => ends.abort(signal.reason);
	signal.addEventListener('abort', abort, {once: true});
	try {
		const reading = configured.check.read({...context, id: configured.id, options: configured.options, signal: ends.signal});
		const tooSlow = context.clock.sleep(configured.timeoutMs, ends.signal).then(() => {
			throw timeoutError(configured);
		});
		tooSlow.catch(() => {});
		const data = await Promise.race([reading, tooSlow]);
		return {reading: {data, startedAt, durationMs: context.clock.now() - startedAt}};
	} catch (error) {
		return {reading: {error: readingError(error), startedAt, durationMs: context.clock.now() - startedAt}, raw: error};
	} finally {
		ends.abort();
		signal.removeEventListener('abort', abort);
	}
}

/** Judges a reading; a judge that throws makes the check unknown, never the round. */
export function judge(configured: ConfiguredCheck, data: unknown, now: number): Finding {
	try {
		return configured.check.judge(data, {id: configured.id, options: configured.options, now});
	} catch (error) {
		return unknownFinding(configured, readingError(error));
	}
}

export interface CheckResult {
	readonly configured: ConfiguredCheck;
	readonly reading: Reading;
	readonly finding: Finding;
}

/** Reads every check once, `concurrency` at a time, a passing failure tried again once; for the headless report. */
export async function readAll(
	checks: readonly ConfiguredCheck[],
	context: RoundContext,
	options: {
		readonly signal: AbortSignal;
		readonly concurrency: number;
		readonly longestRetryMs: number;
		readonly random: () => number;
		readonly debug: DebugLog;
	},
): Promise<readonly CheckResult[]> {
	const limit = pLimit(options.concurrency);
	return Promise.all(
		checks.map((configured) =>
			limit(async () => {
				let {reading, raw} = await attempt(configured, context, options.signal);
				if (raw instanceof SourceError && raw.passing && (raw.retryAfterMs ?? 0) <= options.longestRetryMs) {
					const pause = pauseAfter(1, raw, {first: 500, longest: options.longestRetryMs}, options.random);
					options.debug.write({kind: 'retry', source: configured.id, attempt: 2, inMs: pause, error: raw.message});
					await context.clock.sleep(pause, options.signal);
					({reading} = await attempt(configured, context, options.signal));
				}
				const finding =
					'error' in reading ? unknownFinding(configured, reading.error) : judge(configured, reading.data, context.clock.now());
				return {configured, reading, finding};
			}),
		),
	);
}

export interface CheckRuns {
	/** One store per check id. */
	readonly stores: ReadonlyMap<string, Store<CheckRun>>;
	readonly start: () => void;
	/** Reads this check again now. */
	readonly refresh: (id: string) => void;
	readonly stop: () => void;
}

/** The live runs of a round; nothing is read before `start`. */
export function createCheckRuns(
	checks: readonly ConfiguredCheck[],
	context: RoundContext,
	{concurrency, random, debug}: {readonly concurrency: number; readonly random: () => number; readonly debug: DebugLog},
): CheckRuns {
	const limit = pLimit(concurrency);
	const stores = new Map(checks.map(({id}) => [id, createStore<CheckRun>({id, phase: 'waiting'})]));
	const stopped = new AbortController();
	const wake = new Map<string, AbortController>();
	const followed = new Map<string, {readonly stop: () => void}>();

	/** Asks again and again: the check's own pace after a success, back-off after a failure. */
	async function poll(configured: ConfiguredCheck, store: Store<CheckRun>): Promise<void> {
		let failures = 0;
		while (!stopped.signal.aborted) {
			const {reading, raw} = await limit(() => {
				store.update((run) => ({...run, phase: 'running'}));
				return attempt(configured, context, stopped.signal);
			});
			if (stopped.signal.aborted) return;
			const now = context.clock.now();
			failures = 'error' in reading ? failures + 1 : 0;
			const pause = failures === 0 ? configured.everyMs : pauseAfter(failures, raw, checkBackOff, random);
			if ('error' in reading)
				debug.write({kind: 'retry', source: configured.id, attempt: failures + 1, inMs: pause, error: reading.error.message});
			store.update((run) => settled({configured, run, reading, now, nextAt: now + pause}));
			const woken = new AbortController();
			wake.set(configured.id, woken);
			await context.clock.sleep(pause, AbortSignal.any([stopped.signal, woken.signal])).catch(() => {});
		}
	}

	/**
	 * Lets the source push; until its first answer the timeout speaks for it. Rows are shown as they come; where judging
	 * them takes its time, the finding follows a little later, so that ten thousand moving pods leave the keys alone.
	 */
	function follow(configured: ConfiguredCheck, store: Store<CheckRun>): void {
		const startedAt = context.clock.now();
		let nextJudgement = Number.NEGATIVE_INFINITY;
		let isJudgementDue = false;
		const put = (reading: Reading) => {
			const now = context.clock.now();
			if (!('error' in reading) && !store.get().error && (isJudgementDue || now < nextJudgement)) {
				store.update((run) => ({...run, reading}));
				if (isJudgementDue) return;
				isJudgementDue = true;
				// Between two pictures, not with one: a key that comes now waits for one of them, never for both.
				context.clock
					.sleep(nextJudgement - now + betweenPicturesMs, stopped.signal)
					.then(() => {
						isJudgementDue = false;
						const latest = store.get();
						if (latest.reading && !latest.error) put(latest.reading);
					})
					.catch(() => {});
				return;
			}
			store.update((run) => ({...settled({configured, run, reading, now}), liveness: run.liveness}));
			const done = context.clock.now();
			const pause = done - startedAt < judgementPause.firstMs ? judgementPause.atFirst : judgementPause.later;
			nextJudgement = done + pause * (done - now);
		};
		store.update((run) => ({...run, phase: 'running'}));
		const handle = configured.check.follow?.(
			{...context, id: configured.id, options: configured.options, signal: stopped.signal},
			{
				onData: (data) => put({data, startedAt: context.clock.now(), durationMs: context.clock.now() - startedAt}),
				onLiveness: (liveness) => store.update((run) => ({...run, liveness})),
				onError: (error) => put({error: readingError(error), startedAt, durationMs: context.clock.now() - startedAt}),
			},
		);
		if (handle) followed.set(configured.id, handle);
		context.clock
			.sleep(configured.timeoutMs, stopped.signal)
			.then(() => {
				if (store.get().phase === 'running')
					put({error: readingError(timeoutError(configured)), startedAt, durationMs: configured.timeoutMs});
			})
			.catch(() => {});
	}

	function start(configured: ConfiguredCheck): void {
		const store = stores.get(configured.id);
		if (!store) return;
		if (configured.check.follow) follow(configured, store);
		else void poll(configured, store);
	}

	return {
		stores,
		start: () => checks.forEach(start),
		refresh(id) {
			wake.get(id)?.abort();
			const configured = checks.find((check) => check.id === id);
			if (!configured || !followed.has(id)) return;
			followed.get(id)?.stop();
			start(configured);
		},
		stop() {
			stopped.abort(new Error('the round stopped'));
			for (const handle of followed.values()) handle.stop();
		},
	};
}

/** The run after a reading: a failure keeps the older reading, which is stale from now on. */
function settled({
	configured,
	run,
	reading,
	now,
	nextAt,
}: {
	configured: ConfiguredCheck;
	run: CheckRun;
	reading: Reading;
	now: number;
	nextAt?: number;
}): CheckRun {
	const when = nextAt === undefined ? {} : {nextAt};
	if ('error' in reading) return {...run, phase: 'done', error: reading.error, finding: unknownFinding(configured, reading.error), ...when};
	return {id: run.id, phase: 'done', reading, finding: judge(configured, reading.data, now), liveness: run.liveness, ...when};
}
