import {describe, expect, it} from 'vitest';
import {createStorage} from '../../../../src/demo/kubernetes/cluster/storage.ts';

const object = (name: string) => ({metadata: {name, namespace: 'shop'}});

describe('the storage', () => {
	it('gives every change a version of its own, and remembers the newest changes only', () => {
		const storage = createStorage({firstVersion: 100, historyLength: 10});
		for (let index = 0; index < 21; index += 1) {
			storage.put('pods', object('api'));
		}
		expect(storage.version()).toBe(121);
		expect(storage.since(100)).toBeUndefined();
		expect(storage.since(storage.oldestVersion())?.map(({stored}) => stored.version)).toEqual([
			112, 113, 114, 115, 116, 117, 118, 119, 120, 121,
		]);
		expect(storage.since(121)).toEqual([]);
	});

	it('never changes a version that someone holds', () => {
		const storage = createStorage({firstVersion: 1, historyLength: 10});
		storage.put('pods', object('api'));
		const held = storage.get('pods', 'shop/api');
		const text = held?.json();
		storage.put('pods', object('api'));
		storage.remove('pods', 'shop/api');
		expect(held?.json()).toBe(text);
		expect(storage.list('pods')).toEqual([]);
		expect(storage.since(1)?.map(({type}) => type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
	});
});
