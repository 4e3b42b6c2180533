/**
 * The `flaky` scenario: every source fails, slows, limits, cuts or resets in turn, with healthy spells between.
 * What happens when follows from the seed and the clock alone, so that a flaky morning can be walked again.
 */
import type {ServerResponse} from 'node:http';
import {TLSSocket} from 'node:tls';
import {goneSignal, sendJson, type Handler} from './http-server.ts';
import type {World} from './world.ts';

/** What a source suffers during a window; `none` is a healthy spell. */
export type Fault = 'none' | 'fail' | 'slow' | 'limit' | 'cut' | 'reset';

/** One turn; every source walks it from its own place, so that they never all fail alike. */
const turn = ['fail', 'none', 'slow', 'none', 'limit', 'none', 'cut', 'none', 'reset', 'none'] as const satisfies readonly Fault[];

/** Length of a window in milliseconds, where the world does not say otherwise. */
export const faultWindowMs = 10_000;

/** The number of the window that holds `at` (epoch milliseconds); 0 is the first. */
export const windowOf = (world: World, at: number): number => Math.max(0, Math.floor((at - world.story.startedAt) / world.faultWindowMs));

/** When that window ends, epoch milliseconds. */
export const windowEnd = (world: World, at: number): number => world.story.startedAt + (windowOf(world, at) + 1) * world.faultWindowMs;

/** Whether the story has faults, and still has them at `at` (epoch milliseconds). */
export const hasFaults = (world: World, at: number): boolean => world.story.faults && at < world.story.startedAt + world.faultsForMs;

/** What `source` suffers at `at` (epoch milliseconds); `none` in every scenario without faults. */
export const faultAt = (world: World, source: string, at: number): Fault => {
	if (!hasFaults(world, at)) {
		return 'none';
	}
	const start = Math.floor(world.chance(`fault ${source}`) * turn.length);
	return turn[(start + windowOf(world, at)) % turn.length] ?? 'none';
};

/** Lets the first half of the next chunk out, then drops the connection: a body that ends in the middle. */
const cutMidBody = (response: ServerResponse): void => {
	const write = response.write.bind(response);
	let cut = false;
	const cutter = (chunk: unknown): boolean => {
		if (cut) {
			return false;
		}
		if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array)) {
			response.destroy();
			return false;
		}
		cut = true;
		const bytes = Buffer.from(chunk as string);
		return write(bytes.subarray(0, Math.max(1, bytes.length >> 1)), () => response.destroy());
	};
	response.write = cutter as typeof response.write;
	response.end = ((chunk?: unknown) => {
		cutter(chunk);
		return response;
	}) as typeof response.end;
};

/** Drops the caller's connection without a goodbye. */
export const reset = (response: ServerResponse): void => {
	// A TLS socket cannot send a reset of its own; dropped without a goodbye it looks the same to the client.
	if (response.socket && !(response.socket instanceof TLSSocket)) {
		response.socket.resetAndDestroy();
	} else {
		response.destroy();
	}
};

/** Streams that are open when a window of cuts or resets begins are hit as well: that is how they die in life. */
const breakLater = (world: World, source: string, response: ServerResponse): void => {
	const signal = goneSignal(response);
	const follow = async (): Promise<void> => {
		while (!signal.aborted) {
			const now = world.clock.now();
			await world.clock.sleep(Math.max(1, windowEnd(world, now) - now), signal);
			const fault = faultAt(world, source, world.clock.now());
			if (fault === 'reset' || fault === 'cut') {
				reset(response);
			}
		}
	};
	// The only rejection is the caller having gone, which ends the watch as it should.
	follow().catch(() => undefined);
};

const defaultRefusals = {
	fail: (response: ServerResponse) => sendJson(response, 503, {message: 'The service is unavailable'}),
	limit: (response: ServerResponse, retryAfterSeconds: number) =>
		sendJson(response, 429, {message: 'Too many requests'}, {'Retry-After': String(retryAfterSeconds)}),
};

/**
 * Wraps a server's handler with the faults of the scenario; without faults it is the handler itself.
 * `fail` and `limit` answer in the vendor's own shape (`limit` must send Retry-After in seconds).
 */
export const withFaults = (options: {
	readonly world: World;
	/** Name of the source; it decides where in the turn the source starts. */
	readonly source: string;
	readonly handler: Handler;
	readonly fail?: (response: ServerResponse) => void;
	readonly limit?: (response: ServerResponse, retryAfterSeconds: number) => void;
}): Handler => {
	const {world, source, handler} = options;
	if (!world.story.faults) {
		return handler;
	}
	const fail = options.fail ?? defaultRefusals.fail;
	const limit = options.limit ?? defaultRefusals.limit;
	return async (request, response) => {
		const now = world.clock.now();
		const fault = faultAt(world, source, now);
		switch (fault) {
			case 'fail':
				return fail(response);
			case 'limit':
				return limit(response, Math.max(1, Math.ceil((windowEnd(world, now) - now) / 1000)));
			case 'reset':
				return reset(response);
			case 'cut':
				cutMidBody(response);
				return handler(request, response);
			case 'slow': {
				const delay = 1500 + Math.floor(world.chance(`slow ${source} ${windowOf(world, now)}`) * 4500);
				try {
					await world.clock.sleep(delay, goneSignal(response));
				} catch {
					return; // The caller did not wait that long.
				}
				breakLater(world, source, response);
				return handler(request, response);
			}
			case 'none':
				breakLater(world, source, response);
				return handler(request, response);
			default:
				return fault satisfies never;
		}
	};
};
