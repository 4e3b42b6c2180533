/**
 * What befalls single streams of the `flaky` scenario, in the spells in which the API server as a whole is well: log
 * streams are cut in the middle of a line, end though their container runs, does not move or hang for good; requests for
 * logs are refused by one node's kubelet; watches expire. And now and then the API server itself restarts.
 */
import {faultAt, hasFaults, windowEnd, windowOf} from '../../kit/faults.ts';
import type {World} from '../../kit/world.ts';
import type {Refusal} from '../cluster/pod-status.ts';

/** `stall` is over with its window; `hang` only when the connection is. */
export type StreamFault = 'none' | 'cut' | 'end' | 'stall' | 'hang';

const hits = ['cut', 'end', 'stall', 'hang'] as const;
/** A stream is hit in one healthy window of so many. */
const hitOneIn = 4;
const refusedOneIn = 8;
const expiredOneIn = 3;

const isHealthy = (world: World, at: number): boolean => hasFaults(world, at) && faultAt(world, 'kubernetes', at) === 'none';

const oneIn = (world: World, what: string, at: number, count: number): boolean =>
	isHealthy(world, at) && world.chance(`${what} ${windowOf(world, at)}`) < 1 / count;

/** What the stream suffers at a time; only one that was open when the window began is hit, so that a new one is a way out. */
export const streamFaults = (world: World, stream: string): ((at: number) => StreamFault) => {
	const opened = windowOf(world, world.clock.now());
	return (at) => {
		const window = windowOf(world, at);
		if (window === opened || !oneIn(world, `hit ${stream}`, at, hitOneIn)) {
			return 'none';
		}
		return hits[Math.floor(world.chance(`how ${stream} ${window}`) * hits.length)] ?? 'none';
	};
};

/** The API server's answer where it does not reach the pod's kubelet; undefined where it does. */
export const kubeletRefusal = (
	world: World,
	pod: {readonly namespace: string; readonly name: string; readonly node: string},
): Refusal | undefined =>
	oneIn(world, `refused ${pod.name}`, world.clock.now(), refusedOneIn)
		? {
				code: 500,
				reason: 'InternalError',
				message: `Internal error occurred: Get "https://${pod.node}:10250/containerLogs/${pod.namespace}/${pod.name}": dial tcp: i/o timeout`,
			}
		: undefined;

/** Tells of a watch that was opened now whether it has expired by a time. */
export const watchExpiry = (world: World): ((at: number) => boolean) => {
	const opened = windowOf(world, world.clock.now());
	return (at) => windowOf(world, at) !== opened && oneIn(world, 'expired', at, expiredOneIn);
};

/**
 * Every second time that connections are reset, it is because the API server restarts: for how many more milliseconds
 * it refuses connections; 0 where it does not restart.
 */
export const restartMsLeft = (world: World, at: number): number =>
	faultAt(world, 'kubernetes', at) === 'reset' && Math.floor(windowOf(world, at) / 10) % 2 === 0
		? Math.max(0, windowEnd(world, at) - world.faultWindowMs / 2 - at)
		: 0;
