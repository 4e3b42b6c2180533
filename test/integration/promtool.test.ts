import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {systemClock} from '../../src/adapters/machine/system-clock.ts';
import {startPrometheus} from '../../src/demo/prometheus/prometheus-server.ts';
import {createWorld} from '../../src/demo/kit/story.ts';
import type {DemoServer} from '../../src/demo/kit/world.ts';

const run = promisify(execFile);
let server: DemoServer;
let address: string;
beforeAll(async () => {
	server = await startPrometheus(createWorld({scenario: 'morning', clock: systemClock}), {token: 'secret'});
	address = server.url.replace('://', '://anyone:secret@');
});
afterAll(() => server.close());

const query = async (promql: string): Promise<string> => (await run('promtool', ['query', 'instant', address, promql])).stdout;
/** `{…} => 0.019 @[…]` */
const valueOf = (line: string): number => Number(/=> (\S+) @/.exec(line)?.[1]);

test('promtool query instant tells the story’s error ratio', async () => {
	const ratio = await query(
		'sum(rate(http_requests_total{namespace="checkout-prod",status=~"5.."}[5m])) / sum(rate(http_requests_total{namespace="checkout-prod"}[5m]))',
	);
	expect(valueOf(ratio)).toBeCloseTo(0.019, 3);
});

test('promtool prints a row per series with its labels', async () => {
	const output = await query(
		'histogram_quantile(0.95, sum by (le,route)(rate(http_request_duration_seconds_bucket{namespace="checkout-prod"}[5m]))) > 1',
	);
	const rows = output.trim().split('\n');
	expect(rows).toHaveLength(1);
	expect(rows[0]).toContain('{route="/api/search"}');
	expect(valueOf(rows[0] ?? '')).toBeCloseTo(2.4, 1);
});

test('promtool query range draws the burst', async () => {
	const now = Math.floor(systemClock.now() / 1000);
	const promql = 'sum(rate(http_requests_total{namespace="checkout-prod",status=~"5.."}[5m]))';
	const {stdout} = await run('promtool', ['query', 'range', `--start=${now - 7200}`, `--end=${now}`, '--step=10m', address, promql]);
	const values = [...stdout.matchAll(/^(\S+) @\[/gm)].map((match) => Number(match[1]));
	expect(values).toHaveLength(13);
	expect(values[0]).toBeLessThan(1);
	expect(values.at(-1)).toBeGreaterThan(2);
});

test('promtool query labels and series', async () => {
	expect((await run('promtool', ['query', 'labels', address, 'action'])).stdout.trim().split('\n')).toEqual([
		'login',
		'password_reset',
		'signup',
	]);
	const series = (await run('promtool', ['query', 'series', '--match=database_storage_used_bytes', address])).stdout;
	expect(series).toContain('database="orders"');
});

test('promtool shows our refusals as Prometheus’s own', async () => {
	await expect(query('sum(')).rejects.toMatchObject({
		code: 1,
		stderr: expect.stringContaining('parse error: unexpected end of input') as string,
	});
	await expect(run('promtool', ['query', 'instant', server.url, 'up'])).rejects.toMatchObject({
		stderr: expect.stringContaining('401') as string,
	});
});
