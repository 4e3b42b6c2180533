import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import type {Fact, Reason} from '../../../src/checks/kit/check.ts';
import {finding as build} from '../../../src/checks/kit/finding.ts';
import {compare, isSame, type Said, sinceWhen} from '../../../src/ops-log/memory/since-last-round.ts';
import {statuses} from '../../../src/base/status.ts';

const reason = (subject: string, status: Reason['status'] = 'critical'): Reason => ({status, subject, text: 'is not well'});
const said = (reasons: readonly Reason[], facts: readonly Fact[] = []): Said => ({
	finding: build({summary: '', short: '', reasons}),
	facts,
});

/** Subjects in each list, for short. */
function told(before: Said, now: Said) {
	const since = compare(before, now);
	return (
		since &&
		Object.fromEntries(
			Object.entries(since).map(([list, items]) => [list, (items as readonly {subject: string}[]).map(({subject}) => subject)]),
		)
	);
}

const nothing = {fresh: [], gone: [], worse: [], better: [], changed: []};

describe('since the last round', () => {
	it.each<[string, Said, Said, object]>([
		['nothing then, nothing now', said([]), said([]), nothing],
		['one is new', said([]), said([reason('api')]), {...nothing, fresh: ['api']}],
		['one is gone', said([reason('api')]), said([]), {...nothing, gone: ['api']}],
		['what is fine is no trouble', said([reason('api', 'ok')]), said([]), nothing],
		['the same', said([reason('api')]), said([reason('api')]), nothing],
		['worse', said([reason('api', 'warning')]), said([reason('api')]), {...nothing, worse: ['api']}],
		['better', said([reason('api')]), said([reason('api', 'warning')]), {...nothing, better: ['api']}],
		[
			'another pod of the same deployment is the same trouble',
			said([reason('api-54fb9-n4vkg')]),
			said([reason('api-6d8c7b5f4-2jw8k')]),
			nothing,
		],
		[
			'one of two pods is gone',
			said([reason('api-54fb9-n4vkg'), reason('api-54fb9-2jw8k')]),
			said([reason('api-54fb9-2jw8k')]),
			{...nothing, gone: ['api-54fb9-n4vkg']},
		],
		['more of one kind', said([reason('evt')]), said([reason('evt'), reason('evt')]), {...nothing, fresh: ['evt']}],
	])('%s', (_name, before, now, expected) => {
		expect(told(before, now)).toEqual(expected);
	});

	it('compares versions and says since when they changed', () => {
		const before = said([], [{id: 'image api', value: '1.41.3', since: 1000}]);
		const now = said([], [{id: 'image api', value: '1.42.0', since: 2000}]);
		expect(compare(before, now)?.changed).toEqual([{subject: 'image api', before: '1.41.3', now: '1.42.0', since: 2000}]);
		expect(compare(now, before)?.changed).toEqual([{subject: 'image api', before: '1.42.0', now: '1.41.3'}]);
	});

	it('compares numbers when something is wrong, unless a reason has them already', () => {
		const facts = (ratio: number, ms: number): readonly Fact[] => [
			{id: '5xx', value: ratio, unit: 'ratio'},
			{id: 'p95 /api/search', value: ms, unit: 'ms'},
		];
		const odd = [reason('5xx', 'warning')];
		expect(compare(said([], facts(0.002, 200)), said([], facts(0.02, 900)))).toEqual({...nothing});
		expect(compare(said(odd, facts(0.02, 200)), said(odd, facts(0.03, 900)))?.worse).toEqual(
			[
				{subject: '5xx', before: '2 %', now: '3 %'},
				{subject: 'p95 /api/search', before: '200 ms', now: '900 ms'},
			].slice(1),
		);
		expect(compare(said(odd, facts(0.02, 900)), said(odd, facts(0.02, 200)))?.better).toEqual([
			{subject: 'p95 /api/search', before: '900 ms', now: '200 ms'},
		]);
	});

	it('compares nothing when one of the two did not run', () => {
		const unmade = said([reason('Kubernetes', 'unknown')]);
		expect(compare(undefined, said([]))).toBeUndefined();
		expect(compare(unmade, said([reason('api')]))).toBeUndefined();
		expect(compare(said([reason('api')]), unmade)).toBeUndefined();
	});

	const anySaid = fc
		.array(
			fc.record({
				subject: fc.constantFrom('api', 'web-54fb9-n4vkg', 'web-54fb9-2jw8k', '5xx'),
				status: fc.constantFrom(...statuses),
				text: fc.constant('x'),
			}),
			{maxLength: 8},
		)
		.map((reasons) => said(reasons));

	it('has no change compared with itself, and swaps new and gone when reversed', () => {
		fc.assert(
			fc.property(anySaid, anySaid, (a, b) => {
				const self = compare(a, a);
				expect(self === undefined || isSame(self)).toBe(true);
				const [there, back] = [compare(a, b), compare(b, a)];
				expect(there?.fresh.length).toBe(back?.gone.length);
				expect(there?.worse.length).toBe(back?.better.length);
			}),
		);
	});
});

it.each([
	[Date.UTC(2026, 10, 20, 6, 5), '06:05 today'],
	[Date.UTC(2026, 10, 19, 23), 'yesterday'],
	[Date.UTC(2026, 10, 12, 8), 'Thu 12 Nov'],
])('%d is since %s', (at, words) => {
	expect(sinceWhen(at, Date.UTC(2026, 10, 20, 8, 31), 'UTC')).toBe(words);
});
