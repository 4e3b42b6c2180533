import type {V1SelfSubjectAccessReview} from '@kubernetes/client-node';
import {describe, expect, it} from 'vitest';
import {serve, type Served} from '../serve.ts';

const metrics = '/apis/metrics.k8s.io/v1beta1';

interface Metric {
	readonly metadata: {readonly name: string};
	readonly containers: readonly {readonly name: string; readonly usage: {readonly cpu: string; readonly memory: string}}[];
}

const memoryOf = (metric: Metric | undefined): number => Number(metric?.containers[0]?.usage.memory.replace('Ki', '')) / 1024;

describe('metrics.k8s.io', () => {
	const list = async (served: Served) =>
		(await served.get<{items: readonly Metric[]}>(`${metrics}/namespaces/checkout-prod/pods`)).body.items;

	it('measures what runs, and what has just died, but neither the pending nor the completed', async () => {
		const names = (await list(await serve('morning'))).map(({metadata}) => metadata.name);
		expect(names).toHaveLength(36);
		expect(names).toContain('api-54fb9-n4vkg');
		expect(names.some((name) => name.startsWith('migrate-'))).toBe(false);
	});

	it('shows memory that climbs to the limit in the failing pod, and two others close to theirs', async () => {
		const served = await serve('morning');
		const failing = async () => memoryOf((await list(served)).find(({metadata}) => metadata.name === 'api-54fb9-n4vkg'));
		const api = (await list(served)).filter(({metadata}) => metadata.name.startsWith('api-'));
		expect(api.filter((each) => memoryOf(each) > 440).length).toBe(3);
		await served.clock.advance(25_000);
		const young = await failing();
		await served.clock.advance(25_000);
		expect(await failing()).toBeGreaterThan(young);
		expect(young).toBeLessThan(400);
	});

	it('counts every container, and finds one pod, selected pods and nodes', async () => {
		const served = await serve('morning');
		const redis = await served.get<Metric>(`${metrics}/namespaces/checkout-prod/pods/redis-0`);
		expect(redis.body.containers.map(({name}) => name)).toEqual(['redis', 'exporter']);
		const web = await served.get<{items: readonly Metric[]}>(`${metrics}/namespaces/checkout-prod/pods?labelSelector=app%3Dweb`);
		expect(web.body.items).toHaveLength(10);
		expect((await served.get<{items: readonly Metric[]}>(`${metrics}/nodes`)).body.items).toHaveLength(4);
		expect((await served.get(`${metrics}/namespaces/checkout-prod/pods/none`)).status).toBe(404);
	});
});

describe('access reviews', () => {
	const ask = async (served: Served, attributes: Readonly<Record<string, string>>) => {
		const response = await served.request('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
			method: 'POST',
			headers: {'content-type': 'application/json'},
			body: JSON.stringify({spec: {resourceAttributes: attributes}}),
		});
		expect(response.status).toBe(201);
		return ((await response.json()) as V1SelfSubjectAccessReview).status?.allowed;
	};

	it('allow the least-privilege role and nothing more', async () => {
		const served = await serve('morning');
		expect(await ask(served, {verb: 'list', resource: 'pods', namespace: 'checkout-prod'})).toBe(true);
		expect(await ask(served, {verb: 'get', resource: 'pods', subresource: 'log'})).toBe(true);
		expect(await ask(served, {verb: 'watch', group: 'apps', resource: 'deployments'})).toBe(true);
		expect(await ask(served, {verb: 'delete', resource: 'pods'})).toBe(false);
		expect(await ask(served, {verb: 'list', resource: 'secrets'})).toBe(false);
	});

	it('refuse a body that is none', async () => {
		const response = await (
			await serve('morning')
		).request('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
			method: 'POST',
			body: '{"half":',
		});
		expect(response.status).toBe(400);
	});
});
