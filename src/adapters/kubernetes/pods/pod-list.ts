/** The pods of a namespace once: pages of pods, joined with their metrics and warning events. */
import type {Pod, PodList} from '../../../ports/pod-source.ts';
import {SourceError} from '../../../base/source-error.ts';
import type {Connection, Request} from '../client/connection.ts';
import {convertPod, withUsage} from './convert-pod.ts';
import {isGone, statusCode} from '../client/cluster-errors.ts';
import {readWarnings, warningsOf, type Warnings} from './pod-events.ts';
import {readUsage, type Usage} from './pod-metrics.ts';
import {pages, type Page} from '../client/pages.ts';
import {allNamespaces, type Scope} from '../client/namespace-scope.ts';
import type {WirePod} from '../client/wire.ts';

/** The request that lists the pods; with `watch` and a version it follows them. */
export function podsRequest({namespace, selector, signal}: Scope, doing: 'list' | 'watch'): Request {
	return {
		path: namespace === allNamespaces ? '/api/v1/pods' : `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`,
		query: {labelSelector: selector},
		doing: `${doing} pods in ${namespace === allNamespaces ? 'all namespaces' : `namespace ${namespace}`}`,
		signal,
	};
}

/** An empty list also comes from a namespace that does not exist: asks, where that is permitted. */
async function assertNamespace(connection: Connection, {namespace, signal}: Scope): Promise<void> {
	if (namespace === allNamespaces) return;
	try {
		await connection.json({path: `/api/v1/namespaces/${encodeURIComponent(namespace)}`, doing: `get namespace ${namespace}`, signal});
	} catch (error) {
		if (statusCode(error) === 404)
			throw new SourceError({
				source: connection.source,
				kind: 'not-found',
				message: `the namespace ${namespace} does not exist in context ${connection.context}`,
				advice: '`kubectl get namespaces` shows those that do',
				cause: error,
			});
		// Many operators may list pods but not get namespaces: then an empty list is an empty list.
		if (!(error instanceof SourceError)) throw error;
	}
}

/** The pages of pods; a list that outlived the server's memory (410) begins again once. `not-found` where there is no such namespace. */
export async function* podPages(connection: Connection, scope: Scope): AsyncGenerator<Page<WirePod> & {readonly isFirst: boolean}> {
	for (let attempt = 0; ; attempt++) {
		let isFirst = true;
		try {
			for await (const page of pages<WirePod>(connection, podsRequest(scope, 'list'))) {
				if (isFirst && page.isLast && page.items.length === 0) await assertNamespace(connection, scope);
				yield {...page, isFirst};
				isFirst = false;
			}
			return;
		} catch (error) {
			if (!isGone(error) || attempt > 0) throw error;
		}
	}
}

/** Pods in kubectl's order: by name, byte by byte. */
export function byName(a: Pod, b: Pod): number {
	return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** One PodList of its three parts. */
export function joinList(options: {
	readonly connection: Pick<Connection, 'context'>;
	readonly scope: Pick<Scope, 'namespace' | 'selector'>;
	readonly pods: readonly Pod[];
	readonly complete: boolean;
	readonly usage: Usage | undefined;
	readonly warnings: Warnings | undefined;
}): PodList {
	const {connection, scope, pods, complete, usage, warnings} = options;
	return {
		context: connection.context,
		namespace: scope.namespace,
		pods,
		complete,
		warnings: warnings ? warningsOf(pods, warnings.warnings, scope.selector) : [],
		warningsMissing: warnings?.missing,
		metrics: usage?.metrics ?? {missing: 'CPU and memory are on their way'},
	};
}

/** Everything once. Throws SourceError where the pods cannot be listed; metrics and events only leave their sentence. */
export async function listPods(connection: Connection, scope: Scope): Promise<PodList> {
	const others = Promise.all([readUsage(connection, scope), readWarnings(connection, scope)]);
	others.catch(() => {});
	const pods: Pod[] = [];
	for await (const {items, isFirst} of podPages(connection, scope)) {
		if (isFirst) pods.length = 0;
		for (const item of items) pods.push(convertPod(item));
	}
	const [usage, warnings] = await others;
	return joinList({
		connection,
		scope,
		pods: pods.map((pod) => withUsage(pod, usage.byPod.get(pod.name))).sort(byName),
		complete: true,
		usage,
		warnings,
	});
}
