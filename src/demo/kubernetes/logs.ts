/** `GET …/pods/NAME/log`: which container's which run is meant, what is refused, and the stream. */
import type {ServerResponse} from 'node:http';
import {goneSignal} from '../http-server.ts';
import type {Cluster} from './cluster.ts';
import {stateAt, type Run} from './life.ts';
import {compareInstants, instantOf, logOf, stampOf, type Instant, type Line} from './log-lines.ts';
import {containersOf, type ContainerPlan, type PodPlan} from './plan.ts';
import {badRequest, invalid, refuse, type Refusal} from './status.ts';
import type {Ticker} from './ticker.ts';

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

const render = (lines: readonly Line[], timestamps: boolean): string => {
	let text = '';
	for (const line of lines) {
		text += timestamps ? `${stampOf(line)} ${line.text}\n` : `${line.text}\n`;
	}
	return text;
};

/** Writes text until the allowance of bytes is used up. */
const limitedWriter = (response: ServerResponse, limitBytes: number | undefined) => {
	let left = limitBytes ?? Infinity;
	return {
		write: (text: string): void => {
			const bytes = Buffer.from(text);
			const allowed = bytes.length > left ? bytes.subarray(0, left) : bytes;
			left -= allowed.length;
			if (allowed.length > 0) {
				response.write(allowed);
			}
		},
		full: () => left <= 0,
	};
};

const followEveryMs = 100;

const isRefusal = (value: object): value is Refusal => 'code' in value;

/** Answers a log request for a pod that exists. */
export const answerLog = (
	response: ServerResponse,
	options: {readonly cluster: Cluster; readonly ticker: Ticker; readonly pod: PodPlan; readonly query: URLSearchParams},
): void => {
	const {cluster, ticker, pod} = options;
	const query = parseQuery(options.query);
	if (isRefusal(query)) {
		return refuse(response, query);
	}
	const container = chooseContainer(pod, query.container);
	if (isRefusal(container)) {
		return refuse(response, container);
	}
	const now = cluster.world.clock.now();
	const run = chooseRun(pod, {container, previous: query.previous, now});
	if (isRefusal(run)) {
		return refuse(response, run);
	}
	const log = logOf(cluster.world, {pod, container, run});
	const begin = log.begin(now);
	const since = query.sinceTime ?? (query.sinceSeconds === undefined ? begin : instantOf(now - query.sinceSeconds * 1000));
	const from = compareInstants(since, begin) > 0 ? since : begin;
	let told = instantOf(now);
	const history = query.tailLines === undefined ? log.between(from, told) : log.tail(query.tailLines, from, told);
	const writer = limitedWriter(response, query.limitBytes);
	response.writeHead(200, {'Content-Type': 'text/plain'});
	response.flushHeaders();
	writer.write(render(history, query.timestamps));
	if (!query.follow || writer.full() || now >= run.endedAt) {
		response.end();
		return undefined;
	}
	const stop = ticker.add({
		everyMs: followEveryMs,
		onTick: (time) => {
			const until = instantOf(time);
			const begun = compareInstants(from, told) > 0 ? from : told;
			const lines = compareInstants(until, begun) > 0 ? log.between(begun, until) : [];
			told = until;
			writer.write(render(lines, query.timestamps));
			const gone = cluster.planOf(pod.namespace, pod.name) === undefined || time >= (pod.deletedAt ?? Infinity);
			if (time >= run.endedAt || writer.full() || gone) {
				stop();
				response.end();
			}
		},
	});
	goneSignal(response).addEventListener('abort', stop);
	return undefined;
};
