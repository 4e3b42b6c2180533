import {describe, expect, it} from 'vitest';
import {compileFilters} from '../../../src/logs/query/compile-filter.ts';
import {parseFilter} from '../../../src/logs/query/filter.ts';
import {createGroup, groupFilter, type Group} from '../../../src/logs/count/group.ts';
import {createFakeLines, type FakeLine} from '../fake-lines.ts';

const streams = (id: number) => (id === 9 ? undefined : {key: `${id}`, name: `api-${id}`, pod: `api-${id}`, container: 'app'});

function counted(group: Group, lines: readonly FakeLine[]): Group {
	const held = createFakeLines();
	held.add(...lines);
	for (let line = 0; line < lines.length; line++) group.look(held, line);
	return group;
}

const short = (group: Group) => group.rows().map(({label, count}) => `${label} ${count}`);

it('counts by pod: three failures that look unrelated come from one', () => {
	const group = counted(createGroup(['pod'], streams), [
		{text: 'operation X failed', stream: 1, time: 1000, level: 'error'},
		{text: 'operation Y failed', stream: 1, time: 3000, level: 'warn'},
		{text: 'ok', stream: 2, time: 2000, level: 'info'},
		{text: 'operation Z failed', stream: 1, time: 2000},
	]);
	expect(group.rows()).toEqual([
		{values: ['api-1'], label: 'api-1', count: 3, share: 0.75, first: 1000, last: 3000, worst: 'error', trend: [1, 1, 1]},
		{values: ['api-2'], label: 'api-2', count: 1, share: 0.25, first: 2000, last: 2000, worst: 'info', trend: [0, 1, 0]},
	]);
});

it('counts by any field, several together, and lines without it apart', () => {
	const lines: FakeLine[] = [
		{text: '{"operation":"createIssue","status":500}', stream: 1},
		{text: 'operation=createIssue status=500 msg=x', stream: 2},
		{text: '{"operation":"deleteIssue","status":500}', stream: 1},
		{text: 'no field', stream: 1},
	];
	expect(short(counted(createGroup(['operation'], streams), lines))).toEqual(['createIssue 2', 'deleteIssue 1', '(none) 1']);
	expect(short(counted(createGroup(['pod', 'operation'], streams), lines))).toEqual([
		'api-1 · createIssue 1',
		'api-2 · createIssue 1',
		'api-1 · deleteIssue 1',
		'api-1 · (none) 1',
	]);
	expect(short(counted(createGroup(['container'], streams), lines))).toEqual(['app 4']);
});

it('counts by level as the ring tells it', () => {
	const lines: FakeLine[] = [{text: 'a', level: 'warn'}, {text: 'b'}, {text: 'c', level: 'warn'}];
	expect(short(counted(createGroup(['level'], streams), lines))).toEqual(['warn 2', '(none) 1']);
});

it('takes a pod from the line where the stream has none, and tells the value (none) from no value', () => {
	const lines: FakeLine[] = [
		{text: '{"pod":"(none)"}', stream: 9},
		{text: 'x', stream: 9},
	];
	expect(
		counted(createGroup(['pod'], streams), lines)
			.rows()
			.map(({values}) => values),
	).toEqual([['(none)'], [undefined]]);
});

it('counts no more than 10,000 values apart', () => {
	const lines = Array.from({length: 10_003}, (_, k) => ({text: `{"id":"${k}"}`, time: k, level: 'error' as const}));
	const group = counted(createGroup(['id'], streams), [...lines, {text: '{"id":"7"}', time: 5}]);
	const rows = group.rows();
	expect(group.size()).toBe(10_000);
	expect(rows).toHaveLength(10_001);
	expect(rows[0]).toMatchObject({label: '7', count: 2, first: 5, last: 7});
	expect(rows.at(-1)).toMatchObject({label: 'other values', values: [], count: 3, first: 10_000, last: 10_002, worst: 'error'});
	expect(group.rows(2).map(({label}) => label)).toEqual(['7', '0', 'other values']);
	expect(rows.reduce((sum, {share}) => sum + share, 0)).toBeCloseTo(1);
});

it('tells the trend over the same moments in every row, however long the time grows', () => {
	const day = 86_400_000;
	const group = counted(createGroup(['level'], streams), [
		{text: 'x', level: 'info', time: 10 * day},
		{text: 'x', level: 'error', time: 10 * day + 500},
		{text: 'x', level: 'info', time: 20 * day},
		{text: 'x', level: 'error', time: 9 * day},
		{text: 'x', level: 'error'},
	]);
	const trends = group.rows().map(({trend}) => trend);
	expect(trends[0]).toHaveLength(trends[1]?.length ?? 0);
	expect(trends[0]?.length).toBeLessThanOrEqual(24);
	expect(trends[0]?.length).toBeGreaterThan(11);
	expect(trends.map((trend) => trend.reduce((sum, count) => sum + count, 0))).toEqual([2, 2]);
	expect([trends[0]?.[0], trends[1]?.at(-1)]).toEqual([1, 1]);
});

it('forgets all when it begins anew', () => {
	const group = counted(createGroup(['pod'], streams), [{text: 'x', stream: 1, time: 5}]);
	group.reset();
	expect([group.rows(), group.total(), group.size()]).toEqual([[], 0, 0]);
	expect(counted(group, [{text: 'x', stream: 1, time: 999_000_000}]).rows()[0]?.trend).toEqual([1]);
});

describe('a row as a filter', () => {
	it.each([
		[['pod'], ['api-1'], 'pod="api-1"'],
		[['pod', 'operation'], ['api-1', undefined], 'pod="api-1" AND NOT exists: operation'],
		[['path'], ['/a*"b"'], String.raw`path="/a\*\"b\""`],
		[['pod'], [], undefined],
	])('%j %j', (fields, values, typed) => {
		expect(groupFilter(fields, values)).toBe(typed);
	});

	it('passes the lines of the row and no others', () => {
		const held = createFakeLines();
		held.add('{"path":"/a*\\"b\\""}', '{"path":"/axx\\"b\\""}', 'none');
		const passing = (values: readonly (string | undefined)[]) => {
			const filter = parseFilter(groupFilter(['path'], values) ?? '');
			if ('problem' in filter) throw new Error(filter.problem);
			const {passes} = compileFilters([filter], streams);
			return [0, 1, 2].filter((line) => passes(held, line));
		};
		expect(passing(['/a*"b"'])).toEqual([0]);
		expect(passing([undefined])).toEqual([2]);
	});
});
