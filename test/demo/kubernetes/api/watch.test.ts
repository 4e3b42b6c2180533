import type {V1Pod, V1PodList, V1Status} from '@kubernetes/client-node';
import {describe, expect, it, vi} from 'vitest';
import {serve, tableType, type Served, type Stream, type Table} from '../serve.ts';

const pods = '/api/v1/namespaces/checkout-prod/pods';

interface WatchEvent<T = V1Pod> {
	readonly type: string;
	readonly object: T;
}

const events = <T = V1Pod>(stream: Stream): readonly WatchEvent<T>[] => stream.lines.map((line) => JSON.parse(line) as WatchEvent<T>);

const version = async (served: Served): Promise<string> => (await served.get<V1PodList>(pods)).body.metadata?.resourceVersion ?? '';

const state = ({object}: WatchEvent): string => {
	const [status] = object.status?.containerStatuses ?? [];
	return status?.state?.waiting?.reason ?? status?.state?.terminated?.reason ?? (status?.ready ? 'ready' : 'running');
};

const failing = 'fieldSelector=metadata.name%3Dapi-54fb9-n4vkg';

describe('a watch', () => {
	it('sees the crashing pod go round: running, ready, killed, backing off', async () => {
		const served = await serve('morning');
		const stream = await served.stream(`${pods}?watch=1&resourceVersion=${await version(served)}&${failing}`);
		await served.clock.advance(90_000);
		await vi.waitFor(() => expect(events(stream).map(state)).toEqual(['running', 'ready', 'OOMKilled', 'CrashLoopBackOff']));
		expect(events(stream).map(({object}) => object.status?.containerStatuses?.[0]?.restartCount)).toEqual([15, 15, 15, 15]);
		const ids = events(stream).map(({object}) => object.status?.containerStatuses?.[0]?.containerID);
		expect(new Set(ids).size).toBe(1);
		const versions = events(stream).map(({object}) => Number(object.metadata?.resourceVersion));
		expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
	});

	it('tells the same whoever looked, and when', async () => {
		const told = async (steps: readonly number[]) => {
			const served = await serve('morning');
			const stream = await served.stream(`${pods}?watch=1&resourceVersion=${await version(served)}`);
			for (const step of steps) {
				await served.clock.advance(step);
			}
			const end = () => stream.lines.findIndex((line) => line.includes('DELETED'));
			await vi.waitFor(() => expect(end()).toBeGreaterThan(10));
			return stream.lines.slice(0, end() + 1);
		};
		expect(await told([230_000])).toEqual(await told([7000, 33_000, 1, 60_000, 129_999]));
	});

	it('continues where another one ended', async () => {
		const served = await serve('morning');
		const from = await version(served);
		const whole = await served.stream(`${pods}?watch=1&resourceVersion=${from}`);
		await served.clock.advance(80_000);
		await vi.waitFor(() => expect(whole.lines.length).toBeGreaterThan(5));
		const seen = events(whole);
		const middle = seen[2]?.object.metadata?.resourceVersion;
		const rest = await served.stream(`${pods}?watch=1&resourceVersion=${middle}`);
		await vi.waitFor(() => expect(rest.lines).toEqual(whole.lines.slice(3)));
	});

	it('sees a new pod come, work, complete and go', async () => {
		const served = await serve('morning');
		const stream = await served.stream(`${pods}?watch=1&resourceVersion=${await version(served)}&labelSelector=app%3Dsweep-carts`);
		await served.clock.advance(226_000);
		await vi.waitFor(() => expect(events(stream).at(-1)?.type).toBe('DELETED'));
		expect(events(stream)[0]?.type).toBe('ADDED');
		const phases = events(stream).map(({object}) => object.status?.phase);
		expect([...new Set(phases)]).toEqual(['Pending', 'Running', 'Succeeded']);
	});

	it('calls an object that leaves the selection deleted', async () => {
		const served = await serve('morning');
		const stream = await served.stream(
			`${pods}?watch=1&resourceVersion=${await version(served)}&labelSelector=app%3Dsweep-carts&fieldSelector=status.phase%3DPending`,
		);
		await served.clock.advance(100_000);
		await vi.waitFor(() => expect(events(stream).map(({type}) => type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']));
	});

	it('keeps the replica set and the deployment in step', async () => {
		const served = await serve('morning');
		const stream = await served.stream(
			`/apis/apps/v1/deployments?watch=1&resourceVersion=${await version(served)}&fieldSelector=metadata.name%3Dapi`,
		);
		await served.clock.advance(80_000);
		await vi.waitFor(() =>
			expect(events(stream).map(({object}) => (object.status as {readyReplicas?: number} | undefined)?.readyReplicas)).toEqual([12, 11]),
		);
	});

	it('sends 410 in the stream where the version is too old', async () => {
		const served = await serve('morning');
		const stream = await served.stream(`${pods}?watch=1&resourceVersion=1`);
		await stream.ended;
		expect(events<V1Status>(stream)).toEqual([
			{type: 'ERROR', object: expect.objectContaining({kind: 'Status', code: 410, reason: 'Expired'})},
		]);
	});

	it('sends a bookmark every minute to those who ask', async () => {
		const served = await serve('morning');
		const stream = await served.stream(
			`${pods}?watch=1&resourceVersion=${await version(served)}&allowWatchBookmarks=true&fieldSelector=metadata.name%3Dredis-0`,
		);
		const quiet = await served.stream(`${pods}?watch=1&resourceVersion=${await version(served)}&fieldSelector=metadata.name%3Dredis-0`);
		await served.clock.advance(121_000);
		await vi.waitFor(() => expect(events(stream).map(({type}) => type)).toEqual(['BOOKMARK', 'BOOKMARK']));
		const [first, second] = events(stream).map(({object}) => Number(object.metadata?.resourceVersion));
		expect(second).toBeGreaterThan(first ?? Infinity);
		expect(quiet.lines).toEqual([]);
	});

	it('ends after timeoutSeconds', async () => {
		const served = await serve('morning');
		const stream = await served.stream(`${pods}?watch=1&resourceVersion=${await version(served)}&timeoutSeconds=5`);
		await served.clock.advance(4500);
		expect(await Promise.race([stream.ended.then(() => 'ended'), Promise.resolve('open')])).toBe('open');
		await served.clock.advance(1000);
		await expect(stream.ended).resolves.toBeUndefined();
	});

	it('begins with what is there where no version is given, and marks the end where asked', async () => {
		const served = await serve('morning');
		const plain = await served.stream(`${pods}?watch=1`);
		await vi.waitFor(() => expect(plain.lines).toHaveLength(38));
		const marked = await served.stream(`${pods}?watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan`);
		await vi.waitFor(() => expect(marked.lines).toHaveLength(39));
		expect(events(marked).at(-1)).toMatchObject({
			type: 'BOOKMARK',
			object: {metadata: {annotations: {'k8s.io/initial-events-end': 'true'}}},
		});
	});

	it('sends tables, whose columns come once', async () => {
		const served = await serve('morning');
		const stream = await served.stream(`${pods}?watch=1&resourceVersion=${await version(served)}&${failing}`, {accept: tableType});
		await served.clock.advance(30_000);
		await vi.waitFor(() => expect(stream.lines).toHaveLength(2));
		const [first, second] = events<Table>(stream);
		expect(first?.object.rows[0]?.cells.slice(0, 4)).toEqual(['api-54fb9-n4vkg', '0/1', 'Running', '15 (60s ago)']);
		expect(first?.object.columnDefinitions).toHaveLength(9);
		expect(second?.object.columnDefinitions).toBeNull();
	});

	it('refuses a version that is no number', async () => {
		expect(await (await serve('morning')).get(`${pods}?watch=1&resourceVersion=abc`)).toMatchObject({status: 400});
	});
});
