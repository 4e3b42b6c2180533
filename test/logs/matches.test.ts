import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type CompiledFilter, compileFilters} from '../../src/logs/compile-filter.ts';
import {parseFilter} from '../../src/logs/filter.ts';
import {createMatches, type Matches} from '../../src/logs/matches.ts';
import {createFakeLines, type FakeLine, type FakeLines, gap} from './fake-lines.ts';

function compiled(...typed: string[]): CompiledFilter {
	const filters = typed.map((text) => {
		const filter = parseFilter(text);
		if ('problem' in filter) throw new Error(filter.problem);
		return filter;
	});
	return compileFilters(filters, (id) => ({key: `${id}`, name: `pod-${id}`, pod: `pod-${id}`}));
}

/** A clock that moves on by one at every look. */
function ticking(): () => number {
	let ticks = 0;
	return () => ticks++;
}

const forever = Number.POSITIVE_INFINITY;

function expectPlain(lines: FakeLines, matches: Matches, filter: CompiledFilter | undefined): void {
	const wanted: number[] = [];
	for (let line = lines.first(); line < lines.end(); line++) if (!filter || filter.passes(lines, line)) wanted.push(line);
	expect(Array.from({length: matches.count()}, (_, rank) => matches.at(rank))).toEqual(wanted);
	expect(matches.at(wanted.length)).toBeUndefined();
	expect(matches.at(-1)).toBeUndefined();
	for (let line = lines.first() - 1; line <= lines.end(); line++) {
		const before = wanted.filter((match) => match < line);
		const after = wanted.filter((match) => match > line);
		const own = wanted.includes(line);
		expect(matches.has(line)).toBe(own);
		expect(matches.rank(line)).toBe(before.length);
		expect(matches.previous(line)).toBe(before.at(-1));
		expect(matches.next(line)).toBe(after[0]);
		expect(matches.nearest(line)).toBe(own ? line : (before.at(-1) ?? after[0]));
	}
	expect(matches.progress()).toEqual({looked: lines.end() - lines.first(), of: lines.end() - lines.first()});
}

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
	{weight: 8, arbitrary: fc.record({text, stream: fc.nat(2), level: fc.constantFrom(undefined, 'info' as const, 'error' as const)})},
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
			let filter = first && compiled(...first);
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
					filter = event.stack && compiled(...event.stack);
					matches.set(filter);
				}
			}
			expect(matches.work(forever)).toBe(true);
			expectPlain(lines, matches, filter);
		}),
		{numRuns: 2000},
	);
});

it('takes over many late lines at once, before, within and behind what was looked at', () => {
	for (const place of [0, 20, 39]) {
		const lines = createFakeLines(7);
		lines.add(...Array.from({length: 40}, (_, k) => `line ${k} ${k % 3 === 0 ? 'foo' : 'bar'}`));
		const filter = compiled('foo');
		const matches = createMatches(lines);
		matches.set(filter);
		matches.work(forever);
		lines.insert(place, ...Array.from({length: 300}, (_, k) => (k % 2 === 0 ? 'late foo' : 'late')));
		matches.work(forever);
		expectPlain(lines, matches, filter);
	}
});

it('looks at the newest lines first, and answers for them before it has looked at the others', () => {
	const lines = createFakeLines(1000);
	lines.add(...Array.from({length: 10_000}, (_, k) => `foo ${k}`));
	const matches = createMatches(lines, ticking());
	matches.set(compiled('foo'));
	expect(matches.count()).toBe(0);
	expect(matches.work(4)).toBe(false);
	expect(matches.looked().to).toBe(10_000);
	expect(matches.looked().from).toBeGreaterThan(5000);
	expect(matches.has(9999)).toBe(true);
	expect(matches.count()).toBe(10_000 - matches.looked().from);
	lines.add('foo new');
	matches.work(forever);
	expect(matches.next(9999)).toBe(10_000);
	expect(matches.count()).toBe(10_001);
});

it('lets new arrivals be found before the past is done', () => {
	const lines = createFakeLines(1000);
	lines.add(...Array.from({length: 20_000}, () => 'foo'));
	let ticks = 0;
	const matches = createMatches(lines, () => ticks++);
	matches.set(compiled('foo'));
	matches.work(ticks + 3);
	lines.add('foo new');
	matches.work(ticks + 4);
	expect(matches.has(20_000)).toBe(true);
	expect(matches.looked().from).toBeGreaterThan(lines.first());
});

describe('a slice', () => {
	/** How many lines are tested, and bytes of them, between two looks at the clock. */
	function longestStep(lines: FakeLines, filter: CompiledFilter, sliceLooks: number): {readonly tested: number; readonly late: number} {
		let [ticks, tested, longest, late] = [0, 0, 0, 0];
		const matches = createMatches(lines, () => {
			longest = Math.max(longest, tested);
			tested = 0;
			return ticks++;
		});
		matches.set({
			...filter,
			passes(of, line) {
				tested++;
				return filter.passes(of, line);
			},
		});
		for (let done = false; !done;) {
			const deadline = ticks + sliceLooks;
			done = matches.work(deadline);
			late = Math.max(late, ticks - deadline);
		}
		expect(matches.progress().looked).toBe(lines.end());
		return {tested: longest, late};
	}

	it.each([[['status>=500']], [['not foo']], [['foo', 'level>=error']], [['foo']], [['/o.*5/']]])('%j stops at its deadline', (typed) => {
		const lines = createFakeLines(2000);
		lines.add(...Array.from({length: 5000}, (_, k) => `{"msg":"foo ${k}","status":${k % 2 ? 200 : 500}}`));
		const {tested, late} = longestStep(lines, compiled(...typed), 3);
		expect(tested).toBeLessThanOrEqual(64);
		// The look at the clock that tells the slice is over.
		expect(late).toBeLessThanOrEqual(1);
	});

	it('tests few long lines between two looks at the clock', () => {
		const lines = createFakeLines(50);
		lines.add(...Array.from({length: 60}, () => `foo ${'x'.repeat(40_000)}`));
		expect(longestStep(lines, compiled('not bar'), 2).tested).toBeLessThanOrEqual(2);
	});

	it('does nothing once its deadline has passed', () => {
		const lines = createFakeLines();
		lines.add('foo');
		const matches = createMatches(lines, () => 10);
		matches.set(compiled('foo'));
		expect(matches.work(10)).toBe(false);
		expect(matches.count()).toBe(0);
		expect(matches.work(11)).toBe(true);
		expect(matches.count()).toBe(1);
	});
});

it('finds what the needle of a region cannot: long lines, coloured lines, rows of the program', () => {
	const lines = createFakeLines(50);
	const long = (beginning: string, end: string) => `${beginning}${'x'.repeat(300_000)}${end}`;
	lines.add(
		'no',
		'Foo',
		long('Foo', ''),
		'Foo',
		long('', 'Foo'),
		`\u001B[1mF\u001B[0moo`,
		gap('cut off'),
		'no',
		`${'y'.repeat(70_000)}Foo`,
		'Foo',
	);
	const filter = compiled('Foo');
	const matches = createMatches(lines);
	matches.set(filter);
	matches.work(forever);
	expect(Array.from({length: matches.count()}, (_, rank) => matches.at(rank))).toEqual([1, 2, 3, 5, 6, 9]);
	expectPlain(lines, matches, filter);
});

it('keeps the line under the cursor when the filter is widened', () => {
	const lines = createFakeLines(100);
	lines.add(...Array.from({length: 1000}, (_, k) => `request ${k} ${k % 10 === 0 ? 'failed' : 'ok'}`));
	const matches = createMatches(lines);
	matches.set(compiled('request', 'failed'));
	matches.work(forever);
	const cursor = matches.nearest(503);
	expect(cursor).toBe(500);
	matches.set(compiled('request'));
	matches.work(forever);
	expect(matches.nearest(500)).toBe(500);
	matches.set(undefined);
	expect(matches.nearest(500)).toBe(500);
	expect(matches.rank(500)).toBe(500);
});

it('says when an answer may have changed', () => {
	const lines = createFakeLines(2);
	lines.add('foo');
	const matches = createMatches(lines);
	const seen = [matches.revision()];
	const changed = () => {
		const revision = matches.revision();
		const differs = !seen.includes(revision);
		seen.push(revision);
		return differs;
	};
	lines.add('bar');
	expect(changed()).toBe(true);
	expect(changed()).toBe(false);
	matches.set(compiled('foo'));
	expect(changed()).toBe(true);
	matches.work(forever);
	expect(changed()).toBe(true);
	matches.work(forever);
	expect(changed()).toBe(false);
	lines.insert(0, 'foo late');
	expect(changed()).toBe(true);
	lines.drop(1);
	expect(changed()).toBe(true);
	expect(matches.generation()).toBe(1);
});
