import type {V1DeploymentList, V1PodList, V1ReplicaSetList, V1Status} from '@kubernetes/client-node';
import {describe, expect, it} from 'vitest';
import {serve, tableType, type Served, type Table} from '../serve.ts';

/** A page as it is on the wire; client-node calls `continue` otherwise. */
interface Page {
	readonly metadata: {readonly resourceVersion: string; readonly continue?: string; readonly remainingItemCount?: number};
	readonly items: V1PodList['items'];
}

const production = '/api/v1/namespaces/checkout-prod';

const printed = async (served: Served, namespace = 'checkout-prod') => {
	const {body} = await served.get<Table>(`/api/v1/namespaces/${namespace}/pods`, {accept: tableType});
	return body.rows.map(({cells}) => ({name: String(cells[0]), ready: cells[1], status: cells[2], restarts: cells[3], age: cells[4]}));
};

describe('the morning', () => {
	it('has 38 pods in production, of which one crashes, one cannot be pulled and one was killed in the night', async () => {
		const pods = await printed(await serve('morning'));
		expect(pods).toHaveLength(38);
		expect(pods.find(({name}) => name === 'api-54fb9-n4vkg')).toEqual({
			name: 'api-54fb9-n4vkg',
			ready: '0/1',
			status: 'CrashLoopBackOff',
			restarts: '14 (38s ago)',
			age: '89m',
		});
		expect(pods.filter(({status}) => status === 'ImagePullBackOff').map(({name}) => name.split('-')[0])).toEqual(['worker']);
		expect(pods.filter(({restarts}) => restarts === '1 (7h12m ago)').map(({name}) => name.split('-')[0])).toEqual(['web']);
		expect(pods.filter(({status}) => status === 'Completed')).toHaveLength(1);
		const apps = pods.map(({name}) => name.split('-')[0]);
		expect(['api', 'worker', 'web'].map((app) => apps.filter((each) => each === app).length)).toEqual([12, 8, 10]);
	});

	it('tells why the pods died: OOMKilled, many times within the last hour', async () => {
		const served = await serve('morning');
		const {body} = await served.get<V1PodList>(`${production}/pods?fieldSelector=metadata.name%3Dapi-54fb9-n4vkg`);
		const [status] = body.items[0]?.status?.containerStatuses ?? [];
		expect(body.items).toHaveLength(1);
		expect(status?.lastState?.terminated).toMatchObject({reason: 'OOMKilled', exitCode: 137});
		expect(status?.state?.waiting?.message).toContain('back-off');
		const events = await served.get<{items: {reason: string; type: string; count: number; firstTimestamp: string}[]}>(
			`${production}/events?fieldSelector=involvedObject.name%3Dapi-54fb9-n4vkg,type%3DWarning`,
		);
		expect(events.body.items).toEqual([expect.objectContaining({reason: 'BackOff', type: 'Warning'})]);
		expect(events.body.items[0]?.count).toBeGreaterThan(14);
		expect(served.clock.now() - Date.parse(events.body.items[0]?.firstTimestamp ?? '')).toBeLessThan(3_600_000);
	});

	it('has a staging whose search is not ready', async () => {
		const pods = await printed(await serve('morning'), 'checkout-staging');
		expect(pods).toHaveLength(10);
		expect(pods.filter(({ready}) => ready === '0/1').map(({name}) => name.split('-')[0])).toEqual(['search']);
	});

	it('keeps deployments and replica sets in step with the pods', async () => {
		const served = await serve('morning');
		const deployments = (await served.get<V1DeploymentList>('/apis/apps/v1/namespaces/checkout-prod/deployments')).body;
		const api = deployments.items.find(({metadata}) => metadata?.name === 'api');
		expect(api?.status).toMatchObject({replicas: 12, readyReplicas: 11, unavailableReplicas: 1});
		const sets = (await served.get<V1ReplicaSetList>('/apis/apps/v1/namespaces/checkout-prod/replicasets?labelSelector=app%3Dapi')).body;
		expect(sets.items.map(({spec}) => [spec?.replicas, spec?.template?.spec?.containers[0]?.image])).toEqual([
			[12, 'registry.example.com/checkout-api:1.42.0'],
			[0, 'registry.example.com/checkout-api:1.41.3'],
		]);
		expect(sets.items[0]?.metadata?.creationTimestamp).toBe(
			new Date(served.world.story.release.deployedAt).toISOString().replace('.000', ''),
		);
	});

	it('is the same for the same seed, and has other names for another', async () => {
		const [first, again, other] = await Promise.all([serve('morning'), serve('morning'), serve('morning', {seed: 2})]);
		expect(await first.text('/api/v1/pods')).toBe(await again.text('/api/v1/pods'));
		const names = async (served: Served) => (await printed(served)).map(({name}) => name);
		expect(await names(other)).not.toEqual(await names(first));
		expect(await names(other)).toContain('api-54fb9-n4vkg');
	});
});

describe('the other scenarios', () => {
	it('all-clear has every pod running or completed', async () => {
		const pods = await printed(await serve('all-clear'));
		expect(pods).toHaveLength(38);
		expect(new Set(pods.map(({status}) => status))).toEqual(new Set(['Running', 'Completed']));
		expect(pods.filter(({status}) => status === 'Running').every(({ready}) => ready === '1/1' || ready === '2/2')).toBe(true);
		expect(pods.some(({restarts}) => restarts !== '0')).toBe(true);
	});

	it('outage has no api pod ready', async () => {
		const api = (await printed(await serve('outage'))).filter(({name}) => name.startsWith('api-'));
		expect(api).toHaveLength(12);
		expect(api.every(({ready}) => ready === '0/1')).toBe(true);
		expect(api.filter(({status}) => status === 'CrashLoopBackOff').length).toBeGreaterThan(6);
	});
});

describe('lists', () => {
	it('come page by page, each object once, and say how many remain', async () => {
		const served = await serve('morning');
		const names: string[] = [];
		const remaining: (number | undefined)[] = [];
		const versions = new Set<string | undefined>();
		let next: string | undefined = '';
		do {
			const path: string = `${production}/pods?limit=10&continue=${encodeURIComponent(next ?? '')}`;
			const {body}: {body: Page} = await served.get<Page>(path);
			names.push(...body.items.map(({metadata}) => metadata?.name ?? ''));
			remaining.push(body.metadata.remainingItemCount);
			versions.add(body.metadata.resourceVersion);
			next = body.metadata.continue;
			await served.clock.advance(30_000);
		} while (next !== undefined && next !== '');
		expect(remaining).toEqual([28, 18, 8, undefined]);
		expect(names).toEqual([...new Set(names)].sort());
		expect(names).toHaveLength(38);
		expect(versions.size).toBe(1);
	});

	it('answer 410 with a new token where the old one has expired', async () => {
		const served = await serve('morning');
		const first = await served.get<{metadata: {continue: string}}>(`${production}/pods?limit=30`);
		await served.clock.advance(301_000);
		const stale = await served.get<V1Status & {metadata: {continue: string}}>(
			`${production}/pods?limit=30&continue=${first.body.metadata.continue}`,
		);
		expect(stale).toMatchObject({status: 410, body: {kind: 'Status', reason: 'Expired', code: 410}});
		const rest = await served.get<V1PodList>(`${production}/pods?limit=30&continue=${stale.body.metadata.continue}`);
		expect(rest.status).toBe(200);
		expect(rest.body.items.length).toBeGreaterThanOrEqual(8);
	});

	it.each([
		['labelSelector=app%3Dapi', 12],
		['labelSelector=app%20in%20(api,web)', 22],
		['labelSelector=app%20notin%20(api,web)', 16],
		['labelSelector=app!%3Dapi', 26],
		['labelSelector=pod-template-hash,app%3Dworker', 8],
		['labelSelector=!pod-template-hash', 2],
		['fieldSelector=status.phase%3DPending', 1],
		['fieldSelector=status.phase!%3DRunning', 2],
	])('select by %s', async (query, count) => {
		const {body} = await (await serve('morning')).get<V1PodList>(`${production}/pods?${query}`);
		expect(body.items).toHaveLength(count);
	});

	it.each([
		['fieldSelector=spec.colour%3Dblue', 'field label not supported: spec.colour'],
		['labelSelector=a%20b%20c', 'unable to parse requirement'],
		['continue=!!!', 'continue key is not valid'],
	])('refuse %s', async (query, message) => {
		const {status, body} = await (await serve('morning')).get<V1Status>(`${production}/pods?${query}`);
		expect(status).toBe(400);
		expect(body.message).toContain(message);
	});

	it('cover all namespaces, and none that does not exist', async () => {
		const served = await serve('morning');
		expect((await served.get<V1PodList>('/api/v1/pods')).body.items).toHaveLength(48);
		expect(await served.get('/api/v1/namespaces/nowhere/pods')).toMatchObject({status: 200, body: {items: []}});
	});

	it('become tables with as much of each object as is asked for', async () => {
		const served = await serve('morning');
		const table = async (include: string) =>
			(await served.get<Table>(`${production}/pods?includeObject=${include}`, {accept: tableType})).body;
		expect((await table('None')).rows[0]?.object).toBeUndefined();
		expect((await table('Metadata')).rows[0]?.object?.kind).toBe('PartialObjectMetadata');
		expect((await table('Object')).rows[0]?.object?.spec?.containers).toBeDefined();
		expect((await table('None')).columnDefinitions?.filter(({priority}) => priority === 0).map(({name}) => name)).toEqual([
			'Name',
			'Ready',
			'Status',
			'Restarts',
			'Age',
		]);
	});
});

describe('refusals', () => {
	it('say 401 without the right token', async () => {
		const served = await serve('morning');
		const wrong = await served.get<V1Status>(`${production}/pods`, {authorization: 'Bearer wrong'});
		expect(wrong).toEqual({
			status: 401,
			body: {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'Unauthorized', reason: 'Unauthorized', code: 401},
		});
		expect((await fetch(`${served.url}/version`)).status).toBe(401);
	});

	it.each([
		['GET', `${production}/pods/none`, 404, 'pods "none" not found'],
		['GET', '/apis/batch/v1/jobs', 404, 'the server could not find the requested resource'],
		['GET', '/nonsense', 404, 'the server could not find the requested resource'],
		['GET', `${production}/secrets`, 403, 'cannot list resource "secrets" in API group "" in the namespace "checkout-prod"'],
		['DELETE', `${production}/pods/redis-0`, 403, 'cannot delete resource "pods"'],
		['POST', '/version', 405, 'does not allow this method'],
	])('%s %s answers %i', async (method, path, code, message) => {
		const response = await (await serve('morning')).request(path, {method});
		const body = (await response.json()) as V1Status;
		expect(response.status).toBe(code);
		expect(body).toMatchObject({kind: 'Status', status: 'Failure', code});
		expect(body.message).toContain(message);
	});
});

describe('bulk', () => {
	it('adds pods that restart at the given rate', async () => {
		const served = await serve('morning', {extraPods: 300, changesPerSecond: 100});
		const list = async () => (await served.get<V1PodList>(`${production}/pods?labelSelector=app%3Dload`)).body.items;
		const restarts = async () => (await list()).reduce((sum, pod) => sum + (pod.status?.containerStatuses?.[0]?.restartCount ?? 0), 0);
		expect(await list()).toHaveLength(300);
		expect(await restarts()).toBe(0);
		await served.clock.advance(2000);
		expect(await restarts()).toBe(200);
	});
});
