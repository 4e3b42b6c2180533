import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {compileFilters} from '../../../src/logs/query/compile-filter.ts';
import {continuationOf, headOf, hiddenWith, levelWithHead} from '../../../src/logs/query/continuation.ts';
import {levelIn} from '../../../src/logs/formats/level.ts';
import {createRing} from '../../../src/logs/hold/ring.ts';
import {textBatch} from '../hold/batches.ts';
import {typedFilter} from './typed-filter.ts';

function ringOf(...texts: readonly (string | readonly [stream: number, text: string])[]) {
	const ring = createRing({capacity: 2 ** 20, levelIn});
	for (const text of texts) {
		if (typeof text === 'string') ring.append(textBatch([text]), 0);
		else ring.append(textBatch([text[1]]), text[0]);
	}
	return ring;
}

const all = (ring: ReturnType<typeof ringOf>) => Array.from({length: ring.end()}, (_, line) => line);
/** The lines that pass, asked in the order given. */
function passing(ring: ReturnType<typeof ringOf>, typed: string, order = all(ring)) {
	const {passes} = compileFilters([typedFilter(typed)], () => undefined);
	return order.filter((line) => passes(ring, line)).toSorted((a, b) => a - b);
}

const java = [
	'2026-11-20 08:33:04.118 ERROR [main] c.e.Api: charge failed',
	'java.lang.IllegalStateException: no answer',
	'\tat com.example.Api.charge(Api.java:12)',
	'\t... 23 common frames omitted',
	'Caused by: java.sql.SQLException: ERROR: deadlock detected',
	'\tat com.example.Db.run(Db.java:40)',
];
const python = [
	'ERROR:root:charge failed',
	'Traceback (most recent call last):',
	'  File "/app/api.py", line 3, in charge',
	'    raise ValueError("bad")',
	'ValueError: bad',
];
const node = [
	'{"level":"error","time":1795164784118,"msg":"charge failed"}',
	'TypeError: x is not a function',
	'    at charge (/app/api.js:1:2)',
	'}',
];
const go = [
	'panic: runtime error: nil map',
	'',
	'goroutine 1 [running]:',
	'main.(*server).charge(0x1, 0x2)',
	'\t/app/main.go:12 +0x1d',
	'exit status 2',
];

describe.each([
	['Java', java],
	['Python', python],
	['Node', node],
	['Go', go],
])('a trace of %s', (_, trace) => {
	it('passes the level filter with its head, whichever line is asked first', () => {
		const after = '2026-11-20 08:33:05.118 INFO next';
		expect(passing(ringOf(...trace, after), 'level >= error')).toEqual([...trace.keys()]);
		const ring = ringOf(...trace, after);
		expect(passing(ring, 'level >= error', all(ring).toReversed())).toEqual([...trace.keys()]);
		expect(passing(ring, 'not level >= error')).toEqual([trace.length]);
	});

	it('is found from its head', () => {
		const ring = ringOf(...trace, '2026-11-20 08:33:05.118 INFO next', '  of another');
		expect(continuationOf(ring, 0)).toEqual([...trace.keys()].slice(1));
		expect(headOf(ring, 2)).toBe(0);
		expect(headOf(ring, 0)).toBeUndefined();
	});
});

test('lines of other streams are between, and take no part', () => {
	const ring = ringOf([0, java[0]!], [1, '2026-11-20 08:33:04.119 INFO fine'], [0, java[2]!], [1, '  of the other'], [0, java[5]!]);
	expect(continuationOf(ring, 0)).toEqual([2, 4]);
	expect(passing(ring, 'level >= error')).toEqual([0, 2, 4]);
});

test('what follows an error is no part of it in a log whose lines tell no time', () => {
	const ring = ringOf('ERROR: charge failed', 'listening on 8080', '  at port 8080');
	expect(passing(ring, 'level >= error')).toEqual([0]);
	expect(continuationOf(ring, 0)).toEqual([]);
});

test('the rest of a message of several lines is part of it where lines tell a time', () => {
	const ring = ringOf('2026-11-20 08:33:04 WARN query was slow:', 'SELECT *', 'FROM orders', '2026-11-20 08:33:05 INFO next');
	expect(passing(ring, 'level = warn')).toEqual([0, 1, 2]);
});

test('a trace is bounded, and a gap ends it', () => {
	const frames = Array.from({length: 300}, (_, k) => `\tat Frame${k}`);
	const ring = ringOf(java[0]!, ...frames);
	expect(continuationOf(ring, 0)).toHaveLength(200);
	expect(levelWithHead(ring, 150)).toBe('error');
	const broken = ringOf(java[0]!);
	broken.append(textBatch(['lines may be missing']), 0, {flags: 0x20});
	broken.append(textBatch(['\tat Frame']), 0);
	expect(continuationOf(broken, 0)).toEqual([]);
	expect(levelWithHead(broken, 2)).toBeUndefined();
});

test('the level of its own stays what it was: a frame counts as no error', () => {
	const ring = ringOf(...java);
	expect(levelWithHead(ring, 2)).toBe('error');
	expect(ring.level(2)).toBeUndefined();
	expect(levelWithHead(ring, 2)).toBe('error');
});

test('messages of many lines, of many streams at once, cost little each: what is known of one line answers for the next', () => {
	const streams = 50;
	const rows = 20;
	const ring = ringOf(
		...Array.from({length: rows}, (_row, row) =>
			Array.from(
				{length: streams},
				(_, stream) => [stream, row === 0 ? '2026-11-20 08:33:04 WARN query was slow:' : `AND o.c${row} = ${stream}`] as const,
			),
		).flat(),
	);
	let asked = 0;
	const counted = new Proxy(ring, {
		get(target, name, receiver) {
			asked += 1;
			return Reflect.get(target, name, receiver) as unknown;
		},
	});
	expect(all(ring).every((line) => levelWithHead(counted, line) === 'warn')).toBe(true);
	expect(asked).toBeLessThanOrEqual(12 * ring.end());
});

test('the level is the same in whatever order lines are asked, with nothing remembered or with all', () => {
	const texts = [
		'2026-11-20 08:33:04 WARN slow:',
		'ERROR: no time',
		'SELECT *',
		'\tat Frame',
		'Caused by: x',
		'{"level":"error"}',
		'FROM orders',
	];
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.nat(2), fc.constantFrom(...texts)), {minLength: 1, maxLength: 60}),
			fc.infiniteStream(fc.nat()),
			(lines, order) => {
				const cold = ringOf(...lines);
				const expected = all(cold).map((line) => {
					const head = headOf(cold, line);
					return cold.level(line) ?? (head === undefined ? undefined : cold.level(head));
				});
				const warm = ringOf(...lines);
				const asked = all(warm)
					.map((line) => ({line, rank: order.next().value ?? 0}))
					.toSorted((a, b) => a.rank - b.rank);
				for (const {line} of asked) expect(levelWithHead(warm, line)).toBe(expected[line]);
			},
		),
	);
});

test('hidden lines are those of a head that are not shown; while more may come, it is said', () => {
	const ring = ringOf(...java, '  of the trace');
	expect(hiddenWith(ring, 0, (line) => line === 2)).toEqual({count: 5, open: true});
	expect(hiddenWith(ring, 2, () => false)).toEqual({count: 0, open: false});
	ring.append(textBatch(['2026-11-20 08:33:05.118 INFO next']), 0);
	expect(hiddenWith(ring, 0, () => false)).toEqual({count: 6, open: false});
	expect(hiddenWith(ring, ring.end() - 1, () => false)).toEqual({count: 0, open: true});
});
