import fc from 'fast-check';
import {expect, it} from 'vitest';
import type {LogLines} from '../../../src/logs/log-lines.ts';
import {createMatches} from '../../../src/logs/query/matches.ts';
import {createPasses} from '../../../src/logs/count/passes.ts';
import {createChunk, copyFromBatch, takenFrom} from '../../../src/logs/hold/ring-chunk.ts';
import {createRing} from '../../../src/logs/hold/ring.ts';
import {textBatch} from '../hold/batches.ts';
import {expectPlain} from './plain-matches.ts';
import {typedFilters} from './typed-filter.ts';

const forever = Number.POSITIVE_INFINITY;

it('agrees with a plain filter over the real ring while it wraps and late lines are put in, and shows each line to the passes once', () => {
	const size = fc.constantFrom(0, 5, 60, 400);
	const happening = fc.oneof(
		{weight: 6, arbitrary: fc.record({kind: fc.constant('append' as const), sizes: fc.array(size, {maxLength: 25, size: 'max'})})},
		{weight: 3, arbitrary: fc.record({kind: fc.constant('insert' as const), ago: fc.array(fc.nat(40), {minLength: 1, maxLength: 4})})},
		{weight: 4, arbitrary: fc.record({kind: fc.constant('work' as const), looks: fc.nat(12)})},
		{
			weight: 1,
			arbitrary: fc.record({kind: fc.constant('set' as const), typed: fc.constantFrom(undefined, '3', '/[13]$/', 'not 3', 'n=7')}),
		},
	);
	let wraps = 0;
	fc.assert(
		fc.property(fc.array(happening, {minLength: 15, maxLength: 40, size: 'max'}), (happenings) => {
			const ring = createRing({capacity: 4 * 1024});
			let [ticks, number, clock] = [0, 0, 1000];
			const matches = createMatches(ring, () => ticks++);
			const passes = createPasses(ring, matches, () => ticks++);
			let seen: string[] = [];
			passes.add({
				look(lines: LogLines, line: number) {
					seen.push(lines.text(line));
				},
				reset() {
					seen = [];
				},
			});
			let filter: ReturnType<typeof typedFilters> | undefined;
			const text = (length: number) => `${'x'.repeat(length)} n=${number++}`;
			for (const event of happenings) {
				if (event.kind === 'append') {
					ring.append(
						textBatch(
							event.sizes.map(text),
							event.sizes.map(() => clock++),
						),
						0,
					);
				} else if (event.kind === 'insert') {
					const times = event.ago.map((ago) => clock - ago - 0.5).toSorted((a, b) => a - b);
					const chunk = createChunk(Buffer.alloc(4096), 8);
					copyFromBatch(
						chunk,
						takenFrom(
							textBatch(
								times.map(() => text(3)),
								times,
							),
							{stream: 1},
						),
						0,
					);
					ring.insert({chunks: times.map(() => chunk), at: times.map((_, k) => k), keys: times});
				} else if (event.kind === 'set') {
					filter = event.typed === undefined ? undefined : typedFilters(event.typed);
					matches.set(filter);
				} else {
					matches.work(ticks + event.looks);
					passes.work(ticks + event.looks);
				}
			}
			matches.work(forever);
			passes.work(forever);
			if (ring.wrapped()) wraps++;
			expectPlain(ring, matches, filter);
			expect(new Set(seen).size).toBe(seen.length);
			const held = Array.from({length: matches.count()}, (_, rank) => ring.text(matches.at(rank) ?? 0));
			expect(held.filter((line) => !seen.includes(line))).toEqual([]);
		}),
		{numRuns: 500},
	);
	expect(wraps).toBeGreaterThan(10);
});
