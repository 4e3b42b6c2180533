import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {CheckRun} from '../../src/checks/kit/check.ts';
import {checkKinds, checkOf} from '../../src/checks/index.ts';
import {dataOf, keepReading, type KeptReading} from '../../src/ops-log/readings.ts';
import {configuredCheck, finding} from '../helpers/fake-check.ts';
import {podsData, readings} from '../helpers/fake-readings.ts';

const check = configuredCheck();
const run = (data: unknown, over: Partial<CheckRun> = {}): CheckRun => ({
	id: 'sample',
	phase: 'done',
	reading: {data, startedAt: 5, durationMs: 7.4},
	finding: finding(),
	...over,
});
/** As it comes back from the file. */
const kept = (data: unknown, over?: Partial<CheckRun>) => JSON.parse(JSON.stringify(keepReading(check, run(data, over)))) as KeptReading;
const restored = (data: unknown) => dataOf(kept(data))?.data;

describe('kept readings', () => {
	it.each(checkKinds)('%s is read back unchanged, without the bodies of responses', (kind) => {
		const back = JSON.stringify(restored(readings[kind]), (_key, value: unknown) => (value instanceof Map ? [...value] : value));
		const was = JSON.stringify(readings[kind], (key, value: unknown) => (key === 'body' ? undefined : value));
		expect(back).toBe(was);
	});

	it('keeps maps, sets and NaN', () => {
		const data = {restarts: new Map([['uid', {count: 3}]]), ids: new Set([1, 2]), ratio: Number.NaN, high: Infinity};
		expect(restored(data)).toEqual(data);
	});

	it('stays small for a large reading and keeps what the finding names', () => {
		const failing = finding({status: 'critical', reasons: [{status: 'critical', subject: 'api-54fb9-n4vkg', text: 'is down'}]});
		const large = kept(podsData(10_000), {finding: failing});
		expect(JSON.stringify(large).length).toBeLessThan(52_000);
		expect(large.leftOut).toBeGreaterThan(9000);
		const data = dataOf(large)?.data as ReturnType<typeof podsData>;
		expect(data.list.pods.map(({name}) => name)).toContain('api-54fb9-n4vkg');
	});

	it('stays small for any reading', () => {
		fc.assert(
			fc.property(fc.anything({maxDepth: 4, withMap: true, withSet: true}), fc.integer({min: 1, max: 3000}), (value, times) => {
				const many = Array.from({length: times}, () => value);
				expect(JSON.stringify(keepReading(check, run(many))).length).toBeLessThan(52_000);
			}),
			{numRuns: 50},
		);
	});

	it('ignores edited rows', () => {
		const one = kept({rows: ['a']});
		expect(dataOf(one)).toEqual({data: {rows: ['a']}});
		expect(dataOf({...one, data: {rows: ['b']}})).toBeUndefined();
		expect(dataOf({...one, data: undefined})).toBeUndefined();
	});

	it('keeps the facts of the checks that have some', () => {
		const pods = keepReading({check: checkOf('pods')}, run(readings.pods));
		expect(pods?.facts).toMatchObject([
			{id: 'image api', value: '1.42.0'},
			{id: 'image worker', value: '1.42.0'},
		]);
		expect(keepReading({check: checkOf('logs')}, run(readings.logs))?.facts[0]).toEqual({id: '5xx', value: 0.019, unit: 'ratio'});
	});

	it('keeps the result of a check without a reading, and nothing of one that never ran', () => {
		const {reading: _, ...unread} = run(1);
		expect(keepReading(check, {...unread, error: {kind: 'timeout', message: 'no answer'}})).toMatchObject({
			error: {kind: 'timeout'},
			facts: [],
		});
		expect(keepReading(check, {})).toBeUndefined();
	});
});
