import fc from 'fast-check';
import {expect, it} from 'vitest';
import {createMatches} from '../../../src/logs/query/matches.ts';
import {parseFilter} from '../../../src/logs/query/filter.ts';
import {createFakeLines, type FakeLine, gap} from '../fake-lines.ts';
import {expectPlain} from './plain-matches.ts';
import {typedFilters} from './typed-filter.ts';

const word = fc.constantFrom(
	'foo',
	'Foo',
	'bar',
	'a',
	'ab',
	' ',
	'\t',
	'\r',
	'é',
	'É',
	'→',
	'\u2028',
	'\u001B[31m',
	'\u001B[0m',
	'500',
	'"',
	'-',
	'.',
	'\u00A0',
	'😀',
);
const text = fc.oneof(
	{weight: 6, arbitrary: fc.array(word, {maxLength: 6}).map((words) => words.join(''))},
	{
		weight: 2,
		arbitrary: fc.record({msg: word, operation: word, status: fc.constantFrom(200, 500)}).map((fields) => JSON.stringify(fields)),
	},
	{weight: 1, arbitrary: fc.constantFrom(Buffer.from([0xc3, 0x66, 0x6f, 0x6f, 0xff]), Buffer.from([0xe2, 0x86]), Buffer.from([0, 0x66]))},
);
const line: fc.Arbitrary<FakeLine> = fc.oneof(
	{
		weight: 8,
		arbitrary: fc.record(
			{text, stream: fc.nat(2), level: fc.constantFrom('info' as const, 'error' as const)},
			{requiredKeys: ['text', 'stream']},
		),
	},
	{weight: 1, arbitrary: fc.nat(2).map((stream) => gap('reconnected', stream))},
);
const piece = fc.constantFrom(
	'foo',
	'a',
	'b',
	'.',
	'.*',
	'[^a]',
	'[^-a]*',
	'[a-]',
	String.raw`\s`,
	String.raw`\s*`,
	String.raw`[\s,]+`,
	String.raw`\S+`,
	String.raw`\W`,
	String.raw`\D`,
	'^',
	'$',
	String.raw`\b`,
	String.raw`\B`,
	'(?=a)',
	'(?!a)',
	String.raw`(?!\s)`,
	'(?<!f)',
	'(?<=o)',
	'(?:a|b)?',
	'|',
	'(a)',
	String.raw`\1`,
	'é',
	'[é-→]',
	'[]',
	'[^]',
	String.raw`\x41`,
	'{2}',
	'+',
	'?',
	String.raw`[\t-\r]`,
	String.raw`\u2028`,
	String.raw`\n`,
);
const expression = fc
	.tuple(fc.array(piece, {minLength: 1, maxLength: 5}), fc.constantFrom('/', '/i'))
	.map(([pieces, end]) => `/${pieces.join('')}${end}`)
	.filter((typed) => 'kind' in parseFilter(typed));
const typed = fc.oneof(
	fc.constantFrom(
		'foo',
		'Foo',
		'é',
		'É',
		'500',
		String.raw`"\""`,
		'→',
		'not foo',
		'level>=error',
		'pod=pod-1',
		'not pod=1',
		'operation=foo',
		'operation=é',
		'message: foo',
		'status>=500',
		'status=500',
		'operation!=foo',
	),
	fc.constantFrom(
		'foo OR bar',
		'Foo OR é',
		'foo AND NOT bar',
		'operation=foo OR operation=bar',
		'foo OR level=error',
		'pod=1 OR foo',
		'NOT (foo OR a)',
	),
	expression,
);
const stack = fc.option(fc.array(typed, {minLength: 1, maxLength: 3}), {freq: 8, nil: undefined});
const happening = fc.oneof(
	{weight: 5, arbitrary: fc.record({kind: fc.constant('add' as const), lines: fc.array(line, {maxLength: 9})})},
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('insert' as const),
			place: fc.double({min: 0, max: 0.999, noNaN: true}),
			lines: fc.array(line, {minLength: 1, maxLength: 3}),
		}),
	},
	{weight: 1, arbitrary: fc.record({kind: fc.constant('drop' as const), count: fc.integer({min: 1, max: 3})})},
	{weight: 2, arbitrary: fc.record({kind: fc.constant('set' as const), stack})},
	{weight: 4, arbitrary: fc.record({kind: fc.constant('work' as const), looks: fc.nat(6)})},
	{weight: 1, arbitrary: fc.constant({kind: 'ask' as const})},
);

it('equals a plain filter over all lines, whatever filters, arrivals, wraps and moves there were', () => {
	fc.assert(
		fc.property(fc.array(line, {maxLength: 30}), stack, fc.array(happening, {maxLength: 20}), (before, first, happenings) => {
			const lines = createFakeLines(5);
			lines.add(...before);
			let ticks = 0;
			const matches = createMatches(lines, () => ticks++);
			let filter = first && typedFilters(...first);
			matches.set(filter);
			for (const event of happenings) {
				if (event.kind === 'add') lines.add(...event.lines);
				else if (event.kind === 'drop') lines.drop(event.count);
				else if (event.kind === 'work') matches.work(ticks + event.looks);
				else if (event.kind === 'ask') matches.count();
				else if (event.kind === 'insert') {
					const held = lines.end() - lines.first();
					if (held > 0) lines.insert(lines.first() + Math.floor(event.place * held), ...event.lines);
				} else {
					filter = event.stack && typedFilters(...event.stack);
					matches.set(filter);
				}
			}
			expect(matches.work(Number.POSITIVE_INFINITY)).toBe(true);
			expectPlain(lines, matches, filter);
		}),
		{numRuns: 2000},
	);
});
