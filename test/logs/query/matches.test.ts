import {describe, expect, it} from 'vitest';
import type {CompiledFilter} from '../../../src/logs/query/compile-filter.ts';
import {createMatches} from '../../../src/logs/query/matches.ts';
import {createFakeLines, type FakeLine, type FakeLines, gap} from '../fake-lines.ts';
import {expectPlain} from './plain-matches.ts';
import {typedFilters} from './typed-filter.ts';

/** A clock that moves on by one at every look. */
function ticking(): () => number {
	let ticks = 0;
	return () => ticks++;
}

const forever = Number.POSITIVE_INFINITY;

it('takes over many late lines at once, before, within and behind what was looked at', () => {
	for (const place of [0, 20, 39]) {
		const lines = createFakeLines(7);
		lines.add(...Array.from({length: 40}, (_, k) => `line ${k} ${k % 3 === 0 ? 'foo' : 'bar'}`));
		const filter = typedFilters('foo');
		const matches = createMatches(lines);
		matches.set(filter);
		matches.work(forever);
		lines.insert(place, ...Array.from({length: 300}, (_, k) => (k % 2 === 0 ? 'late foo' : 'late')));
		matches.work(forever);
		expect(matches.looked()).toEqual({from: 0, to: 340});
		expectPlain(lines, matches, filter);
	}
});

it('looks at the newest lines first, and answers for them before it has looked at the others', () => {
	const lines = createFakeLines(1000);
	lines.add(...Array.from({length: 10_000}, (_, k) => `foo ${k}`));
	const matches = createMatches(lines, ticking());
	matches.set(typedFilters('foo'));
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
	matches.set(typedFilters('foo'));
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
		const {tested, late} = longestStep(lines, typedFilters(...typed), 3);
		expect(tested).toBeLessThanOrEqual(64);
		// The look at the clock that tells the slice is over.
		expect(late).toBeLessThanOrEqual(1);
	});

	it('tests few long lines between two looks at the clock', () => {
		const lines = createFakeLines(50);
		lines.add(...Array.from({length: 60}, () => `foo ${'x'.repeat(40_000)}`));
		expect(longestStep(lines, typedFilters('not bar'), 2).tested).toBeLessThanOrEqual(2);
	});

	it('does nothing once its deadline has passed', () => {
		const lines = createFakeLines();
		lines.add('foo');
		const matches = createMatches(lines, () => 10);
		matches.set(typedFilters('foo'));
		expect(matches.work(10)).toBe(false);
		expect(matches.count()).toBe(0);
		expect(matches.work(11)).toBe(true);
		expect(matches.count()).toBe(1);
	});
});

it('looks closer at the few lines, and at the many, that hold what an expression needs', () => {
	for (const share of [2, 50]) {
		const lines = createFakeLines(200);
		lines.add(...Array.from({length: 400}, (_, k) => (k % share === 0 ? `operation ${'XYZ'[k % 3]} failed` : 'ok')));
		const filter = typedFilters('/operation [XY] failed/');
		const matches = createMatches(lines);
		matches.set(filter);
		matches.work(forever);
		expect(matches.count()).toBeGreaterThan(0);
		expectPlain(lines, matches, filter);
	}
});

it('takes no line for empty because the text of its region ends', () => {
	const lines = createFakeLines(50);
	lines.add('a', '', 'b');
	const matches = createMatches(lines);
	matches.set(typedFilters('/^$/'));
	matches.work(forever);
	expect([matches.count(), matches.at(0)]).toEqual([1, 1]);
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
	const filter = typedFilters('Foo');
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
	matches.set(typedFilters('request', 'failed'));
	matches.work(forever);
	const cursor = matches.nearest(503);
	expect(cursor).toBe(500);
	matches.set(typedFilters('request'));
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
	matches.set(typedFilters('foo'));
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

describe('a trace whose head comes late', () => {
	const headOf = (level: 'error' | 'info'): FakeLine => ({text: `2026-11-20 08:33:04 ${level} charge failed`, level});
	const frames = ['\tat Charge.run(Charge.java:3)', '\tat Main.run(Main.java:9)'];
	function shown(lines: FakeLines, matches: ReturnType<typeof createMatches>) {
		matches.work(Number.POSITIVE_INFINITY);
		return Array.from({length: matches.count()}, (_, rank) => lines.text(matches.at(rank) ?? -1));
	}

	it('is shown with it by a level filter, though its lines stood for themselves before', () => {
		const lines = createFakeLines();
		lines.add(...frames);
		const matches = createMatches(lines);
		matches.set(typedFilters('level >= error'));
		expect(shown(lines, matches)).toEqual([]);
		lines.insert(0, headOf('error'));
		expect(shown(lines, matches)).toEqual([headOf('error').text, ...frames]);
		lines.insert(1, headOf('info'));
		expect(shown(lines, matches)).toEqual([headOf('error').text]);
	});

	it('is found again, too, where no filter asked while the head came', () => {
		const lines = createFakeLines();
		lines.add(...frames);
		const matches = createMatches(lines);
		matches.set(typedFilters('level >= error'));
		expect(shown(lines, matches)).toEqual([]);
		matches.set(undefined);
		lines.insert(0, headOf('error'));
		matches.set(typedFilters('level >= error'));
		expect(shown(lines, matches)).toEqual([headOf('error').text, ...frames]);
	});
});
