/**
 * A container's log for any stretch of time. Nothing is kept: each second's lines follow from the seed, the container
 * and the second, so that history, `sinceTime`, `tailLines` and `follow` all tell the same.
 */
import type {World} from '../world.ts';
import type {Run} from './life.ts';
import {logStyles} from './log-text.ts';
import {podKey, type ContainerPlan, type PodPlan} from './plan.ts';
import {hashOf, mix, randomFrom} from './random.ts';

/** Nanoseconds since the epoch do not fit a number: whole seconds and the rest. */
export interface Instant {
	readonly second: number;
	readonly nanos: number;
}

export interface Line extends Instant {
	readonly text: string;
}

export const instantOf = (ms: number): Instant => {
	const second = Math.floor(ms / 1000);
	return {second, nanos: Math.round((ms - second * 1000) * 1e6)};
};

export const compareInstants = (left: Instant, right: Instant): number => left.second - right.second || left.nanos - right.nanos;

/** `2026-11-20T08:33:04.118000123Z`, always with nine digits, as the kubelet writes it. */
export const stampOf = ({second, nanos}: Instant): string =>
	`${new Date(second * 1000).toISOString().slice(0, 19)}.${String(nanos).padStart(9, '0')}Z`;

/** How far back a log reaches: the kubelet keeps a few files and drops whole ones. */
const keptHours = 6;
const hourMs = 3_600_000;

export interface Log {
	/** The lines with `from <= time < to`, oldest first. */
	readonly between: (from: Instant, to: Instant) => readonly Line[];
	/** The newest `count` lines with `from <= time < to`, oldest first. */
	readonly tail: (count: number, from: Instant, to: Instant) => readonly Line[];
	/** Where the log begins as of `now` (epoch milliseconds). */
	readonly begin: (now: number) => Instant;
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

/** The log of one run of one container. */
export const logOf = (world: World, options: {readonly pod: PodPlan; readonly container: ContainerPlan; readonly run: Run}): Log => {
	const {pod, container, run} = options;
	const style = logStyles[container.logs];
	const key = hashOf(`${podKey(pod)} ${container.name}`, world.seed);
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
	const clip = (from: Instant, to: Instant) => ({
		from: compareInstants(from, runBegin) < 0 ? runBegin : from,
		to: compareInstants(to, runEnd) > 0 ? runEnd : to,
	});
	const within = (second: number, from: Instant, to: Instant): readonly Line[] =>
		secondLines(second).filter((line) => compareInstants(line, from) >= 0 && compareInstants(line, to) < 0);
	return {
		between: (wantedFrom, wantedTo) => {
			const {from, to} = clip(wantedFrom, wantedTo);
			const lines: Line[] = [];
			for (let second = from.second; second <= to.second; second += 1) {
				for (const line of within(second, from, to)) {
					lines.push(line);
				}
			}
			return lines;
		},
		tail: (count, wantedFrom, wantedTo) => {
			const {from, to} = clip(wantedFrom, wantedTo);
			const newestFirst: Line[] = [];
			for (let second = to.second; second >= from.second && newestFirst.length < count; second -= 1) {
				for (const line of within(second, from, to).toReversed()) {
					newestFirst.push(line);
				}
			}
			return newestFirst.slice(0, count).toReversed();
		},
		begin: (now) => {
			const kept = instantOf((Math.floor(now / hourMs) - keptHours) * hourMs);
			return compareInstants(kept, runBegin) > 0 ? kept : runBegin;
		},
	};
};
