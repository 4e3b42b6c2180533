/**
 * The life of one container as a list of runs, from which its state at any time follows: waiting, running,
 * terminated, ready or not, how often restarted. Nothing here keeps a clock; everything is asked for a time.
 */

/** One container ID from start to end. Times are epoch milliseconds; `endedAt` is Infinity while it runs on. */
export interface Run {
	/** Restart count while this run is the current one. */
	readonly index: number;
	readonly startedAt: number;
	readonly endedAt: number;
	/** Why it ended: `OOMKilled`, `Error`, `Completed`. */
	readonly reason: string;
	readonly exitCode: number;
}

export interface Life {
	/** Oldest first; grows where `extend` is given. */
	readonly runs: Run[];
	/** The run after the last one: a container that crashes for ever. */
	readonly extend?: (last: Run) => Run;
	/** Why nothing has started: `ContainerCreating`, `ImagePullBackOff`. */
	readonly waiting?: {readonly reason: string; readonly message?: string};
	/** Runs, but its readiness probe fails. */
	readonly neverReady?: boolean;
	/** How long its readiness probe takes; {@link readyAfterMs} where it is not said. */
	readonly readyAfterMs?: number;
}

export type ContainerState =
	| {readonly kind: 'waiting'; readonly reason: string; readonly message?: string; readonly last?: Run}
	| {readonly kind: 'running'; readonly run: Run; readonly ready: boolean; readonly last?: Run}
	| {readonly kind: 'terminated'; readonly run: Run; readonly last?: Run};

/** How long the readiness probe takes to succeed. */
export const readyAfterMs = 4000;
/** How long an ended container shows as terminated before the kubelet says CrashLoopBackOff. */
export const terminatedShownMs = 6000;
/** The longest wait between two starts; the nodes run with a maxContainerRestartPeriod of one minute. */
export const longestBackOffMs = 60_000;

/** Kubelet's wait before restart number `restart` (1 is the first): at once, 10 s, 20 s, 40 s, then the longest. */
export const backOffMs = (restart: number): number => (restart <= 1 ? 1000 : Math.min(longestBackOffMs, 10_000 * 2 ** (restart - 2)));

/** A container that runs since `startedAt` and never stopped. */
export const steadyLife = (startedAt: number): Life => ({
	runs: [{index: 0, startedAt, endedAt: Infinity, reason: '', exitCode: 0}],
});

/** A container that ended at given times and was started again two seconds later each time. */
export const restartedLife = (
	startedAt: number,
	ends: readonly {readonly at: number; readonly reason: string; readonly exitCode: number}[],
): Life => {
	const runs: Run[] = [];
	let start = startedAt;
	for (const end of ends) {
		runs.push({index: runs.length, startedAt: start, endedAt: end.at, reason: end.reason, exitCode: end.exitCode});
		start = end.at + 2000;
	}
	runs.push({index: runs.length, startedAt: start, endedAt: Infinity, reason: '', exitCode: 0});
	return {runs};
};

/** A container that did its work and ended well. */
export const completedLife = (startedAt: number, endedAt: number): Life => ({
	runs: [{index: 0, startedAt, endedAt, reason: 'Completed', exitCode: 0}],
});

/**
 * A container that crashes for ever: `restarts` restarts lie behind it, run number `restarts` ended at `lastEndAt`,
 * the first run ended about `firstEndAt`. From then on it crashes after `nextRunMs`.
 */
export const crashLoopLife = (options: {
	readonly startedAt: number;
	readonly firstEndAt: number;
	readonly lastEndAt: number;
	readonly restarts: number;
	readonly nextRunMs: (index: number) => number;
	readonly end: (index: number) => {readonly reason: string; readonly exitCode: number};
}): Life => {
	const {startedAt, firstEndAt, lastEndAt, restarts, nextRunMs, end} = options;
	let waits = 0;
	for (let restart = 1; restart <= restarts; restart += 1) {
		waits += backOffMs(restart);
	}
	const runMs = Math.max(5000, Math.floor((lastEndAt - firstEndAt - waits) / Math.max(1, restarts)));
	const runs: Run[] = [];
	let endedAt = lastEndAt;
	for (let index = restarts; index >= 0; index -= 1) {
		const start = index === 0 ? startedAt : endedAt - runMs;
		runs.unshift({index, startedAt: Math.min(start, endedAt - 1000), endedAt, ...end(index)});
		endedAt = start - backOffMs(index);
	}
	return {
		runs,
		extend: (last) => {
			const start = last.endedAt + backOffMs(last.index + 1);
			return {index: last.index + 1, startedAt: start, endedAt: start + nextRunMs(last.index + 1), ...end(last.index + 1)};
		},
	};
};

const extendPast = (life: Life, time: number): void => {
	let last = life.runs.at(-1);
	while (life.extend && last && last.startedAt <= time) {
		last = life.extend(last);
		life.runs.push(last);
	}
};

/** The newest run that had begun at `time`. */
export const runAt = (life: Life, time: number): Run | undefined => {
	extendPast(life, time);
	return life.runs.findLast((run) => run.startedAt <= time);
};

/** All runs that had begun at `time`, oldest first. */
export const runsUntil = (life: Life, time: number): readonly Run[] => {
	extendPast(life, time);
	return life.runs.filter((run) => run.startedAt <= time);
};

const runBefore = (life: Life, run: Run): Run | undefined => life.runs.find((candidate) => candidate.index === run.index - 1);

/** What the kubelet reports of the container at `time`. */
export const stateAt = (life: Life, time: number): ContainerState => {
	const run = runAt(life, time);
	if (!run) {
		return {kind: 'waiting', ...(life.waiting ?? {reason: 'ContainerCreating'})};
	}
	const before = runBefore(life, run);
	const last = before && {last: before};
	if (time < run.endedAt) {
		return {kind: 'running', run, ready: !life.neverReady && time >= run.startedAt + (life.readyAfterMs ?? readyAfterMs), ...last};
	}
	const startsAgain = life.runs.at(-1) !== run;
	if (startsAgain && time >= run.endedAt + terminatedShownMs) {
		return {kind: 'waiting', reason: 'CrashLoopBackOff', last: run};
	}
	return {kind: 'terminated', run, ...last};
};

/** The first time after `time` at which {@link stateAt} differs; Infinity where it never does. */
export const nextStateChange = (life: Life, time: number): number => {
	extendPast(life, time);
	let next = Infinity;
	for (const run of life.runs) {
		for (const at of [run.startedAt, run.startedAt + (life.readyAfterMs ?? readyAfterMs), run.endedAt, run.endedAt + terminatedShownMs]) {
			if (at > time && at < next) {
				next = at;
			}
		}
	}
	return next;
};
