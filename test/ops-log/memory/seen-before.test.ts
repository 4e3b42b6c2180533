import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createSeenIndex, sameAs} from '../../../src/ops-log/memory/seen-before.ts';
import type {PastAnomaly} from '../../../src/round/investigation/past-anomaly.ts';
import {termsOf} from '../../../src/ops-log/memory/problem-signature.ts';

const day = (number: number) => Date.UTC(2026, 10, number, 8);

function past(over: Partial<PastAnomaly> & Pick<PastAnomaly, 'problem'>): PastAnomaly {
	return {at: day(1), check: 'pods', ...over};
}

function indexOf(...all: readonly PastAnomaly[]) {
	const index = createSeenIndex();
	for (const one of all) index.add(one);
	return index;
}

const oom = past({
	at: day(3),
	problem: 'api OOMKilled after 1.40.0',
	outcome: 'serious',
	cause: 'a cache without a bound',
});
const signature = {
	check: 'pods',
	text: '',
	subjects: ['api-54fb9-n4vkg CrashLoopBackOff, 14 restarts in the last hour, last OOMKilled 38 s ago'],
};

describe('terms of an anomaly', () => {
	it.each([
		['api-54fb9-n4vkg OOMKilled', ['api', 'oomkilled']],
		['CHECKOUT-41 TypeError: total is undefined', ['checkout-41', 'typeerror', 'total', 'undefined']],
		['5xx 1.9 %, /api/search p95 2.4 s', ['5xx', '/api/search', 'p95']],
		['3 webhooks stuck since 07:02', ['webhook', 'stuck']],
		['the 12 of 38', []],
		['Überlast im Käse', ['überlast', 'im', 'käse']],
	])('%s', (text, expected) => {
		expect([...termsOf({text}).keys()]).toEqual(expected);
	});

	it('are the same for the next pod of the same deployment', () => {
		expect(termsOf({text: 'api-54fb9-n4vkg is killed'})).toEqual(termsOf({text: 'api-6d8c7b5f4-2jw8k is killed'}));
	});
});

describe('seen before', () => {
	it('finds by the signature alone, before a word is typed', () => {
		expect(indexOf(oom, past({problem: 'worker ImagePullBackOff'})).find(signature)).toEqual([oom]);
	});

	it('finds by the typed text, also in another check when it is the same', () => {
		const index = indexOf(past({check: 'errors', problem: 'CHECKOUT-41 total is undefined', cause: 'a race', outcome: 'serious'}));
		expect(index.find({check: 'logs', text: 'CHECKOUT-41 again'})).toHaveLength(1);
		expect(index.find({check: 'errors', text: 'nothing alike'})).toEqual([]);
	});

	it('puts those resolved with a root cause first, then the most similar, then the most recent', () => {
		const without = past({at: day(9), problem: 'api OOMKilled in CrashLoopBackOff', outcome: 'intermittent'});
		const older = past({at: day(2), problem: 'api OOMKilled after 1.39.0 by night', outcome: 'serious', cause: 'a cache without a limit'});
		const loose = past({
			at: day(8),
			problem: 'api OOMKilled on a node of another zone far away',
			outcome: 'serious',
			cause: 'a leak in the image library',
		});
		const found = indexOf(without, older, loose, oom).find(signature);
		expect(found.map(({cause}) => cause !== undefined)).toEqual([true, true, true, false]);
		expect(found[0]).toEqual(oom);
		expect(found.at(-1)).toEqual(without);
		expect(found.indexOf(older)).toBeLessThan(found.indexOf(loose));
	});

	it('recognises the same problem among other results of its check', () => {
		const problem = 'worker-7c4d-x2x1 ImagePullBackOff, image checkout-worker:1.42.0 cannot be pulled';
		const end = {outcome: 'serious', cause: 'the tag was never pushed'};
		const same = past({
			at: day(9),
			problem,
			...end,
			subjects: [
				problem,
				'api-54fb9-n4vkg CrashLoopBackOff, 14 restarts in the last hour, last OOMKilled',
				'search-5d9c7-kk2pz Pending, no node has enough memory for its request',
				'mailer-6f4b8-zz9xw CreateContainerConfigError, the secret smtp-credentials is missing',
				'nightly-report-28612 Failed, its job has reached the limit of its backoff',
			],
		});
		const loose = past({at: day(2), problem: 'worker ImagePullBackOff', outcome: 'serious', cause: 'the registry was down'});
		expect(indexOf(loose, same).find({check: 'pods', text: problem, subjects: [problem]})[0]).toEqual(same);
	});

	it('shows a repeated anomaly once, the newest, with its count', () => {
		const again = [1, 5, 3].map((number) => past({at: day(number), problem: 'api-54fb9-n4vkg OOMKilled', outcome: 'noise'}));
		expect(indexOf(...again).find(signature)).toEqual([{...again[1], times: 3}]);
	});

	it('ignores what was found in this round', () => {
		expect(indexOf(oom).find({...signature, before: day(3)})).toEqual([]);
	});

	it('returns at most five known anomalies for any question', () => {
		const word = fc.constantFrom('api', 'worker', 'OOMKilled', 'CrashLoopBackOff', '5xx', 'cache', 'disk', 'CHECKOUT-7', '12', '');
		const text = fc.array(word, {maxLength: 6}).map((words) => words.join(' '));
		const anomaly = fc.record({
			at: fc.integer({min: 0, max: day(20)}),
			check: fc.constantFrom('pods', 'logs', undefined),
			problem: text,
			outcome: fc.constantFrom('serious', 'noise', undefined),
			cause: fc.option(text, {nil: undefined}),
		});
		fc.assert(
			fc.property(fc.array(anomaly, {maxLength: 30}), text, (all, asked) => {
				const found = indexOf(...all).find({check: 'pods', text: asked});
				expect(found.length).toBeLessThanOrEqual(5);
				const resolved = found.map(({outcome, cause}) => outcome !== undefined && cause !== undefined);
				expect(resolved.lastIndexOf(true)).toBeLessThan(resolved.includes(false) ? resolved.indexOf(false) : Infinity);
				for (const {times: _, ...one} of found) expect(all).toContainEqual(one);
			}),
		);
	});

	it('finds every problem by its own words', () => {
		fc.assert(
			fc.property(fc.stringMatching(/^[a-z]{4,9}( [a-z]{4,9}){0,4}$/), (problem) => {
				const known = past({problem});
				fc.pre(termsOf({text: problem}).size > 0);
				expect(indexOf(oom, known).find({check: 'pods', text: problem})).toContainEqual(known);
			}),
		);
	});
});

describe('same as this', () => {
	it.each([
		[oom, {problem: 'api OOMKilled after 1.40.0', cause: 'a cache without a bound', outcome: 'serious'}],
		[past({problem: 'x', outcome: 'something else'}), {problem: 'x'}],
		[
			past({problem: 'x', outcome: 'not enough information', followUp: 'a heap dump'}),
			{problem: 'x', outcome: 'not-enough-information', followUp: 'a heap dump'},
		],
	])('%j', (anomaly, fields) => {
		expect(sameAs(anomaly)).toEqual(fields);
	});
});
