/** CPU and memory in use, from metrics.k8s.io; a cluster without a metrics-server is no error, only a column without figures. */
import {SourceError} from '../../../base/source-error.ts';
import type {Connection} from '../client/connection.ts';
import type {PodUsage} from './convert-pod.ts';
import {statusCode} from '../client/cluster-errors.ts';
import {parseCpu, parseMemory} from './resource-quantity.ts';
import type {Scope} from '../client/namespace-scope.ts';
import type {WirePodMetrics} from '../client/wire.ts';

export type Usage =
	| {readonly metrics: 'available'; readonly byPod: ReadonlyMap<string, PodUsage>}
	| {readonly metrics: {readonly missing: string}; readonly byPod: ReadonlyMap<string, PodUsage>};

function podUsage({containers = []}: WirePodMetrics): PodUsage {
	return new Map(containers.map(({name, usage}) => [name, {cpu: parseCpu(usage?.cpu), memory: parseMemory(usage?.memory)}]));
}

function missingSentence(error: SourceError): string {
	const status = statusCode(error);
	if (status === 404) return 'CPU and memory are not available: the cluster has no metrics-server';
	if (status === 503) return 'CPU and memory are not available: the metrics-server does not answer (503)';
	return `CPU and memory are not available: ${error.message}`;
}

/** What the pods of the namespace use, by pod name. Rejects only where the caller aborted. */
export async function readUsage(connection: Connection, {namespace, selector, signal}: Scope): Promise<Usage> {
	try {
		const list = await connection.json<{items?: readonly WirePodMetrics[] | null}>({
			path: `/apis/metrics.k8s.io/v1beta1/namespaces/${encodeURIComponent(namespace)}/pods`,
			query: {labelSelector: selector},
			doing: `list pods.metrics.k8s.io in namespace ${namespace}`,
			signal,
		});
		return {metrics: 'available', byPod: new Map((list.items ?? []).map((item) => [item.metadata?.name ?? '', podUsage(item)]))};
	} catch (error) {
		if (error instanceof SourceError) return {metrics: {missing: missingSentence(error)}, byPod: new Map()};
		throw error;
	}
}
