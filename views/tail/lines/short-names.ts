/** The part of a stream's name that tells it from the others: `n4vkg` of `api-54fb9-n4vkg`. Pure. */
import {truncate, width} from '../../../src/base/terminal/width.ts';
import {sanitize} from '../../../src/base/terminal/sanitize.ts';
import type {StreamInfo} from '../../../src/ports/log-feed.ts';

/** The letters and digits that Kubernetes draws its random suffixes from. */
const suffix = /^(.+)-([bcdfghjklmnpqrstvwxz2456789]{5})$/;
const hash = /-(?:[bcdf0-9ghjklmnpqrstvwxz]{8,10}|[a-f0-9]{5})$/;
const ordinal = /^(.+)-(\d+)$/;

interface PodName {
	readonly workload: string;
	/** What tells one pod of the workload from the next. */
	readonly own: string;
}

/** `api` and `n4vkg` of `api-54fb9-n4vkg`; `db` and `db-0` of a stateful set's pod. */
export function podName(pod: string): PodName {
	const random = suffix.exec(pod);
	if (random) return {workload: (random[1] ?? '').replace(hash, ''), own: random[2] ?? pod};
	const numbered = ordinal.exec(pod);
	return numbered ? {workload: numbered[1] ?? '', own: pod} : {workload: pod, own: pod};
}

const lastPart = (path: string) => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) || path;

/** Both ends of a name that is too long: the end distinguishes pods. */
function cutMiddle(text: string, columns: number): string {
	if (width(text) <= columns) return text;
	if (columns < 9) return truncate(text, columns);
	return `${truncate(text, columns - 5)}${text.slice(-5)}`;
}

/**
 * A short name for each stream, in their order, none wider than `most` columns. Pods of one workload are told by their
 * own part alone; pods of several keep the workload's name; the container is named where the pods have more than one, and
 * alone where there is but one pod: the status bar tells which.
 */
export function shortNames(streams: readonly StreamInfo[], most: number): readonly string[] {
	const pods = streams.map(({pod}) => (pod === undefined ? undefined : podName(pod)));
	const severalWorkloads = new Set(pods.map((pod) => pod?.workload ?? '')).size > 1;
	const severalContainers = new Set(streams.map(({container}) => container ?? '')).size > 1;
	const onePod = streams.length > 1 && new Set(streams.map(({context, namespace, pod}) => `${context}/${namespace}/${pod}`)).size === 1;
	const severalContexts = new Set(streams.map(({context}) => context ?? '')).size > 1;
	const namespaces = new Map<string, Set<string>>();
	for (const {pod = '', namespace = ''} of streams) namespaces.set(pod, (namespaces.get(pod) ?? new Set()).add(namespace));
	/** What distinguishes pods of one name: their cluster wherever there are several, else their namespace. */
	const placeOf = ({context, namespace, pod = ''}: StreamInfo) => {
		if (severalContexts && context !== undefined) return `${context}:`;
		return (namespaces.get(pod)?.size ?? 0) > 1 && namespace !== undefined ? `${namespace}:` : '';
	};
	const bases = new Map<string, Set<string>>();
	for (const {name} of streams) bases.set(lastPart(name), (bases.get(lastPart(name)) ?? new Set()).add(name));
	return streams.map((stream, index) => {
		const {name, container} = stream;
		const pod = pods[index];
		if (!pod) return cutMiddle(sanitize((bases.get(lastPart(name))?.size ?? 0) > 1 ? name : lastPart(name)), most);
		if (onePod && severalContainers && container !== undefined) return cutMiddle(sanitize(container), most);
		const own = severalWorkloads && pod.own !== pod.workload && !pod.own.startsWith(pod.workload) ? `${pod.workload}-${pod.own}` : pod.own;
		const whole = severalContainers && container !== undefined ? `${own}/${container}` : own;
		return cutMiddle(sanitize(`${placeOf(stream)}${whole}`), most);
	});
}
