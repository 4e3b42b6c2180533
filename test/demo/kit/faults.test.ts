import type {IncomingMessage} from 'node:http';
import {describe, expect, it, onTestFinished} from 'vitest';
import {faultAt, faultWindowMs, withFaults, type Fault} from '../../../src/demo/kit/faults.ts';
import {sendJson, startServer, type Handler} from '../../../src/demo/kit/http-server.ts';
import {createWorld} from '../../../src/demo/kit/story.ts';
import type {ScenarioName, World} from '../../../src/demo/kit/world.ts';
import {createFakeClock, type FakeClock} from '../../helpers/fake-clock.ts';

const flaky = (scenario: ScenarioName = 'flaky'): {readonly world: World; readonly clock: FakeClock} => {
	const clock = createFakeClock();
	return {clock, world: createWorld({scenario, clock})};
};

const answer: Handler = (_, response) => sendJson(response, 200, {text: 'x'.repeat(1000)});

const serve = async (world: World, handler: Handler = answer): Promise<string> => {
	const server = await startServer(withFaults({world, source: 'sentry', handler}));
	onTestFinished(server.close);
	return server.url;
};

/** Moves the clock to the next window in which the source suffers this. */
const moveTo = async ({world, clock}: {readonly world: World; readonly clock: FakeClock}, fault: Fault): Promise<void> => {
	for (let window = 0; window < 20 && faultAt(world, 'sentry', clock.now()) !== fault; window += 1) {
		await clock.advance(faultWindowMs);
	}
	expect(faultAt(world, 'sentry', clock.now())).toBe(fault);
};

describe('faults', () => {
	it('come in turn, with healthy spells between, alike in every run', () => {
		const [first, again] = [flaky(), flaky()];
		const turn = ({world}: {readonly world: World}, source: string) =>
			Array.from({length: 10}, (_, index) => faultAt(world, source, world.story.startedAt + index * faultWindowMs));
		expect(turn(first, 'sentry')).toEqual(turn(again, 'sentry'));
		expect(turn(first, 'sentry').filter((fault) => fault === 'none')).toHaveLength(5);
		expect(new Set(turn(first, 'sentry'))).toEqual(new Set(['none', 'fail', 'slow', 'limit', 'cut', 'reset']));
		const sources = ['sentry', 'stripe', 'kubernetes', 'prometheus', 'grafana', 'health'];
		expect(new Set(sources.map((source) => turn(first, source).join(' '))).size).toBeGreaterThan(2);
	});

	it('end when the world says so', () => {
		const world = createWorld({scenario: 'flaky', clock: createFakeClock(), faultWindowMs: 2000, faultsForMs: 60_000});
		const faulty = (window: number) => faultAt(world, 'sentry', world.story.startedAt + window * 2000) !== 'none';
		const windows = Array.from({length: 60}, (_, window) => window);
		expect(windows.filter(faulty)).toHaveLength(15);
		expect(windows.filter(faulty).every((window) => window < 30)).toBe(true);
	});

	it('leave every other scenario alone', () => {
		const {world} = flaky('morning');
		expect(withFaults({world, source: 'sentry', handler: answer})).toBe(answer);
	});

	it('fail with 503', async () => {
		const setting = flaky();
		const url = await serve(setting.world);
		await moveTo(setting, 'fail');
		expect((await fetch(url)).status).toBe(503);
	});

	it('limit with 429 and a Retry-After after which the limit is over', async () => {
		const setting = flaky();
		const url = await serve(setting.world);
		await moveTo(setting, 'limit');
		const response = await fetch(url);
		expect(response.status).toBe(429);
		await setting.clock.advance(1000 * Number(response.headers.get('retry-after')));
		expect((await fetch(url)).status).toBe(200);
	});

	it('slow by seconds, yet answer', async () => {
		const setting = flaky();
		const url = await serve(setting.world);
		await moveTo(setting, 'slow');
		let status: number | undefined;
		const waiting = fetch(url).then((response) => (status = response.status));
		while (setting.clock.sleeping() === 0) {
			await new Promise((resolve) => setImmediate(resolve));
		}
		await setting.clock.advance(1400);
		expect(status).toBeUndefined();
		await setting.clock.advance(6000);
		expect(await waiting).toBe(200);
	});

	it('cut in the middle of the body', async () => {
		const setting = flaky();
		const url = await serve(setting.world);
		await moveTo(setting, 'cut');
		const response = await fetch(url);
		expect(response.status).toBe(200);
		await expect(response.text()).rejects.toThrow('terminated');
	});

	it('reset the connection', async () => {
		const setting = flaky();
		const url = await serve(setting.world);
		await moveTo(setting, 'reset');
		await expect(fetch(url)).rejects.toThrow('fetch failed');
	});

	it('hit streams that are open when the window begins', async () => {
		const setting = flaky();
		const requests: IncomingMessage[] = [];
		const url = await serve(setting.world, (request, response) => {
			requests.push(request.raw);
			response.write('first line\n');
		});
		await moveTo(setting, 'reset');
		await moveTo(setting, 'none');
		const response = await fetch(url);
		const read = response.text();
		read.catch(() => undefined);
		expect(requests).toHaveLength(1);
		await setting.clock.advance(10 * faultWindowMs);
		await expect(read).rejects.toThrow('terminated');
	});
});
