import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createTimeReader, type TimeOptions, timeIn} from '../../../src/logs/formats/line-time.ts';

const now = Date.parse('2026-11-20T08:35:00Z');
const at = Date.parse('2026-11-20T08:33:04Z');
const known: TimeOptions = {now: () => now};

const read = (line: string, options: TimeOptions = known) => timeIn(Buffer.from(line), options);

const lines: readonly (readonly [line: string, ms: number])[] = [
	['2026-11-20T08:33:04Z x', at],
	['2026-11-20T08:33:04.118Z x', at + 118],
	['2026-11-20T08:33:04.118423917Z x', at + 118.423917],
	['2026-11-20T09:33:04.118+01:00 x', at + 118],
	['2026-11-20T03:33:04-0500 x', at],
	['2026-11-20 08:33:04,118 INFO x', at + 118],
	['2026/11/20 08:33:04 [error] 7#7: x', at],
	['[2026-11-20 09:33:04 +0100] [7] [INFO] x', at],
	['2026-11-20 08:33:04.118 UTC [42] LOG:  x', at + 118],
	['[GIN] 2026/11/20 - 08:33:04 | 200 | 84ms', at],
	['203.0.113.9 - - [20/Nov/2026:08:33:04 +0000] "GET / HTTP/1.1" 200 5', at],
	['shop.example.com:443 203.0.113.9 - alice [20/Nov/2026:09:33:04 +0100] "GET / HTTP/1.1" 200 5', at],
	['127.0.0.1 - - [20/Nov/2026 08:33:04] "GET / HTTP/1.1" 200 -', at],
	['I1120 08:33:04.118423       1 controller.go:42] x', at + 118.423],
	['Nov 20 08:33:04 host sshd[1]: x', at],
	['<34>Nov 20 08:33:04 host su: x', at],
	['<34>1 2026-11-20T08:33:04.118Z host app - - - x', at + 118],
	['[Fri Nov 20 08:33:04.118423 2026] [core:error] [pid 12] x', at + 118.423],
	['Fri, 20 Nov 2026 08:33:04 GMT x', at],
	['1:M 20 Nov 2026 08:33:04.118 * x', at + 118],
	['INFO 2026-11-20 08:33:04,118 x', at + 118],
	['\u001b[2m2026-11-20T08:33:04.118Z\u001b[0m \u001b[32mINFO\u001b[0m x', at + 118],
	['api-1  | 2026-11-20 08:33:04 INFO x', at],
	['1795163584 x', at],
	['1795163584.118    84 10.0.0.1 TCP_MISS/200', at + 118],
	['1795163584118 x', at + 118],
	['{"time":"2026-11-20T08:33:04.118Z","msg":"x"}', at + 118],
	['{"level":"info","ts":1795163584.118423,"msg":"x"}', at + 118.423],
	['{"level":30,"time":1795163584118,"msg":"x"}', at + 118],
	['{"timestamp" : "1795163584118423", "msg":"x"}', at + 118.423],
	['{"msg":"x","@timestamp":1795163584118423917}', at + 118.423917],
	['{"MESSAGE":"x","__REALTIME_TIMESTAMP":"1795163584118423"}', at + 118.423],
	['{"log":"x at 2020-01-01T00:00:00Z\\n","stream":"stderr","time":"2026-11-20T08:33:04.118Z"}', at + 118],
	['{"t":{"$date":"2026-11-20T08:33:04.118+00:00"},"s":"I","msg":"x"}', at + 118],
	['INFO {"ts":"2026-11-20T08:33:04Z"}', at],
	['time=2026-11-20T08:33:04.118Z level=info msg=x', at + 118],
	['level=info ts=1795163584.118 msg=x', at + 118],
	['level=info msg="time=soon" time="2026-11-20T08:33:04Z"', at],
];

const timeless = [
	'',
	'starting up',
	'Traceback (most recent call last):',
	'    at com.acme.Foo (Foo.java:12)',
	'the token expired at last on 2026-11-20T08:33:04Z',
	'12345 items',
	'4795163584118 items',
	'2026-11-20 is a Friday',
	'2026-13-20T08:33:04Z x',
	'2026-02-30T08:33:04Z x',
	'2026-11-20T25:33:04Z x',
	'Nov 31 08:33:04 host x',
	'I1320 08:33:04.118423       1 a.go:1] x',
	'{"msg":"x"}',
	'{"time":"yesterday"}',
	'{"nested":{"time":"2026-11-20T08:33:04Z"}}',
	'{"msg":"\\"time\\":\\"2026-11-20T08:33:04Z\\""}',
	'took=12s t=12ms',
];

describe('a line tells its time', () => {
	test.each(lines)('%s', (line, ms) => {
		expect(read(line)).toBeCloseTo(ms, 3);
	});

	test.each(timeless)('or none: %s', (line) => {
		expect(read(line)).toBeNaN();
	});
});

describe('a reader', () => {
	test('reads every line alike, whatever came before', () => {
		const all = [...lines.map(([line]) => line), ...timeless];
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...all), {minLength: 1, maxLength: 20}), (some) => {
				const reader = createTimeReader(known);
				for (const line of some) {
					// In the middle of other bytes, as in a batch: what is around a line is none of its own.
					const bytes = Buffer.from(`20${line}\n:00:00`);
					expect([line, reader(bytes, 2, 2 + Buffer.byteLength(line))]).toEqual([line, read(line)]);
				}
			}),
		);
	});

	test('finds the time again where it has moved', () => {
		const reader = createTimeReader();
		const of = (line: string) => reader(Buffer.from(line), 0, Buffer.byteLength(line));
		expect(of('10.0.0.1 - - [20/Nov/2026:08:33:04 +0000] "GET / HTTP/1.1" 200 5')).toBe(at);
		expect(of('203.0.113.19 - - [20/Nov/2026:08:33:05 +0000] "GET / HTTP/1.1" 200 5')).toBe(at + 1000);
		expect(of('{"level":"info","time":"2026-11-20T08:33:04Z"}')).toBe(at);
		expect(of('{"level":"error","time":"2026-11-20T08:33:05Z"}')).toBe(at + 1000);
	});

	test('takes no other field for the time, where one is in its place', () => {
		const reader = createTimeReader();
		const of = (line: string) => reader(Buffer.from(line), 0, Buffer.byteLength(line));
		expect(of('{"time":"2026-11-20T08:33:04Z"}')).toBe(at);
		expect(of('{"seen":"2020-01-01T00:00:00Z","time":"2026-11-20T08:33:04Z"}')).toBe(at);
		expect(of('{"seen":"2020-01-01T00:00:00Z"}')).toBeNaN();
	});

	test('never throws, and reads what Date.parse reads', () => {
		fc.assert(
			fc.property(fc.uint8Array({maxLength: 300}), (bytes) => {
				expect(createTimeReader(known)(bytes, 0, bytes.length)).toEqual(expect.any(Number));
			}),
		);
		fc.assert(
			fc.property(fc.date({min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true}), (date) => {
				expect(read(`${date.toISOString()} x`)).toBe(date.getTime());
			}),
		);
	});
});

describe('what a form leaves open', () => {
	test('a time without a zone is UTC, or of the zone that is told', () => {
		expect(read('2026-11-20 08:33:04 x')).toBe(at);
		expect(read('2026-11-20 09:33:04 x', {offsetMinutes: 60})).toBe(at);
		expect(read('2026-11-20T08:33:04Z x', {offsetMinutes: 60})).toBe(at);
	});

	test('a time without a year is of the year that brings it nearest to now', () => {
		const of = (line: string, iso: string) => new Date(read(line, {now: () => Date.parse(iso)})).toISOString();
		expect(of('Dec 31 23:59:59 host x', '2026-01-01T00:00:05Z')).toBe('2025-12-31T23:59:59.000Z');
		expect(of('Jan  1 00:00:01 host x', '2025-12-31T23:59:58Z')).toBe('2026-01-01T00:00:01.000Z');
		expect(of('Feb 29 12:00:00 host x', '2024-03-05T00:00:00Z')).toBe('2024-02-29T12:00:00.000Z');
		expect(of('W1231 23:59:59.5 1 a.go:1] x', '2026-01-01T00:00:05Z')).toBe('2025-12-31T23:59:59.500Z');
	});

	test('without a now it tells no time', () => {
		expect(read('Nov 20 08:33:04 host x', {})).toBeNaN();
		expect(read('I1120 08:33:04.118423 1 a.go:1] x', {})).toBeNaN();
	});
});
