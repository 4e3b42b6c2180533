/** Traffic as a function of time whose integral is known, so that a counter's value needs no history. */
import type {Story} from '../kit/world.ts';

const day = 86_400_000;

/** Counters begin here: far enough back that five weeks of baselines exist. */
export const historyMs = 60 * day;

/** Rhythms of a working service: the day's, one that makes no two weeks alike, and a ripple one can watch. */
const rhythms = [
	{periodMs: day, share: 0.25, shift: 0},
	{periodMs: 5.3 * 3_600_000, share: 0.03, shift: 1.1},
	{periodMs: 7 * 60_000, share: 0.02, shift: 2.3},
] as const;

/** Part of a counter's slope: `perSecond` at the world's start, from `from` until `until` (epoch milliseconds). */
export interface Flow {
	readonly perSecond: number;
	readonly from?: number;
	readonly until?: number;
	/** Knows neither day nor night, as machines do. */
	readonly steady?: boolean;
}

/** Every series is asked for the same instants, so each is worked out once. */
const volumes = new WeakMap<Story, Map<number, number>>();
const mostInstants = 50_000;

/** ∫ of the rhythms over time in seconds, from the world's start; the shape is 1 at that moment. */
function volume(story: Story, at: number): number {
	const known = volumes.get(story) ?? new Map<number, number>();
	const before = known.get(at);
	if (before !== undefined) return before;
	if (known.size >= mostInstants) known.clear();
	volumes.set(story, known);
	const elapsed = at - story.startedAt;
	let total = elapsed / 1000;
	for (const {periodMs, share, shift} of rhythms) {
		const turn = (2 * Math.PI) / periodMs;
		const wave = (Math.cos(shift) - Math.cos(turn * elapsed + shift)) / turn;
		total += (share * (wave - Math.sin(shift) * elapsed)) / 1000;
	}
	known.set(at, total);
	return total;
}

/** How much busier than at the world's start. */
export function busyness({startedAt}: Story, at: number): number {
	const waves = rhythms.map(
		({periodMs, share, shift}) => share * (Math.sin((2 * Math.PI * (at - startedAt)) / periodMs + shift) - Math.sin(shift)),
	);
	return waves.reduce((sum, wave) => sum + wave, 1);
}

/** The count that flows have brought together at `at`; whole, as requests are. Undefined before history began. */
export function counted(story: Story, flows: readonly Flow[], offset: number, at: number): number | undefined {
	const origin = story.startedAt - historyMs;
	if (at < origin) return undefined;
	let total = offset;
	for (const {perSecond, from = origin, until = Infinity, steady = false} of flows) {
		const begin = Math.max(from, origin);
		const end = Math.min(at, until);
		if (end > begin) total += perSecond * (steady ? (end - begin) / 1000 : volume(story, end) - volume(story, begin));
	}
	return Math.floor(total);
}
