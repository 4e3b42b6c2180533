import {getHeapSpaceStatistics} from 'node:v8';
import {expect, onTestFinished, test} from 'vitest';
import {holdYoungHeap} from '../../../src/adapters/machine/young-heap.ts';

const megabyte = 1024 * 1024;

function watched() {
	const state = {size: megabyte, held: 0, looks: 0};
	const end = holdYoungHeap({
		size() {
			state.looks += 1;
			return state.size;
		},
		hold: () => void (state.held += 1),
	});
	onTestFinished(end);
	return {state, end};
}

test('the young generation is held once it is large enough, and once only', async () => {
	const {state} = watched();
	await expect.poll(() => state.looks).toBeGreaterThan(1);
	expect(state.held).toBe(0);
	state.size = 20 * megabyte;
	await expect.poll(() => state.held).toBe(1);
	const {looks} = state;
	await new Promise((resolve) => setTimeout(resolve, 150));
	expect(state).toMatchObject({held: 1, looks});
});

test('what is ended looks no more', async () => {
	const {state, end} = watched();
	end();
	state.size = 20 * megabyte;
	await new Promise((resolve) => setTimeout(resolve, 150));
	expect(state).toMatchObject({held: 0, looks: 0});
});

test('this version of V8 still tells how large its young generation is', () => {
	expect(getHeapSpaceStatistics().map(({space_name: name}) => name)).toContain('new_space');
});
