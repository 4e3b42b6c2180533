/** Past anomalies similar to the one on the screen: an index over years of them, queried at every key. Pure. */
import {type Outcome, outcomeGuides} from '../../round/investigation/investigation.ts';
import {sameness} from '../history/trends.ts';
import {type Signed, termsOf} from './problem-signature.ts';
import type {PastAnomaly} from '../../round/investigation/past-anomaly.ts';

export interface Question extends Signed {
	/** Epoch milliseconds; what happened after it is left out. Absent: everything. */
	readonly before?: number | undefined;
}

export interface SeenIndex {
	readonly add: (past: PastAnomaly) => void;
	/** At most five: resolved with a root cause first, then the most similar, then the most recent. */
	readonly find: (question: Question) => readonly PastAnomaly[];
	readonly size: () => number;
}

const most = 5;
/** Older ones beyond this many are forgotten first, so that no log can fill the memory. */
const mostHeld = 20_000;

/** The share of a past anomaly's signature that must match: less for the same check. */
const enough = {sameCheck: 0.3, otherwise: 0.5} as const;

/** In a log of three lines every word is rare: it must not count for much yet. */
const damping = 4;

interface Held {
	readonly past: PastAnomaly;
	/** Terms of the problem and its subjects. The cause's terms match too, but the question does not have them yet. */
	readonly terms: readonly (readonly [string, number])[];
	/** Terms of the problem alone, if there are subjects: other results of that morning do not make it less similar. */
	readonly own: readonly (readonly [string, number])[] | undefined;
	/** Equal for the same problem with the same outcome. */
	readonly key: string;
}

interface Ranked {
	readonly past: PastAnomaly;
	/** Rounded, so that the newer of two that are about as similar comes first. */
	readonly similar: number;
	times: number;
}

const hasCause = ({outcome, cause}: PastAnomaly) => outcome !== undefined && cause !== undefined;

function better(a: Ranked, b: Ranked): number {
	return Number(hasCause(b.past)) - Number(hasCause(a.past)) || b.similar - a.similar || b.past.at - a.past.at;
}

/** An empty index; `add` costs microseconds, so that whoever fills it can do so in slices. */
export function createSeenIndex(): SeenIndex {
	const held: Held[] = [];
	const postings = new Map<string, number[]>();
	const rarities = new Map<string, number>();
	/** How rare a term is: a term in every line has no weight. */
	const rarity = (term: string) => {
		const known = rarities.get(term);
		if (known !== undefined) return known;
		const rare = Math.log(damping + held.length / (postings.get(term)?.length ?? held.length + 1));
		rarities.set(term, rare);
		return rare;
	};

	/** The total weight of each anomaly's terms; recomputed after a new anomaly makes a term less rare. */
	const totals: number[] = [];
	const totalOf = (index: number, {terms}: Held) =>
		(totals[index] ??= terms.reduce((total, [term, weight]) => total + weight * rarity(term), 0));

	/** The required share of the problem's own terms; 0 if there are no others. */
	const ownShare = ({own}: Held, asked: ReadonlyMap<string, number>) => {
		let [sum, all] = [0, 0];
		for (const [term, weight] of own ?? []) {
			const weighs = weight * rarity(term);
			all += weighs;
			if (asked.has(term)) sum += weighs;
		}
		return all === 0 ? 0 : sum / all;
	};

	/** What the terms that each shares with the asked ones weigh together, by index. */
	const shared = (asked: ReadonlyMap<string, number>) => {
		const sums = new Float64Array(held.length);
		for (const [term, weight] of asked) {
			const weighs = weight * rarity(term);
			for (const index of postings.get(term) ?? []) sums[index] = (sums[index] ?? 0) + weighs;
		}
		return sums;
	};

	return {
		size: () => held.length,
		add(past) {
			if (held.length >= mostHeld) return;
			const terms = [...termsOf({text: past.problem, subjects: past.subjects ?? []})];
			const words = new Set([...terms.map(([term]) => term), ...termsOf({text: past.cause ?? ''}).keys()]);
			if (words.size === 0) return;
			const key = `${past.check ?? ''}\n${sameness(past.problem)}\n${past.outcome ?? ''}\n${sameness(past.cause ?? '')}`;
			const own = past.subjects?.length ? [...termsOf({text: past.problem})] : undefined;
			const index = held.push({past, terms, own, key}) - 1;
			rarities.clear();
			totals.length = 0;
			for (const term of words) {
				const list = postings.get(term);
				if (list) list.push(index);
				else postings.set(term, [index]);
			}
		},
		find(question) {
			const asked = termsOf(question);
			const groups = new Map<string, Ranked>();
			for (const [index, sum] of shared(asked).entries()) {
				const one = sum > 0 ? held[index] : undefined;
				if (!one || (question.before !== undefined && one.past.at >= question.before)) continue;
				const {past, key} = one;
				const sameCheck = past.check !== undefined && past.check === question.check;
				const all = totalOf(index, one);
				const covered = Math.max(all === 0 ? 1 : Math.min(1, sum / all), ownShare(one, asked));
				if (covered < (sameCheck ? enough.sameCheck : enough.otherwise)) continue;
				const ranked: Ranked = {past, similar: Math.round((covered + (sameCheck ? 0.5 : 0)) * 4), times: 1};
				const known = groups.get(key);
				if (known) ranked.times += known.times;
				// Repeats of the same anomaly become one line, the newest.
				if (known && known.past.at > past.at) known.times = ranked.times;
				else groups.set(key, ranked);
			}
			return [...groups.values()]
				.sort(better)
				.slice(0, most)
				.map(({past, times}) => (times > 1 ? {...past, times} : past));
		},
	};
}

/** What "same as this" fills into the triage. */
export interface SameFields {
	readonly problem: string;
	/** The answer to the whys, if a cause is known. */
	readonly cause?: string;
	readonly outcome?: Outcome;
	readonly followUp?: string;
}

/** The answers of a past anomaly for the triage. Unknown ones stay unanswered. */
export function sameAs({problem, cause, outcome, followUp}: PastAnomaly): SameFields {
	const guide = outcomeGuides.find(({title}) => title === outcome);
	return {
		problem,
		...(cause === undefined ? {} : {cause}),
		...(guide === undefined ? {} : {outcome: guide.outcome}),
		...(followUp === undefined ? {} : {followUp}),
	};
}
