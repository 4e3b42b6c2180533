import {expect, test} from 'vitest';
import {functionNames} from '../../../src/demo/prometheus/functions.ts';
import {parse} from '../../../src/demo/prometheus/parse-promql.ts';
import type {SeriesSource} from '../../../src/demo/prometheus/series.ts';
import {askSeries, startedAt} from './world.ts';

const gauge = (name: string, labels: Readonly<Record<string, string>>, value: number): SeriesSource => ({
	labels: {__name__: name, ...labels},
	valueAt: () => value,
});

const disks = [
	gauge('used', {disk: 'a', zone: 'one'}, 30),
	gauge('used', {disk: 'b', zone: 'one'}, 90),
	gauge('used', {disk: 'c', zone: 'two'}, 60),
	gauge('size', {disk: 'a', zone: 'one'}, 100),
	gauge('size', {disk: 'b', zone: 'one'}, 100),
	gauge('size', {disk: 'c', zone: 'two'}, 200),
	gauge('zone_info', {zone: 'one', city: 'Oslo'}, 1),
	gauge('zone_info', {zone: 'two', city: 'Rome'}, 1),
];

/** 2 a second, that fell back to zero 100 s ago. */
const counter: SeriesSource = {
	labels: {__name__: 'jobs_total', queue: 'mail'},
	valueAt: (at) => (at < startedAt - 100_000 ? 10_000 + (at - startedAt) / 500 : (at - startedAt + 100_000) / 500),
};

const values = (query: string) => askSeries(disks, query).map((sample) => sample.value);

test('matchers select by equality, inequality and anchored patterns', () => {
	expect(values('used{disk="a"}')).toEqual([30]);
	expect(values('used{disk!="a"}')).toEqual([90, 60]);
	expect(values('used{zone=~"o.*"}')).toEqual([30, 90]);
	expect(values('used{zone=~"n"}')).toEqual([]);
	expect(values('used{zone!~"o.*"}')).toEqual([60]);
	expect(values('used{missing=""}')).toHaveLength(3);
	expect(values('{__name__=~"used|size",disk="a"}')).toEqual([30, 100]);
});

test('arithmetic binds as in school and to the right for powers', () => {
	const number = (query: string) => askSeries([], query)[0]?.value;
	expect(number('1 + 2 * 3')).toBe(7);
	expect(number('(1 + 2) * 3')).toBe(9);
	expect(number('2 ^ 3 ^ 2')).toBe(512);
	expect(number('-2 ^ 2')).toBe(-4);
	expect(number('10 - 4 - 3')).toBe(3);
	expect(number('1e3 % 7')).toBe(6);
	expect(number('1 > bool 2')).toBe(0);
});

test('vectors meet on their labels, and results lose the metric’s name', () => {
	expect(askSeries(disks, 'used / size')).toEqual([
		{labels: {disk: 'a', zone: 'one'}, value: 0.3},
		{labels: {disk: 'b', zone: 'one'}, value: 0.9},
		{labels: {disk: 'c', zone: 'two'}, value: 0.3},
	]);
	expect(askSeries(disks, 'used / on(disk) size > 0.5')).toEqual([{labels: {disk: 'b'}, value: 0.9}]);
	expect(askSeries(disks, 'used * on(zone) group_left(city) zone_info')[2]).toEqual({
		labels: {disk: 'c', zone: 'two', city: 'Rome'},
		value: 60,
	});
	expect(() => askSeries(disks, 'zone_info * on(zone) used')).toThrow('many-to-many');
	expect(() => askSeries(disks, 'used * on(zone) zone_info')).toThrow('group_left');
});

test('a comparison filters and keeps the series as it is', () => {
	expect(askSeries(disks, 'used > 50')[0]).toEqual({labels: {__name__: 'used', disk: 'b', zone: 'one'}, value: 90});
	expect(values('50 < used')).toEqual([90, 60]);
	expect(values('used > bool 50')).toEqual([0, 1, 1]);
});

test('or, and, unless', () => {
	expect(values('used{disk="none"} or vector(0)')).toEqual([0]);
	expect(values('sum(used) or vector(0)')).toEqual([180]);
	expect(values('used and on(disk) size{zone="two"}')).toEqual([60]);
	expect(values('used unless on(disk) size{zone="two"}')).toEqual([30, 90]);
});

test('aggregations group by and without, before or after', () => {
	expect(askSeries(disks, 'sum by (zone) (used)')).toEqual([
		{labels: {zone: 'one'}, value: 120},
		{labels: {zone: 'two'}, value: 60},
	]);
	expect(askSeries(disks, 'max(used) without (disk)')).toEqual([
		{labels: {zone: 'one'}, value: 90},
		{labels: {zone: 'two'}, value: 60},
	]);
	expect(values('count(used)')).toEqual([3]);
	expect(values('avg(used)')).toEqual([60]);
	expect(values('min(used)')).toEqual([30]);
	expect(askSeries(disks, 'topk(1, used)')).toEqual([{labels: {__name__: 'used', disk: 'b', zone: 'one'}, value: 90}]);
	expect(values('quantile(0.5, used)')).toEqual([60]);
});

test('rate and increase make a reset good and stretch to the edges', () => {
	expect(askSeries([counter], 'rate(jobs_total[5m])')[0]?.value).toBeCloseTo(2, 1);
	expect(askSeries([counter], 'increase(jobs_total[1m])')[0]?.value).toBeCloseTo(120, 5);
	expect(askSeries([counter], 'irate(jobs_total[5m])')[0]?.value).toBeCloseTo(2, 5);
	expect(askSeries([counter], 'resets(jobs_total[5m])')).toEqual([{labels: {queue: 'mail'}, value: 1}]);
	expect(askSeries([counter], 'rate(jobs_total[5m] offset 10m)')[0]?.value).toBeCloseTo(2, 5);
	expect(askSeries([counter], 'max_over_time(rate(jobs_total[1m])[10m:1m])')[0]?.value).toBeCloseTo(2, 0);
	expect(askSeries([counter], 'rate(jobs_total[10s])')).toEqual([]);
});

test('histogram_quantile interpolates inside the bucket', () => {
	const bucket = (le: string, count: number) => gauge('took_bucket', {le, route: '/'}, count);
	const series = [bucket('0.1', 50), bucket('0.5', 90), bucket('1', 100), bucket('+Inf', 100)];
	expect(askSeries(series, 'histogram_quantile(0.95, took_bucket)')).toEqual([{labels: {route: '/'}, value: 0.75}]);
	expect(askSeries(series, 'histogram_quantile(0.5, sum by (le) (took_bucket))')).toEqual([{labels: {}, value: 0.1}]);
	expect(askSeries(series.slice(0, 3), 'histogram_quantile(0.5, took_bucket)')[0]?.value).toBeNaN();
});

test('functions over values and labels', () => {
	expect(values('clamp_max(used, 50)')).toEqual([30, 50, 50]);
	expect(values('absent(used)')).toEqual([]);
	expect(askSeries(disks, 'absent(nothing{disk="a"})')).toEqual([{labels: {disk: 'a'}, value: 1}]);
	expect(askSeries(disks, 'scalar(zone_info{zone="one"}) + 1')[0]?.value).toBe(2);
	expect(askSeries(disks, 'label_replace(zone_info, "short", "$1", "city", "(.).*")')[0]?.labels['short']).toBe('O');
});

test.each([
	['sum(rate(', '1:10: parse error: unexpected end of input'],
	['', 'no expression found in input'],
	['used{disk=a}', '1:11: parse error: unexpected identifier "a" in label matching, expected string'],
	['nosuch(used)', '1:1: parse error: unknown function with name "nosuch"'],
	['used{disk="a}', 'unterminated quoted string'],
	['used used', '1:6: parse error: unexpected identifier "used"'],
	['{disk=~".*"}', 'vector selector must contain at least one non-empty matcher'],
	['used{disk=~"("}', 'error parsing regexp'],
	['used[5x]', 'expected duration'],
	['sum(used, used)', 'wrong number of arguments'],
])('%s is refused as Prometheus refuses it', (query, message) => {
	expect(() => parse(query, functionNames)).toThrow(message);
});

test('types that do not fit are refused', () => {
	expect(() => askSeries(disks, 'rate(used)')).toThrow('expected type range vector');
	expect(() => askSeries(disks, 'sum(1)')).toThrow('expected type instant vector');
	expect(() => askSeries(disks, '1 > 2')).toThrow('BOOL modifier');
	expect(() => askSeries(disks, 'used[5m] + 1')).toThrow('scalar and instant vector');
});
