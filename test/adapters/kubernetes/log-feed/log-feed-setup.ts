/** A feed of a selection on the small log cluster, on a hasty clock. */
import {expect, onTestFinished} from 'vitest';
import {createLogFeed, type FeedOptions} from '../../../../src/adapters/kubernetes/log-feed/pod-feed.ts';
import {connect} from '../../../../src/adapters/kubernetes/client/connection.ts';
import type {LogSelection} from '../../../../src/ports/log-feed.ts';
import {hastyClock} from '../fake-cluster.ts';
import {type FakePod, type LogCluster, startLogCluster} from './log-cluster.ts';
import {recordingSink} from './recording-sink.ts';

export const everything: LogSelection = {contexts: [], namespaces: [], workloads: [], previous: false, follow: true};

export async function logCluster(): Promise<LogCluster> {
	const cluster = await startLogCluster();
	onTestFinished(() => cluster[Symbol.asyncDispose]());
	return cluster;
}

/** Makes the feed of namespace shop; it is stopped when the test ends. */
export function feedOf(cluster: LogCluster, selection: Partial<LogSelection> = {}, options: Partial<FeedOptions> = {}) {
	const clock = hastyClock();
	const connectionOf = (context: string | undefined) => {
		const connection = connect({kubeconfig: cluster.kubeconfig, context, clock});
		connection.catch(() => {});
		return {get: () => connection, forget: () => {}};
	};
	const feed = createLogFeed({
		selection: {...everything, ...selection},
		namespace: 'shop',
		selector: undefined,
		connectionOf,
		clock,
		random: () => 0,
		...options,
	});
	onTestFinished(() => feed.stop());
	return {feed, clock, ...recordingSink()};
}

/** The same, started. */
export async function follow(cluster: LogCluster, selection: Partial<LogSelection> = {}, options: Partial<FeedOptions> = {}) {
	const following = feedOf(cluster, selection, options);
	await following.feed.start(following.sink);
	return following;
}

/** Resolves once someone follows the log of the pod's container. */
export async function isFollowed(cluster: LogCluster, pod: FakePod): Promise<void> {
	await expect.poll(() => cluster.runOf(pod).followers.size).toBe(1);
}
