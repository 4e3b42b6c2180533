import fc from 'fast-check';
import {expect, it} from 'vitest';
import type {LogLines} from '../../../src/logs/log-lines.ts';
import {createHistogram} from '../../../src/logs/count/histogram.ts';
import {createMatches} from '../../../src/logs/query/matches.ts';
import {createPasses, type Pass} from '../../../src/logs/count/passes.ts';
import {createFakeLines, gap} from '../fake-lines.ts';
import {typedFilters} from '../query/typed-filter.ts';

const forever = Number.POSITIVE_INFINITY;

/** Remembers the texts it was shown. */
function createWitness(): Pass & {readonly seen: () => readonly string[]} {
	let seen: string[] = [];
	return {
		look(lines: LogLines, line: number) {
			seen.push(lines.text(line));
		},
		reset() {
			seen = [];
		},
		seen: () => seen,
	};
}

it('shows every matching line once, oldest first, and none of the program itself', () => {
	const lines = createFakeLines(3);
	lines.add('foo 1', 'bar 2', gap('cut off'), 'foo 3');
	const matches = createMatches(lines);
	const passes = createPasses(lines, matches);
	const witness = createWitness();
	passes.add(witness);
	passes.work(forever);
	expect(witness.seen()).toEqual(['foo 1', 'bar 2', 'foo 3']);
	lines.add('foo 4');
	passes.work(forever);
	expect(witness.seen()).toEqual(['foo 1', 'bar 2', 'foo 3', 'foo 4']);
	matches.set(typedFilters('foo'));
	matches.work(forever);
	passes.work(forever);
	expect(witness.seen()).toEqual(['foo 1', 'foo 3', 'foo 4']);
});

it('lets a pass that comes later see all, and one that was taken away see no more', () => {
	const lines = createFakeLines(3);
	lines.add('1', '2');
	const passes = createPasses(lines, createMatches(lines));
	const [early, late] = [createWitness(), createWitness()];
	const remove = passes.add(early);
	passes.work(forever);
	passes.add(late);
	remove();
	lines.add('3');
	passes.work(forever);
	expect(early.seen()).toEqual(['1', '2']);
	expect(late.seen()).toEqual(['1', '2', '3']);
	expect(passes.progress()).toEqual({looked: 3, of: 3});
});

it('sees each line exactly once, whatever arrives, moves, or is filtered in whatever slices', () => {
	const happening = fc.oneof(
		fc.record({kind: fc.constant('add' as const), count: fc.nat(30)}),
		fc.record({
			kind: fc.constant('insert' as const),
			place: fc.double({min: 0, max: 0.999, noNaN: true}),
			count: fc.constantFrom(1, 2, 300),
		}),
		fc.record({kind: fc.constant('set' as const), typed: fc.constantFrom(undefined, '3', 'not 3')}),
		fc.record({kind: fc.constant('work' as const), looks: fc.nat(8)}),
	);
	fc.assert(
		fc.property(fc.array(happening, {maxLength: 25}), (happenings) => {
			const lines = createFakeLines(7);
			let ticks = 0;
			let number = 0;
			const texts = (count: number) => Array.from({length: count}, () => `line ${number++}`);
			const matches = createMatches(lines, () => ticks++);
			const passes = createPasses(lines, matches, () => ticks++);
			const witness = createWitness();
			passes.add(witness);
			lines.add(...texts(20));
			for (const event of happenings) {
				if (event.kind === 'add') lines.add(...texts(event.count));
				else if (event.kind === 'set') matches.set(event.typed === undefined ? undefined : typedFilters(event.typed));
				else if (event.kind === 'insert') lines.insert(Math.floor(event.place * lines.end()), ...texts(event.count));
				else {
					matches.work(ticks + event.looks);
					passes.work(ticks + event.looks);
				}
			}
			matches.work(forever);
			expect(passes.work(forever)).toBe(true);
			const wanted = Array.from({length: matches.count()}, (_, rank) => lines.text(matches.at(rank) ?? 0));
			expect(witness.seen().toSorted()).toEqual(wanted.toSorted());
		}),
		{numRuns: 400},
	);
});

it('continues behind lines that left before they were seen', () => {
	const lines = createFakeLines(2);
	lines.add('1', '2', '3', '4');
	const passes = createPasses(lines, createMatches(lines));
	const witness = createWitness();
	passes.add(witness);
	lines.drop(1);
	passes.work(forever);
	expect(witness.seen()).toEqual(['3', '4']);
});

it('looks at the clock often, and shows nothing once the deadline has passed', () => {
	const lines = createFakeLines(100);
	lines.add(...Array.from({length: 500}, (_, k) => `${k}`));
	let ticks = 0;
	const passes = createPasses(lines, createMatches(lines), () => ticks++);
	const witnesses = [createWitness(), createWitness()];
	for (const witness of witnesses) passes.add(witness);
	expect(passes.work(0)).toBe(false);
	expect(witnesses.map((witness) => witness.seen().length)).toEqual([0, 0]);
	for (let done = false; !done;) {
		const before = witnesses.reduce((sum, witness) => sum + witness.seen().length, 0);
		done = passes.work(ticks + 4);
		const shown = witnesses.reduce((sum, witness) => sum + witness.seen().length, 0) - before;
		expect(shown).toBeLessThanOrEqual(4 * 16);
	}
	expect(witnesses.map((witness) => witness.seen().length)).toEqual([500, 500]);
});

it('tells a pass of lines that left before they were shown, and bars of some of the lines of a time are no more', () => {
	const second = 1000;
	const lines = createFakeLines(3);
	const add = (from: number, to: number) => {
		for (let k = from; k < to; k++) lines.add({text: `line ${k}`, time: k * second});
	};
	const passes = createPasses(lines, createMatches(lines));
	const histogram = createHistogram();
	passes.add(histogram);
	add(0, 6);
	passes.work(forever);
	lines.drop(1);
	passes.work(forever);
	// What was counted before it left stays counted.
	expect(histogram.span()).toEqual({from: 0, to: 5 * second});
	add(6, 12);
	lines.drop(2);
	passes.work(forever);
	expect(histogram.span()).toEqual({from: 9 * second, to: 11 * second});
	expect(histogram.total()).toBe(3);
});
