/** A clock for worlds under test: does not move until it is set forward; its sleeps are over at once. */
import type {Clock} from '../../src/ports/clock.ts';
import {createWorld} from '../../src/demo/kit/story.ts';
import type {DemoServer, ScenarioName, World} from '../../src/demo/kit/world.ts';

export const morningAt = Date.UTC(2026, 10, 20, 8, 31);

export interface TestClock extends Clock {
	readonly forward: (ms: number) => void;
}

export function testClock(): TestClock {
	let now = morningAt;
	return {now: () => now, sleep: () => Promise.resolve(), forward: (ms) => void (now += ms)};
}

export interface Running {
	readonly world: World;
	readonly clock: TestClock;
	readonly url: string;
	/** Asks with the right token unless told otherwise. */
	readonly get: (path: string, init?: Omit<RequestInit, 'headers'> & {readonly token?: string}) => Promise<Response>;
	readonly json: <Body>(path: string, init?: Omit<RequestInit, 'headers'>) => Promise<Body>;
	readonly close: () => Promise<void>;
}

export const token = 'right-token';

/** Starts one server of a world on a test clock. */
export async function running(
	start: (world: World, options: {readonly token: string}) => Promise<DemoServer>,
	scenario: ScenarioName = 'morning',
): Promise<Running> {
	const clock = testClock();
	const world = createWorld({scenario, clock});
	const server = await start(world, {token});
	const get: Running['get'] = (path, init = {}) =>
		fetch(`${server.url}${path}`, {...init, headers: {authorization: `Bearer ${init.token ?? token}`}});
	return {
		world,
		clock,
		url: server.url,
		get,
		json: async <Body>(path: string, init?: Omit<RequestInit, 'headers'>) => (await (await get(path, init)).json()) as Body,
		close: server.close,
	};
}
