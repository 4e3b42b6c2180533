import {describe, expect, it} from 'vitest';
import {compileFilters} from '../../../src/logs/query/compile-filter.ts';
import type {StreamInfo} from '../../../src/ports/log-feed.ts';
import {createFakeLines, gap, type FakeLine} from '../fake-lines.ts';
import {typedAt, typedFilter} from './typed-filter.ts';

const streams: readonly StreamInfo[] = [
	{key: 'a', name: 'api-54fb9-n4vkg', pod: 'api-54fb9-n4vkg', container: 'app', namespace: 'checkout-prod', context: 'eu-1'},
	{key: 'b', name: 'worker-7c4d-x2x1', pod: 'worker-7c4d-x2x1', container: 'app-sidecar', namespace: 'checkout-prod', context: 'eu-1'},
	{key: 'c', name: '/var/log/app.log'},
];

/** Whether a line passes the filters typed. */
function passes(line: FakeLine | string, ...typed: string[]): boolean {
	const lines = createFakeLines();
	lines.add(line);
	return compileFilters(typed.map(typedFilter), (id) => streams[id]).passes(lines, 0);
}

const json =
	'{"level":"error","msg":"creating issue: operation X failed","operation":"createIssue","http":{"status":502},"took":"1.2s","retry":null}';

describe('a line passes', () => {
	it.each([
		['Timeout while reading', 'timeout'],
		['Timeout while reading', 'Timeout'],
		['a.b', 'a.b'],
		['GRÖSSE', 'grösse'],
		[json, '/operation [XY] failed/'],
		['TIMEOUT', '/timeout/i'],
		[json, 'operation=createIssue'],
		[json, 'operation=createissue'],
		[json, 'operation=create*'],
		[json, 'operation=*Issue'],
		[json, 'operation!=deleteIssue'],
		[json, 'status>=500'],
		[json, 'http.status=502'],
		[json, 'took>1s'],
		[json, 'took=1200ms'],
		[json, 'took<2s'],
		[json, 'operation=~^create'],
		[json, 'operation!~^delete'],
		[json, 'operation?'],
		[json, 'not exists: nothing'],
		[json, 'message: "creating issue" AND operation: "createIssue"'],
		[json, 'message: "creating * failed"'],
		[json, 'nothing=1 OR (status>=500 AND NOT operation=x)'],
		['level=info msg=started operation=createIssue', 'operation=createIssue'],
		['\u001B[32mcreating\u001B[0m issue', 'creating issue'],
		['no level at all', 'not level >= debug'],
	])('%s | %s', (line, typed) => {
		expect(passes(line, typed)).toBe(true);
	});
});

describe('a line does not pass', () => {
	it.each([
		['timeout', 'Timeout'],
		['axb', 'a.b'],
		['TIMEOUT', '/timeout/'],
		[json, 'operation=createIssu'],
		[json, 'operation=CREATEISSUE'],
		[json, 'nothing!=1'],
		[json, 'nothing!~x'],
		[json, 'nothing<5'],
		[json, 'status>502'],
		[json, 'operation>5'],
		[json, 'message="creating issue"'],
		[json, 'not creating'],
		['no level at all', 'level >= debug'],
		['no level at all', 'level != info'],
	])('%s | %s', (line, typed) => {
		expect(passes(line, typed)).toBe(false);
	});
});

it('takes the level from the ring, and compares it', () => {
	const warned: FakeLine = {text: 'x', level: 'warn'};
	expect(
		['level>=warn', 'level<=warn', 'level=warn', 'level<error', 'level!=info', 'level>debug'].map((typed) => passes(warned, typed)),
	).toEqual(Array.from({length: 6}, () => true));
	expect(['level>warn', 'level=error', 'level<warn', 'level!=warn'].some((typed) => passes(warned, typed))).toBe(false);
});

it('takes the time from the ring, that of a gap too; a line that tells none fails', () => {
	const at = (seconds: number): FakeLine => ({text: 'x', time: typedAt + seconds * 1000});
	expect(passes(at(-600), 'time >= 08:23:07 AND time < 08:24')).toBe(true);
	expect(passes(at(-601), 'time >= 08:23:07')).toBe(false);
	expect(passes(at(-1), 'time > 10m ago', 'time <= 08:33:06')).toBe(true);
	expect(passes(at(0), 'time < 08:33:07')).toBe(false);
	expect(passes({...gap('reconnected'), time: typedAt}, 'time < 08:33')).toBe(false);
	expect(passes('x', 'time > 2026-11-20')).toBe(false);
	expect(passes({text: 'took time=1500ms', time: typedAt}, 'time > 1s')).toBe(true);
});

describe('streams', () => {
	it.each([
		[0, 'pod=n4vkg', true],
		[0, 'pod=api', true],
		[0, 'pod=ap', false],
		[0, 'pod=api-*', true],
		[0, 'pod=*4v*', true],
		[0, 'pod=/^api/', true],
		[0, 'pod!=api', false],
		[1, 'pod=api-*', false],
		[0, 'container=app', true],
		[1, 'container=app', false],
		[1, 'container=app*', true],
		[0, 'namespace=checkout-prod', true],
		[0, 'context=eu-1', true],
		[2, 'stream=app.log', true],
		[2, 'pod=api', false],
		[2, 'pod!=api', true],
	])('stream %s, %s: %s', (stream, typed, expected) => {
		expect(passes({text: 'x', stream}, typed)).toBe(expected);
	});

	it('asks the line itself where its stream has no pod', () => {
		expect(passes({text: '{"pod":"api-1","msg":"x"}', stream: 2}, 'pod=api')).toBe(true);
	});

	it('asks again for a stream that was not known yet', () => {
		const lines = createFakeLines();
		lines.add({text: 'x', stream: 0});
		let known: StreamInfo | undefined;
		const {passes} = compileFilters([typedFilter('pod=api')], () => known);
		expect(passes(lines, 0)).toBe(false);
		known = streams[0];
		expect(passes(lines, 0)).toBe(true);
	});
});

describe('the rows of the program itself', () => {
	it.each([
		['timeout', true],
		['not timeout', true],
		['level>=error', true],
		['status>=500 AND operation?', true],
		['pod=n4vkg', true],
		['pod=worker', false],
		['not pod=n4vkg', false],
		['pod=worker OR timeout', true],
		['pod=worker AND timeout', false],
	])('%s: %s', (typed, expected) => {
		expect(passes(gap('cut off by the server', 0), typed)).toBe(expected);
	});
});

it('wants all filters that are enabled, and no other', () => {
	expect(passes('a b', 'a', 'b')).toBe(true);
	expect(passes('a b', 'a', 'c')).toBe(false);
	const lines = createFakeLines();
	lines.add('a b');
	const off = [typedFilter('a'), {...typedFilter('c'), enabled: false}];
	expect(compileFilters(off, () => undefined).passes(lines, 0)).toBe(true);
	expect(compileFilters([], () => undefined).passes(lines, 0)).toBe(true);
});

it('looks at the first 64 KiB of a line', () => {
	const filler = 'x'.repeat(65_530);
	expect(passes(`${filler} end`, 'end')).toBe(true);
	expect(passes(`${filler}    end`, 'end')).toBe(false);
});

describe('the needle', () => {
	const needle = (...typed: string[]) => {
		const found = compileFilters(typed.map(typedFilter), () => undefined).needle;
		return found && `${found.pattern instanceof RegExp ? String(found.pattern) : found.pattern.toString()}${found.exact ? ' exact' : ''}`;
	};
	it.each([
		[['Timeout'], 'Timeout exact'],
		[['timeout'], '/timeout/gi exact'],
		[['503'], '503 exact'],
		[['not timeout'], undefined],
		[['level>=warn'], undefined],
		[['timeout', 'level>=warn'], '/timeout/gi'],
		[['a', 'Connection refused'], 'Connection refused'],
		[['operation=createIssue'], 'createIssue'],
		[['message: "creating Issue/now"'], 'creating'],
		[['operation!=createIssue'], undefined],
		[['took=1s'], undefined],
		[['status=503'], '503'],
		[['status=5'], undefined],
		[['level=~war'], undefined],
		[['Foo OR Bar'], '/(?:Foo)|(?:Bar)/g exact'],
		[['Foo OR level>=warn'], undefined],
		[['/a.*b$/'], String.raw`/a.*b(?![^\n])/g exact`],
	])('%j is %s', (typed, expected) => {
		expect(needle(...typed)).toBe(expected);
	});
});
