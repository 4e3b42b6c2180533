/**
 * A container's log for any stretch of time. Nothing is kept: each second's lines follow from the seed, the container
 * and the second, so that history, `sinceTime`, `tailLines` and `follow` all tell the same.
 */
import type {World} from '../../kit/world.ts';
import type {Run} from '../plan/life.ts';
import type {LoadLog, Instant} from '../plan/load-log.ts';
import {logStyles} from './demo-log-text.ts';
import {podKey, type ContainerPlan, type PodPlan} from '../plan/cluster-plan.ts';
import {hashOf, mix, randomFrom} from '../plan/random.ts';

export interface Line extends Instant {
	readonly text: string;
}

export const instantOf = (ms: number): Instant => {
	const second = Math.floor(ms / 1000);
	return {second, nanos: Math.round((ms - second * 1000) * 1e6)};
};

/** Epoch milliseconds with a fraction; the last three digits of the nanoseconds are lost. */
export const instantToMs = ({second, nanos}: Instant): number => second * 1000 + nanos / 1e6;

export const compareInstants = (left: Instant, right: Instant): number => left.second - right.second || left.nanos - right.nanos;

/** `2026-11-20T08:33:04.118000123Z`, always with nine digits, as the kubelet writes it. */
export const stampOf = ({second, nanos}: Instant): string =>
	`${new Date(second * 1000).toISOString().slice(0, 19)}.${String(nanos).padStart(9, '0')}Z`;

/** How far back a log reaches: the kubelet keeps a few files and drops whole ones. */
const keptHours = 6;

const hourMs = 3_600_000;

/** How often a follower is written to. */
export const followEveryMs = 100;

/** Where the log of an hour-wise kept container begins. */
const keptSince = (now: number): Instant => instantOf((Math.floor(now / hourMs) - keptHours) * hourMs);

/** Bytes as the kubelet serves them: each line with its break, and its time before it where `timestamps` asks for it. */
export interface Log {
	/** The lines with `from <= time < to`, oldest first. */
	readonly between: (from: Instant, to: Instant, timestamps: boolean) => Buffer;
	/** The newest `count` lines with `from <= time < to`, oldest first. */
	readonly tail: (count: number, range: {readonly from: Instant; readonly to: Instant}, timestamps: boolean) => Buffer;
	/** Where the log begins as of `now` (epoch milliseconds). */
	readonly begin: (now: number) => Instant;
	/** So many seconds make a piece that is worth a write. */
	readonly secondsPerPiece: number;
	/** Followers are written to every 100 ms; when in that time, where not all at once. */
	readonly followPhaseMs?: number;
}

interface Told {
	readonly at: number;
	readonly text: string;
}

const told = (at: number, level: string, fields: Readonly<Record<string, string | number>>): Told => ({
	at,
	text: JSON.stringify({time: new Date(at).toISOString(), level, ...fields}),
});

const announcesItself = (container: ContainerPlan): boolean => ['api', 'worker', 'service', 'job', 'quiet'].includes(container.logs);

/** How long after its start a program begins its work. */
const listeningAfterMs = 1900;

/** What a program says when it starts, and what it says before it dies. */
const milestones = (pod: PodPlan, container: ContainerPlan, run: Run): readonly Told[] => {
	if (!announcesItself(container)) {
		return [];
	}
	const begin = run.startedAt;
	const start = [
		told(begin + 180, 'info', {msg: `starting ${container.name} ${pod.version}`, operation: 'start'}),
		told(begin + 420, 'info', {msg: 'configuration loaded', operation: 'start', source: '/etc/checkout/config.yaml'}),
		told(begin + listeningAfterMs, 'info', {msg: 'listening on :8080', operation: 'start'}),
	];
	if (run.reason === 'OOMKilled' && container.leaks) {
		const {memory: limit} = container.limits;
		const used = (share: number) => Math.round(limit * share);
		return [
			...start,
			told(run.endedAt - 9200, 'warn', {msg: `heap ${used(0.84)} MiB of ${limit} MiB`, component: 'issue-cache', entries: 981_204}),
			told(run.endedAt - 4100, 'warn', {msg: `heap ${used(0.93)} MiB of ${limit} MiB`, component: 'issue-cache', entries: 1_120_377}),
			told(run.endedAt - 600, 'error', {msg: 'issue-cache holds 1204331 entries and has no bound', component: 'issue-cache'}),
		];
	}
	if (run.reason === 'Error') {
		const why = container.leaks ? 'panic: cannot allocate memory for issue-cache' : 'cannot connect to the database: connection refused';
		return [...start, told(run.endedAt - 300, 'fatal', {msg: why, operation: 'stop'})];
	}
	if (run.reason === 'Completed') {
		return [...start, told(run.endedAt - 200, 'info', {msg: 'done', operation: 'stop'})];
	}
	return start;
};

const render = (lines: readonly Line[], timestamps: boolean): Buffer =>
	Buffer.from(lines.map((line) => (timestamps ? `${stampOf(line)} ${line.text}\n` : `${line.text}\n`)).join(''));

export const later = (left: Instant, right: Instant): Instant => (compareInstants(left, right) < 0 ? right : left);

export const earlier = (left: Instant, right: Instant): Instant => (compareInstants(left, right) > 0 ? right : left);

/** The log of a run of the load. */
const loadLogOf = (load: LoadLog, run: Run, key: number): Log => {
	const {lines, rotateEveryMs} = load;
	const firstOfRun = lines.sequenceAt(instantOf(run.startedAt));
	const endOfRun = run.endedAt === Infinity ? Infinity : lines.sequenceAt(instantOf(run.endedAt));
	const numbers = (from: Instant, to: Instant) => ({
		first: Math.max(firstOfRun, lines.sequenceAt(from)),
		end: Math.min(endOfRun, lines.sequenceAt(to)),
	});
	const bytes = (first: number, end: number, timestamps: boolean): Buffer => {
		const told = lines.bytes(first, end, timestamps);
		return load.endsWithoutBreak && end === endOfRun && end > first ? told.subarray(0, -1) : told;
	};
	return {
		between: (from, to, timestamps) => {
			const {first, end} = numbers(from, to);
			return bytes(first, end, timestamps);
		},
		tail: (count, {from, to}, timestamps) => {
			const {first, end} = numbers(from, to);
			return bytes(Math.max(first, end - count), end, timestamps);
		},
		begin: (now) => {
			const files = Math.floor((Math.min(now, run.endedAt) - run.startedAt) / rotateEveryMs);
			return instantOf(run.startedAt + files * rotateEveryMs);
		},
		secondsPerPiece: 1,
		// Not all pods at once: lines come from many nodes, each in its own time.
		followPhaseMs: key % followEveryMs,
	};
};

/** The log of one run of one container. */
export const logOf = (world: World, options: {readonly pod: PodPlan; readonly container: ContainerPlan; readonly run: Run}): Log => {
	const {pod, container, run} = options;
	const key = hashOf(`${podKey(pod)} ${container.name}`, world.seed);
	if (container.load) {
		return loadLogOf(container.load, run, key);
	}
	const style = logStyles[container.logs];
	const special = milestones(pod, container, run).filter(({at}) => at >= run.startedAt && at < run.endedAt);
	const runBegin = instantOf(run.startedAt);
	const workBegin = instantOf(run.startedAt + (announcesItself(container) ? listeningAfterMs : 0));
	const runEnd = run.endedAt === Infinity ? {second: Infinity, nanos: 0} : instantOf(run.endedAt);

	const secondLines = (second: number): readonly Line[] => {
		const random = randomFrom(mix(key, second));
		const count = Math.floor(style.perSecond + random());
		const lines: Line[] = [];
		for (let index = 0; index < count; index += 1) {
			const nanos = Math.floor(((index + random()) / count) * 1e9);
			const text = style.write({world, pod, at: second * 1000 + Math.floor(nanos / 1e6), random});
			if (compareInstants({second, nanos}, workBegin) > 0) {
				lines.push({second, nanos, text});
			}
		}
		for (const {at, text} of special) {
			const instant = instantOf(at);
			if (instant.second === second) {
				lines.push({...instant, text});
			}
		}
		lines.sort(compareInstants);
		// Two lines never share a nanosecond: whoever resumes at a time must neither lose nor repeat one.
		let last = -1;
		return lines.map((line) => {
			last = Math.max(line.nanos, last + 1);
			return last === line.nanos ? line : {...line, nanos: last};
		});
	};
	const clip = (from: Instant, to: Instant) => ({from: later(from, runBegin), to: earlier(to, runEnd)});
	const within = (second: number, from: Instant, to: Instant): readonly Line[] =>
		secondLines(second).filter((line) => compareInstants(line, from) >= 0 && compareInstants(line, to) < 0);
	return {
		between: (wantedFrom, wantedTo, timestamps) => {
			const {from, to} = clip(wantedFrom, wantedTo);
			const lines: Line[] = [];
			for (let second = from.second; second <= to.second; second += 1) {
				for (const line of within(second, from, to)) {
					lines.push(line);
				}
			}
			return render(lines, timestamps);
		},
		tail: (count, wanted, timestamps) => {
			const {from, to} = clip(wanted.from, wanted.to);
			const newestFirst: Line[] = [];
			for (let second = to.second; second >= from.second && newestFirst.length < count; second -= 1) {
				for (const line of within(second, from, to).toReversed()) {
					newestFirst.push(line);
				}
			}
			return render(newestFirst.slice(0, count).toReversed(), timestamps);
		},
		begin: (now) => later(keptSince(now), runBegin),
		secondsPerPiece: 600,
	};
};
