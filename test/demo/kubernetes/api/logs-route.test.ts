import type {V1PodList, V1Status} from '@kubernetes/client-node';
import {describe, expect, it, vi} from 'vitest';
import {reviewStandard} from '../../../../src/checks/log-standard/log-standard-review.ts';
import {serve, type Served} from '../serve.ts';

const pods = '/api/v1/namespaces/checkout-prod/pods';
const failing = `${pods}/api-54fb9-n4vkg/log`;

const nameOf = async (served: Served, app: string, index = 0): Promise<string> => {
	const {body} = await served.get<V1PodList>(`${pods}?labelSelector=app%3D${app}`);
	return body.items[index]?.metadata?.name ?? '';
};

/** A healthy api pod: not the one that crashes. */
const healthy = async (served: Served): Promise<string> => {
	const {body} = await served.get<V1PodList>(`${pods}?labelSelector=app%3Dapi`);
	const names = body.items.map(({metadata}) => metadata?.name ?? '');
	return `${pods}/${names.find((name) => name !== 'api-54fb9-n4vkg')}/log`;
};

const lines = async (served: Served, path: string): Promise<readonly string[]> => (await served.text(path)).split('\n').slice(0, -1);

const statusesIn = (text: readonly string[]): readonly number[] =>
	text.filter((line) => line.startsWith('{')).map((line) => (JSON.parse(line) as {status?: number}).status ?? 0);

describe('a log', () => {
	it('tells the same by sinceTime, sinceSeconds, tailLines and in whole', async () => {
		const served = await serve('morning');
		const log = await healthy(served);
		const whole = await lines(served, `${log}?timestamps=true`);
		expect(whole.length).toBeGreaterThan(5000);
		expect(await lines(served, `${log}?timestamps=true&tailLines=100`)).toEqual(whole.slice(-100));
		expect(await lines(served, `${log}?tailLines=100`)).toEqual(whole.slice(-100).map((line) => line.slice(31)));
		const at = whole.length - 321;
		const time = whole[at]?.slice(0, 30) ?? '';
		expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
		// The API server hands whole seconds on to the kubelet, whatever fraction it is asked with.
		const second = whole.findIndex((line) => line.slice(0, 19) === time.slice(0, 19));
		expect(second).toBeLessThan(at);
		expect(await lines(served, `${log}?timestamps=true&sinceTime=${time}`)).toEqual(whole.slice(second));
		const lastMinute = await lines(served, `${log}?timestamps=true&sinceSeconds=60`);
		expect(lastMinute).toEqual(whole.slice(-lastMinute.length));
		expect(lastMinute.every((line) => Date.parse(line.slice(0, 24)) >= served.clock.now() - 60_000)).toBe(true);
		expect(await lines(served, `${log}?timestamps=true&sinceSeconds=60&tailLines=7`)).toEqual(whole.slice(-7));
		expect(await lines(served, `${log}?tailLines=0`)).toEqual([]);
	});

	it('never gives two lines one nanosecond, and is in order', async () => {
		const served = await serve('morning');
		for (const app of ['web', 'worker', 'search']) {
			const stamps = (await lines(served, `${pods}/${await nameOf(served, app)}/log?timestamps=true&sinceSeconds=1800`)).map((line) =>
				line.slice(0, 30),
			);
			expect(stamps).toEqual([...new Set(stamps)].sort());
		}
	});

	it('follows without losing or repeating a line', async () => {
		const served = await serve('morning');
		const log = await healthy(served);
		const stream = await served.stream(`${log}?follow=true&timestamps=true&tailLines=5`);
		await served.clock.advance(20_000);
		const after = await lines(served, `${log}?timestamps=true`);
		await vi.waitFor(() => expect(stream.lines.at(-1)).toBe(after.at(-1)));
		expect(stream.lines.length).toBeGreaterThan(30);
		expect(stream.lines).toEqual(after.slice(-stream.lines.length));
	});

	it('ends a stream when the container dies, and the next container has its own log', async () => {
		const served = await serve('morning');
		await served.clock.advance(30_000);
		const stream = await served.stream(`${failing}?follow=true`);
		await served.clock.advance(60_000);
		await expect(stream.ended).resolves.toBeUndefined();
		expect(stream.lines[0]).toContain('starting api 1.42.0');
		expect(stream.lines.some((line) => line.includes('has no bound'))).toBe(true);
		const dead = await lines(served, failing);
		expect(dead).toEqual(stream.lines);
		await served.clock.advance(70_000);
		const current = await lines(served, failing);
		expect(current[0]).toContain('starting api 1.42.0');
		expect(current[0]).not.toBe(dead[0]);
		expect(await lines(served, `${failing}?previous=true`)).toEqual(dead);
	});

	it('has 5xx from the failing pod only, since the burst only, with the slides’ messages', async () => {
		const served = await serve('morning');
		const {body} = await served.get<V1PodList>(`${pods}?labelSelector=app%3Dapi`);
		for (const {metadata} of body.items) {
			const statuses = statusesIn(await lines(served, `${pods}/${metadata?.name}/log?sinceSeconds=1200`));
			expect([metadata?.name, statuses.some((status) => status >= 500)]).toEqual([metadata?.name, metadata?.name === 'api-54fb9-n4vkg']);
		}
		const text = await served.text(failing);
		for (const message of ['operation X failed', 'operation Y failed', 'operation Z failed']) {
			expect(text).toContain(`"msg":"creating issue: ${message}","operation":"createIssue"`);
		}
	});

	it('has hardly a 5xx on a good day, and little else in an outage', async () => {
		const share = async (served: Served) => {
			const {body} = await served.get<V1PodList>(`${pods}?labelSelector=app%3Dapi`);
			const logs = await Promise.all(body.items.map(({metadata}) => lines(served, `${pods}/${metadata?.name}/log?sinceSeconds=600`)));
			const statuses = statusesIn(logs.flat()).filter((status) => status > 0);
			return statuses.filter((status) => status >= 500).length / statuses.length;
		};
		expect(await share(await serve('all-clear'))).toBeLessThan(0.01);
		expect(await share(await serve('outage'))).toBeGreaterThan(0.7);
	});

	it('lacks parts of the log standard in the web servers’ access log, and in no one’s on a good day', async () => {
		const lacking = async (served: Served) => {
			const apps = ['api', 'worker', 'web', 'search', 'scheduler', 'mailer'];
			const all = await Promise.all(
				apps.map(async (app) => {
					const pod = await nameOf(served, app);
					return (await lines(served, `${pods}/${pod}/log?sinceSeconds=1800&tailLines=100`)).map((text) => ({pod, container: app, text}));
				}),
			);
			return reviewStandard(all.flat(), 0.5).flatMap(({source, lacking}) =>
				lacking.length > 0 ? [`${source}: ${lacking.join(', ')}`] : [],
			);
		};
		expect(await lacking(await serve('morning'))).toEqual(['web/web: structure, level, request id']);
		expect(await lacking(await serve('all-clear'))).toEqual([]);
	});

	it('keeps to limitBytes', async () => {
		const served = await serve('morning');
		expect(Buffer.byteLength(await served.text(`${await healthy(served)}?limitBytes=1000`))).toBe(1000);
	});
});

describe('a log that cannot be had', () => {
	const refusal = async (served: Served, path: string) => {
		const {status, body} = await served.get<V1Status>(path);
		return `${status} ${body.message}`;
	};

	it('is refused in the kubelet’s words', async () => {
		const served = await serve('morning');
		const mailer = await nameOf(served, 'mailer');
		expect(await refusal(served, `${pods}/${mailer}/log?previous=true`)).toBe(
			`400 previous terminated container "mailer" in pod "${mailer}" not found`,
		);
		const {body} = await served.get<V1PodList>(`${pods}?fieldSelector=status.phase%3DPending`);
		const worker = body.items[0]?.metadata?.name;
		expect(await refusal(served, `${pods}/${worker}/log`)).toBe(
			`400 container "worker" in pod "${worker}" is waiting to start: trying and failing to pull image`,
		);
		expect(await refusal(served, `${pods}/redis-0/log`)).toBe(
			'400 a container name must be specified for pod redis-0, choose one of: [redis exporter]',
		);
		expect(await refusal(served, `${pods}/redis-0/log?container=none`)).toBe('400 container none is not valid for pod redis-0');
		expect(await refusal(served, `${pods}/none/log`)).toBe('404 pods "none" not found');
		expect(await refusal(served, `${pods}/${mailer}/log?tailLines=-1`)).toContain('422 ');
		expect(await refusal(served, `${pods}/${mailer}/log?sinceSeconds=1&sinceTime=2026-11-20T08:00:00Z`)).toContain('at most one of');
		expect(await refusal(served, `${pods}/${mailer}/log?sinceTime=yesterday`)).toContain('400 parsing time');
	});

	it('is there for sidecars and init containers by name', async () => {
		const served = await serve('morning');
		const payments = await nameOf(served, 'payments');
		expect((await lines(served, `${pods}/${payments}/log?container=proxy&tailLines=3`)).length).toBe(3);
		expect(await served.text(`${pods}/redis-0/log?container=redis&tailLines=1`)).toMatch(/^1:M /);
	});
});
