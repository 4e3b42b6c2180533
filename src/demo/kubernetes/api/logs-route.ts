/** `GET …/pods/NAME/log`: which container's which run is meant, what is refused, and the stream. */
import type {ServerResponse} from 'node:http';
import {reset} from '../../kit/faults.ts';
import {goneSignal} from '../../kit/http-server.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {stateAt, type Run} from '../plan/life.ts';
import {compareInstants, earlier, followEveryMs, instantOf, later, logOf} from '../logs/demo-log-lines.ts';
import type {Instant} from '../plan/load-log.ts';
import {containersOf, type ContainerPlan, type PodPlan} from '../plan/cluster-plan.ts';
import {badRequest, invalid, refuse, type Refusal} from '../cluster/pod-status.ts';
import {kubeletRefusal, streamFaults} from './stream-faults.ts';
import type {Ticker} from '../cluster/ticker.ts';

interface LogQuery {
	readonly container: string | undefined;
	readonly follow: boolean;
	readonly previous: boolean;
	readonly timestamps: boolean;
	readonly tailLines: number | undefined;
	readonly limitBytes: number | undefined;
	readonly sinceSeconds: number | undefined;
	readonly sinceTime: Instant | undefined;
}

const isTrue = (value: string | null): boolean => value !== null && value !== 'false' && value !== '0';

/** RFC 3339 with up to nine digits of fraction; undefined where it is none. */
const parseTime = (text: string): Instant | undefined => {
	const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text);
	const ms = match ? Date.parse(`${match[1]}${match[3]}`) : Number.NaN;
	return match && !Number.isNaN(ms) ? {second: ms / 1000, nanos: Number((match[2] ?? '').padEnd(9, '0'))} : undefined;
};

const parseQuery = (query: URLSearchParams): LogQuery | Refusal => {
	const wrong = (name: string, why: string) => invalid(`PodLogOptions "" is invalid: ${name}: Invalid value: ${query.get(name)}: ${why}`);
	const whole = (name: string): number | undefined => (query.has(name) ? Number(query.get(name)) : undefined);
	const [tailLines, limitBytes, sinceSeconds] = [whole('tailLines'), whole('limitBytes'), whole('sinceSeconds')];
	if (tailLines !== undefined && !(tailLines >= 0)) {
		return wrong('tailLines', 'must be greater than or equal to 0');
	}
	if (limitBytes !== undefined && !(limitBytes >= 1)) {
		return wrong('limitBytes', 'must be greater than 0');
	}
	if (sinceSeconds !== undefined && !(sinceSeconds >= 1)) {
		return wrong('sinceSeconds', 'must be greater than 0');
	}
	const sinceText = query.get('sinceTime');
	const sinceTime = sinceText === null || sinceText === '' ? undefined : parseTime(sinceText);
	if (sinceText !== null && sinceText !== '' && !sinceTime) {
		return badRequest(`parsing time "${sinceText}" as "2006-01-02T15:04:05Z07:00": cannot parse "${sinceText}" as "2006"`);
	}
	if (sinceTime && sinceSeconds !== undefined) {
		return invalid('PodLogOptions "" is invalid: sinceTime: Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified');
	}
	return {
		container: query.get('container') || undefined,
		follow: isTrue(query.get('follow')),
		previous: isTrue(query.get('previous')),
		timestamps: isTrue(query.get('timestamps')),
		tailLines,
		limitBytes,
		sinceSeconds,
		sinceTime,
	};
};

const chooseContainer = (pod: PodPlan, name: string | undefined): ContainerPlan | Refusal => {
	const [only, second] = pod.containers;
	if (name === undefined && only && !second) {
		return only;
	}
	if (name === undefined) {
		const names = (of: readonly ContainerPlan[]) => of.map((container) => container.name).join(' ');
		const init = [...pod.sidecars, ...pod.setUp];
		const orInit = init.length > 0 ? ` or one of the init containers: [${names(init)}]` : '';
		return badRequest(`a container name must be specified for pod ${pod.name}, choose one of: [${names(pod.containers)}]${orInit}`);
	}
	return containersOf(pod).find((container) => container.name === name) ?? badRequest(`container ${name} is not valid for pod ${pod.name}`);
};

/** The run whose log is meant, as the kubelet chooses it (validateContainerLogStatus). */
const chooseRun = (
	pod: PodPlan,
	options: {readonly container: ContainerPlan; readonly previous: boolean; readonly now: number},
): Run | Refusal => {
	const {container, previous, now} = options;
	const state = stateAt(container.life, now);
	if (previous) {
		return state.last ?? badRequest(`previous terminated container "${container.name}" in pod "${pod.name}" not found`);
	}
	if (state.kind !== 'waiting') {
		return state.run;
	}
	if (state.last) {
		return state.last;
	}
	const why =
		state.reason === 'ImagePullBackOff'
			? 'trying and failing to pull image'
			: state.reason === 'ErrImagePull'
				? "image can't be pulled"
				: state.reason;
	return badRequest(`container "${container.name}" in pod "${pod.name}" is waiting to start: ${why}`);
};

/** Writes until the allowance of bytes is used up. */
const limitedWriter = (response: ServerResponse, limitBytes: number | undefined) => {
	let left = limitBytes ?? Infinity;
	return {
		write: (bytes: Buffer): void => {
			const allowed = bytes.length > left ? bytes.subarray(0, left) : bytes;
			left -= allowed.length;
			if (allowed.length > 0) {
				response.write(allowed);
			}
		},
		full: () => left <= 0,
	};
};

/** Ticks of a log whose followers are not all written to at once. */
const fineTickMs = 20;

const isRefusal = (value: object): value is Refusal => 'code' in value;

/** Answers a log request for a pod that exists. */
export const answerLog = (
	response: ServerResponse,
	options: {readonly cluster: Cluster; readonly ticker: Ticker; readonly pod: PodPlan; readonly query: URLSearchParams},
): void => {
	const {cluster, pod} = options;
	const query = parseQuery(options.query);
	if (isRefusal(query)) {
		return refuse(response, query);
	}
	const container = chooseContainer(pod, query.container);
	if (isRefusal(container)) {
		return refuse(response, container);
	}
	const unreachable = kubeletRefusal(cluster.world, pod);
	if (unreachable) {
		return refuse(response, unreachable);
	}
	const now = cluster.world.clock.now();
	const run = chooseRun(pod, {container, previous: query.previous, now});
	if (isRefusal(run)) {
		return refuse(response, run);
	}
	return streamLog(response, {...options, query, container, run, now});
};

/** From the middle of the last line on nothing is sent. */
const cutInLine = (bytes: Buffer): Buffer => {
	const lineStart = bytes.lastIndexOf(10, -2) + 1;
	return bytes.subarray(0, (lineStart + bytes.length) >> 1);
};

/** The lines there are and, for a follower, those to come, no faster than they are taken. */
const streamLog = (
	response: ServerResponse,
	options: {
		readonly cluster: Cluster;
		readonly ticker: Ticker;
		readonly pod: PodPlan;
		readonly container: ContainerPlan;
		readonly run: Run;
		readonly query: LogQuery;
		readonly now: number;
	},
): void => {
	const {cluster, ticker, pod, container, run, query, now} = options;
	const log = logOf(cluster.world, {pod, container, run});
	const begin = log.begin(now);
	// The API server tells the kubelet in whole seconds (LogLocation in pkg/registry/core/pod/strategy.go).
	const since =
		query.sinceTime === undefined
			? query.sinceSeconds === undefined
				? begin
				: instantOf(now - query.sinceSeconds * 1000)
			: {second: query.sinceTime.second, nanos: 0};
	let told = later(since, begin);
	let until = instantOf(now);
	let ending = !query.follow || now >= run.endedAt;
	const writer = limitedWriter(response, query.limitBytes);
	response.writeHead(200, {'Content-Type': 'text/plain'});
	response.flushHeaders();
	if (query.tailLines !== undefined) {
		writer.write(log.tail(query.tailLines, {from: told, to: until}, query.timestamps));
		told = later(told, until);
	}
	let waits = false;
	const pump = (): void => {
		while (compareInstants(told, until) < 0 && !writer.full() && !response.destroyed) {
			if (response.writableNeedDrain) {
				if (!waits) {
					response.once('drain', () => {
						waits = false;
						pump();
					});
				}
				waits = true;
				return;
			}
			const next = earlier(until, {second: told.second + log.secondsPerPiece, nanos: told.nanos});
			writer.write(log.between(told, next, query.timestamps));
			told = next;
		}
		if (ending || writer.full()) {
			stop();
			response.end();
		}
	};
	const faultOf = streamFaults(cluster.world, `${pod.uid} ${container.name}`);
	let hangs = false;
	let turn = 0;
	const follow = (time: number): void => {
		const fault = faultOf(time);
		hangs ||= fault === 'hang';
		if (hangs || fault === 'stall') {
			return;
		}
		if (fault === 'cut') {
			stop();
			until = told;
			response.write(cutInLine(log.between(told, instantOf(time), query.timestamps)), () => reset(response));
			return;
		}
		const gone = cluster.planOf(pod.namespace, pod.name) !== pod || time >= (pod.deletedAt ?? Infinity);
		ending = time >= run.endedAt || gone || fault === 'end';
		const due = Math.floor((time + (log.followPhaseMs ?? 0)) / followEveryMs);
		if (due !== turn || ending) {
			turn = due;
			until = later(until, instantOf(time));
			pump();
		}
	};
	let stop = (): void => {};
	if (!ending) {
		stop = ticker.add({everyMs: log.followPhaseMs === undefined ? followEveryMs : fineTickMs, onTick: follow});
		goneSignal(response).addEventListener('abort', stop);
	}
	pump();
};
