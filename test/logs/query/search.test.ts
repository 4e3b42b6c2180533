import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {createMatches} from '../../../src/logs/query/matches.ts';
import {createSearch, parseSearch} from '../../../src/logs/query/search.ts';
import {createFakeLines} from '../fake-lines.ts';
import {typedFilters} from './typed-filter.ts';

const forever = Number.POSITIVE_INFINITY;

describe('what is typed at the prompt', () => {
	it.each([
		['timeout', /timeout/i],
		['Timeout', /Timeout/],
		['a.b (c)', /a\.b \(c\)/i],
		['/a.b/', /a.b/],
		['/a.b/i', /a.b/i],
		['/api/v1', /\/api\/v1/i],
	])('%s', (typed, pattern) => {
		expect(parseSearch(typed)).toEqual(pattern);
	});

	it('tells what is wrong in one sentence', () => {
		expect(parseSearch('/a(/')).toEqual({problem: 'The regular expression /a(/ at character 1 is wrong: unterminated group.'});
		expect(parseSearch('')).toEqual({problem: 'Type what to search for.'});
	});
});

const text = fc.array(fc.constantFrom('foo', 'Foo', 'bar', ' ', 'é', '\u001B[1m', 'x'), {maxLength: 5}).map((words) => words.join(''));
const pattern = fc.constantFrom(/foo/, /foo/i, /Foo/g, /é/, /^x/, /[^f]o+$/, /(?!foo)bar/, /x x/y);

it('finds the same as a look at every matching line, wherever it begins, in whatever slices', () => {
	fc.assert(
		fc.property(
			fc.record({
				before: fc.array(text, {maxLength: 25}),
				filter: fc.constantFrom(undefined, 'bar', 'not bar'),
				pattern,
				from: fc.integer({min: -2, max: 30}),
				direction: fc.constantFrom(1 as const, -1 as const),
				looks: fc.integer({min: 1, max: 4}),
				happening: fc.constantFrom('none', 'insert', 'drop', 'add'),
				place: fc.nat(24),
			}),
			({before, filter, pattern, from: wanted, direction, looks, happening, place}) => {
				const from = Math.min(wanted, before.length);
				const lines = createFakeLines(5);
				lines.add(...before);
				let ticks = 0;
				const matches = createMatches(lines, () => ticks++);
				matches.set(filter === undefined ? undefined : typedFilters(filter));
				const search = createSearch(lines, matches, () => ticks++);
				const searching = search.find(pattern, from, direction);
				let start = from;
				let result = searching.work(ticks + looks);
				const undecided = result === 'more';
				if (undecided && happening === 'drop') lines.drop(1);
				if (undecided && happening === 'add') lines.add('foo bar', 'x');
				if (undecided && happening === 'insert' && place < before.length) {
					lines.insert(place, 'late bar');
					if (from >= place) start++;
				}
				while (result === 'more') {
					matches.work(ticks + looks);
					result = searching.work(ticks + looks);
				}
				const plain = new RegExp(pattern.source, pattern.ignoreCase ? 'i' : '');
				const found: number[] = [];
				for (let line = lines.first(); line < lines.end(); line++) {
					// oxlint-disable-next-line no-control-regex -- what a person does not see
					if (matches.has(line) && plain.test(lines.text(line).replaceAll(/\u001B\[1m/g, ''))) found.push(line);
				}
				const next = direction === 1 ? found.find((line) => line > start) : found.findLast((line) => line < start);
				expect(result).toBe(next ?? 'none');
			},
		),
		{numRuns: 3000},
	);
});

it('waits for the filter where it has not looked yet', () => {
	const lines = createFakeLines(100);
	lines.add(...Array.from({length: 500}, (_, k) => `line ${k}`));
	const matches = createMatches(lines);
	matches.set(typedFilters('line'));
	const searching = createSearch(lines, matches).find(/ 7$/, 500, -1);
	expect(searching.work(forever)).toBe('more');
	matches.work(forever);
	expect(searching.work(forever)).toBe(7);
	expect(searching.work(forever)).toBe('none');
});

it('ends when another search begins', () => {
	const lines = createFakeLines();
	lines.add('a', 'b');
	const search = createSearch(lines, createMatches(lines));
	const first = search.find(/a/, 2, -1);
	const second = search.find(/b/, 0, 1);
	expect(first.work(forever)).toBe('none');
	expect(second.work(forever)).toBe(1);
});

it('looks at few lines between two looks at the clock', () => {
	const lines = createFakeLines(3000);
	lines.add(...Array.from({length: 9000}, (_, k) => `line ${k}`));
	let [read, longest, ticks] = [0, 0, 0];
	const counted = {
		...lines,
		text(line: number, most?: number) {
			read++;
			return lines.text(line, most);
		},
	};
	const search = createSearch(counted, createMatches(counted), () => {
		longest = Math.max(longest, read);
		read = 0;
		return ticks++;
	});
	const searching = search.find(/line\x6E/, -1, 1);
	let looks = 0;
	for (let result = searching.work(ticks + 3); result === 'more'; result = searching.work(ticks + 3)) looks++;
	expect(looks).toBeGreaterThan(1);
	expect(longest).toBeLessThanOrEqual(64);
});

it('ends where the bytes of many lines hold nothing', () => {
	const lines = createFakeLines(100);
	lines.add(...Array.from({length: 500}, (_, k) => `line ${k}`));
	let ticks = 0;
	const search = createSearch(
		lines,
		createMatches(lines, () => ticks++),
		() => ticks++,
	);
	expect(search.find(/nowhere/i, 500, -1).work(ticks + 10_000)).toBe('none');
	expect(search.find(/line 7$/, 500, -1).work(ticks + 10_000)).toBe(7);
});
