import {expect, onTestFinished, test} from 'vitest';
import {giveMemoryBack} from '../../../src/adapters/machine/give-memory-back.ts';
import {createStore} from '../../../src/base/store.ts';

const megabyte = 1024 * 1024;

/** A process whose memory is what the test says; collecting halves it. */
function watched() {
	const lines = createStore(0);
	const state = {resident: 100 * megabyte, collections: 0};
	const end = giveMemoryBack(lines, {
		resident: () => state.resident,
		collect() {
			state.collections += 1;
			state.resident /= 2;
		},
		quietMs: 10,
	});
	onTestFinished(end);
	return {state, end, arrive: () => lines.update((count) => count + 1)};
}

test('what a burst took is given back once it is over, and once only', async () => {
	const {state, arrive} = watched();
	state.resident = 300 * megabyte;
	for (let k = 0; k < 5; k++) arrive();
	expect(state.collections).toBe(0);
	await expect.poll(() => state.collections).toBe(1);
	arrive();
	state.resident += megabyte;
	await new Promise((resolve) => setTimeout(resolve, 40));
	expect(state.collections).toBe(1);
});

test('a second burst is given back too', async () => {
	const {state, arrive} = watched();
	for (const collections of [1, 2]) {
		state.resident += 200 * megabyte;
		arrive();
		await expect.poll(() => state.collections).toBe(collections);
	}
});

test('once ended it does nothing any more', async () => {
	const {state, arrive, end} = watched();
	state.resident = 900 * megabyte;
	end();
	arrive();
	await new Promise((resolve) => setTimeout(resolve, 40));
	expect(state.collections).toBe(0);
});
