/** Whether the same was called intermittent before: the third time within the window asks for an escalation. Pure. */
import type {PastAnomaly} from '../round/investigation/past-anomaly.ts';
import {steady} from '../base/steady.ts';
import {dayOf} from '../base/times.ts';
import type {Ask, Investigation} from '../round/investigation/investigation.ts';

const windowDays = 30;

function wordsOf(text: string): ReadonlySet<string> {
	return new Set(steady(text).match(/\p{L}[\p{L}\p{N}_-]{2,}/gu));
}

/** True if the two problems use mostly the same words, ignoring numbers and pod names. */
export function isAlike(a: string, b: string): boolean {
	const [one, other] = [wordsOf(a), wordsOf(b)];
	const least = Math.min(one.size, other.size);
	if (least === 0) return one.size === other.size;
	return [...one].filter((word) => other.has(word)).length / least >= 0.6;
}

/** What happened before of the same kind: the same check, in mostly the same words. Newest first. */
export function earlierAlike(
	past: readonly PastAnomaly[],
	{step, problem}: Pick<Investigation, 'step' | 'problem'>,
): readonly PastAnomaly[] {
	const said = problem.replace(new RegExp(`^${step.replaceAll('-', '[ -]')}: `, 'i'), '');
	return past.filter(({check, problem}) => check === step && isAlike(problem, said)).sort((a, b) => b.at - a.at);
}

/** Adds when the same problem was called intermittent in the 30 days before `now`. */
export function withEarlier(investigation: Investigation, past: readonly PastAnomaly[], now: number): Investigation {
	if (investigation.outcome !== 'intermittent') return investigation;
	const since = now - windowDays * 86_400_000;
	const times = earlierAlike(past, investigation).flatMap(({at, outcome}) =>
		outcome === 'intermittent' && at >= since && at < now ? [at] : [],
	);
	return {...investigation, earlier: times.toReversed()};
}

const ordinals = ['third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** The question at the third intermittent problem of a kind; undefined before. */
export function escalationAsk({outcome, earlier = []}: Pick<Investigation, 'outcome' | 'earlier'>): Ask | undefined {
	if (outcome !== 'intermittent' || earlier.length < 2) return undefined;
	const dates = earlier.map((at) => dayOf(at)).join(', ');
	const time = ordinals[earlier.length - 2] ?? `${earlier.length + 1}th`;
	return {
		id: 'intermittent.escalation',
		name: 'escalated',
		text: `The ${time} time in ${windowDays} days (before: ${dates}). Escalate to whom?`,
	};
}
