import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createSeenLines, lineHash, type SeenLines} from '../../../src/logs/hold/resume.ts';

interface Line {
	readonly second: number;
	readonly nanos: number;
	readonly hash: number;
}

/** What a server sends again: in the order of writing, all whose whole second is not before `from`. */
const sent = (log: readonly Line[], from: number | undefined) => log.filter(({second}) => from === undefined || second >= from);

const add = (seen: SeenLines, lines: readonly Line[]) => {
	for (const {second, nanos, hash} of lines) seen.add(second, nanos, hash);
};

const judge = (seen: SeenLines, lines: readonly Line[]) => {
	const replay = seen.replay();
	return lines.map(({second, nanos, hash}) => replay.judge(second, nanos, hash));
};

const line = (second: number, nanos: number, hash = 0): Line => ({second, nanos, hash});

const near = {weight: 6, arbitrary: fc.constantFrom(0, 0, 1, 1000)};
const far = {weight: 3, arbitrary: fc.integer({min: -300_000_000, max: 900_000_000})};
const setBack = {weight: 1, arbitrary: fc.constantFrom(-5_000_000_001, 4_000_000_003)};

/** Times that mostly ascend, with ties and small steps back, and equal lines. */
const usual = fc.array(fc.record({step: fc.oneof(near, far), hash: fc.nat(2)}), {maxLength: 60});
/** A clock that is set back and forth; then no two lines are equal. */
const jumping = fc.array(fc.oneof(near, far, setBack), {maxLength: 60}).map((steps) => steps.map((step, index) => ({step, hash: index})));

const logs = fc.oneof(usual, jumping).map((steps) => {
	let time = 100e9;
	return steps.map(({step, hash}): Line => {
		time += step;
		return line(Math.floor(time / 1e9), time % 1e9, hash);
	});
});

test('after any cuts every line was taken exactly once, whatever its timestamp', () => {
	fc.assert(
		fc.property(logs, fc.array(fc.nat(60), {maxLength: 5}), (log, cuts) => {
			const seen = createSeenLines();
			const taken: Line[] = [];
			// What is stamped before the time asked for does not come: a clock set back is seen through only while connected.
			const isSent = (cut: number) => log.slice(cut).every(({second}) => second >= (log[cut - 1]?.second ?? 0) - 1);
			for (const cut of [...cuts.filter(isSent).toSorted((a, b) => a - b), log.length]) {
				const replay = seen.replay();
				for (const one of sent(log.slice(0, cut), seen.from())) {
					const verdict = replay.judge(one.second, one.nanos, one.hash);
					if (verdict !== 'new') continue;
					seen.add(one.second, one.nanos, one.hash);
					taken.push(one);
				}
				expect(replay.joined()).toBe(true);
			}
			expect(taken).toEqual(log);
		}),
	);
});

test('a log that lost its oldest lines but kept the newest one seen joins on', () => {
	const seen = createSeenLines();
	add(seen, [line(10, 1), line(10, 2), line(10, 2, 7), line(10, 3)]);
	expect(judge(seen, [line(10, 2, 7), line(10, 3), line(10, 4)])).toEqual(['seen', 'seen', 'new']);
});

test('older lines that were never wanted come before the newest one seen', () => {
	const seen = createSeenLines();
	add(seen, [line(10, 7)]);
	expect(judge(seen, [line(9, 0), line(10, 5, 3), line(10, 7), line(10, 8)])).toEqual(['seen', 'seen', 'seen', 'new']);
});

test('a log without the newest line seen is strange, as soon as a newer one comes', () => {
	const seen = createSeenLines();
	add(seen, [line(10, 1), line(10, 2, 7)]);
	expect(judge(seen, [line(10, 2, 8), line(10, 3)])).toEqual(['seen', 'strange']);
	expect(judge(seen, [line(11, 0)])).toEqual(['strange']);
	const replay = seen.replay();
	expect(replay.joined()).toBe(false);
});

test('equal lines of one nanosecond are counted', () => {
	const seen = createSeenLines();
	add(seen, [line(10, 5), line(10, 5), line(10, 5)]);
	expect(
		judge(
			seen,
			Array.from({length: 5}, () => line(10, 5)),
		),
	).toEqual(['seen', 'seen', 'seen', 'new', 'new']);
});

test('asks from the whole second before, and nothing before the first line', () => {
	const seen = createSeenLines();
	expect(seen.from()).toBeUndefined();
	expect(seen.replay().joined()).toBe(true);
	add(seen, [line(10, 999_999_999)]);
	expect(seen.from()).toBe(9);
	expect(seen.lastAt()).toBe(10_999.999_999);
	seen.forget();
	expect(seen.from()).toBeUndefined();
});

test('remembers no more than the last seconds, and a fast one whole', () => {
	const seen = createSeenLines();
	const fast = Array.from({length: 5000}, (_, index) => line(20, index, index));
	add(seen, [line(10, 0), ...fast]);
	const verdicts = judge(seen, [...fast, line(20, 5000)]);
	expect(verdicts.slice(0, -1).every((verdict) => verdict === 'seen')).toBe(true);
	expect(verdicts.at(-1)).toBe('new');
});

test('the hash distinguishes texts by length, head and tail', () => {
	const hash = (text: string) => lineHash(Buffer.from(text), 0, Buffer.byteLength(text));
	const long = 'x'.repeat(100);
	expect(new Set(['', 'a', 'b', 'ab', 'ba', long, `${long}x`, `y${long.slice(1)}`, `${long.slice(1)}y`].map(hash)).size).toBe(9);
	expect(lineHash(Buffer.from('..abc..'), 2, 5)).toBe(hash('abc'));
});
