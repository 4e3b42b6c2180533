/** Reads usages against limits: CPU and memory from metrics-server where there is one, the rest from Prometheus. */
import type {PodList} from '../../ports/pod-source.ts';
import {SourceError} from '../../base/source-error.ts';
import {capacityKinds, type CapacityKind} from './capacity-kinds.ts';
import type {CapacityData, CapacityOptions, Usage} from './types.ts';
import type {CheckContext} from '../kit/check.ts';
import {partialFailure, type PartialFailure} from '../kit/partial-failure.ts';
import {totalOf} from '../pods/json.ts';
import {fillQuery} from '../kit/queries.ts';

type Part =
	| {readonly usages: readonly Usage[]}
	| {readonly missing: {readonly kind: CapacityKind; readonly why: string}}
	| {readonly kind: CapacityKind; readonly failure: PartialFailure};

function fromPods(kind: 'cpu' | 'memory', list: PodList): Part {
	if (list.metrics !== 'available') return {missing: {kind, why: list.metrics.missing}};
	const usages = list.pods.flatMap((pod): readonly Usage[] => {
		const used = totalOf(pod, kind);
		const limit = totalOf(pod, kind === 'cpu' ? 'cpuLimit' : 'memoryLimit');
		return used === undefined || limit === undefined || limit <= 0 ? [] : [{kind, name: pod.name, ratio: used / limit, used, limit}];
	});
	return usages.length > 0 ? {usages} : {missing: {kind, why: `no pod has both a ${kind} figure and a limit`}};
}

const nameLabels: Record<CapacityKind, readonly string[]> = {
	cpu: ['pod'],
	memory: ['pod'],
	volume: ['persistentvolumeclaim', 'volume', 'mountpoint'],
	database: ['database', 'dbinstance_identifier', 'instance'],
};

async function fromMetrics(kind: CapacityKind, context: CheckContext<CapacityOptions>): Promise<Part> {
	const {sources, options, signal} = context;
	if (!sources.metrics) return {missing: {kind, why: 'Prometheus is not configured'}};
	const promql = {cpu: options.cpu, memory: options.memory, volume: options.volumes, database: options.databases}[kind];
	const samples = await sources.metrics.query(fillQuery(promql, context), {signal});
	const usages = samples
		.filter(({value}) => Number.isFinite(value))
		.map(({labels, value}): Usage => ({kind, name: nameLabels[kind].map((key) => labels[key]).find(Boolean) ?? kind, ratio: value}));
	return usages.length > 0 ? {usages} : {missing: {kind, why: 'its query has no data in Prometheus'}};
}

async function readKind(
	kind: CapacityKind,
	context: CheckContext<CapacityOptions>,
	list: PodList | SourceError | undefined,
): Promise<Part> {
	if ((kind === 'cpu' || kind === 'memory') && list && !(list instanceof SourceError)) {
		const part = fromPods(kind, list);
		if ('usages' in part || !context.sources.metrics) return part;
	}
	try {
		return await fromMetrics(kind, context);
	} catch (error) {
		return {kind, failure: partialFailure('Prometheus', error)};
	}
}

/** One failure per cause: a Prometheus that is down says so once, with the kinds that it hides. */
function byCause(parts: readonly Part[]): readonly PartialFailure[] {
	const failed = parts.flatMap((part) => ('failure' in part ? [part] : []));
	const kindsOf = Map.groupBy(failed, ({failure}) => failure.message);
	return [...kindsOf.values()].flatMap((same) => {
		const [first] = same;
		return first ? [{...first.failure, source: `${first.failure.source} (${same.map(({kind}) => kind).join(', ')})`}] : [];
	});
}

/** A list of pods that cannot be had is no end: Prometheus may know the same. */
async function listPods({sources, options, signal}: CheckContext<CapacityOptions>): Promise<PodList | SourceError | undefined> {
	if (!sources.pods || !(options.kinds ?? capacityKinds).some((kind) => kind === 'cpu' || kind === 'memory')) return undefined;
	try {
		return await sources.pods.list(signal);
	} catch (error) {
		if (error instanceof SourceError) return error;
		throw error;
	}
}

/** Every kind by itself, so that one that cannot be read does not hide the others. */
export async function readCapacity(context: CheckContext<CapacityOptions>): Promise<CapacityData> {
	const kinds = context.options.kinds ?? capacityKinds;
	const list = await listPods(context);
	const parts = await Promise.all(kinds.map((kind) => readKind(kind, context, list)));
	const usages = parts.flatMap((part) => ('usages' in part ? part.usages : []));
	const failures = byCause(parts);
	const onPods = usages.some(({kind}) => kind === 'cpu' || kind === 'memory');
	return {
		usages: usages.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || b.ratio - a.ratio),
		missing: parts.flatMap((part) => ('missing' in part ? [part.missing] : [])),
		failures: list instanceof SourceError && !onPods ? [partialFailure('Kubernetes', list), ...failures] : failures,
		...(context.sources.metrics ? {url: context.sources.metrics.url} : {}),
	};
}
