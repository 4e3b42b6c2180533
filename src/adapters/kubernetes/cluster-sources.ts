/** Pods and logs of one namespace of one cluster, as the core asks for them. */
import type {LogSource} from '../../ports/pod-log-source.ts';
import type {PodSource} from '../../ports/pod-source.ts';
import type {Clock} from '../../ports/clock.ts';
import {SourceError} from '../../base/source-error.ts';
import {systemRandom} from '../machine/system-random.ts';
import {connect, type Connection} from './client/connection.ts';
import type {KubeconfigOptions} from './client/kubeconfig.ts';
import {createLogFeed} from './log-feed/pod-feed.ts';
import {recentLogs} from './pod-logs.ts';
import {listPods} from './pods/pod-list.ts';
import {watchPods} from './pods/watch-pods.ts';

export interface KubernetesOptions extends KubeconfigOptions {
	readonly namespace: string;
	/** Label selector as kubectl's `-l`. */
	readonly selector?: string | undefined;
	readonly clock: Clock;
	/** In [0, 1), for the jitter of pauses; the machine's own if absent. */
	readonly random?: () => number;
}

/** One connection for all, made when first needed; `forget` reads the kubeconfig again, for a log-in since. */
function createConnections(options: KubeconfigOptions & {readonly clock: Clock}) {
	let current: Promise<Connection> | undefined;
	const forget = () => {
		current = undefined;
	};
	return {
		forget,
		get(): Promise<Connection> {
			if (!current) {
				current = connect(options);
				current.catch(forget);
			}
			return current;
		},
	};
}

/** The cluster's sources; nothing is imported, read or asked before the first call. Their errors are SourceErrors. */
export function kubernetesSources(options: KubernetesOptions): {readonly pods: PodSource; readonly logs: LogSource} {
	const {namespace, selector, clock, random = systemRandom} = options;
	const connection = createConnections(options);
	const others = new Map<string, ReturnType<typeof createConnections>>();

	function connectionOf(context: string | undefined): ReturnType<typeof createConnections> {
		if (context === undefined || context === options.context) return connection;
		const other = others.get(context) ?? createConnections({...options, context});
		others.set(context, other);
		return other;
	}

	async function ask<T>(work: (connected: Connection) => Promise<T>): Promise<T> {
		try {
			return await work(await connection.get());
		} catch (error) {
			if (error instanceof SourceError && error.kind === 'unauthorized') connection.forget();
			throw error;
		}
	}

	return {
		pods: {
			list: (signal) => ask((connected) => listPods(connected, {namespace, selector, signal})),
			watch: (handlers) => watchPods({connection, namespace, selector, clock, random, handlers}),
		},
		logs: {
			recent: ({signal, ...rest}) => ask((connected) => recentLogs(connected, {namespace, selector, signal}, rest)),
			feed: (selection) => createLogFeed({selection, namespace, selector, connectionOf, clock, random}),
		},
	};
}
