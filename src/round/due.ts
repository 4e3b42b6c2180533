/** Which checks of the checklist this round runs: weekly and monthly checks only when they are due. Pure. */
import type {Cadence, ConfiguredCheck} from '../checks/kit/check.ts';

const day = 86_400_000;

/** How long a check rests after a verdict: a little less than its cadence, because rounds start at different hours. */
const restMs: Readonly<Record<Cadence, number>> = {daily: 0, weekly: 6.5 * day, monthly: 27 * day};

/** A check that this round leaves out. */
export interface Resting {
	readonly title: string;
	readonly cadence: Cadence;
	/** Epoch milliseconds; a round at the same hour of that day makes it again. */
	readonly nextAt: number;
}

type Item = Pick<ConfiguredCheck, 'id' | 'title' | 'cadence'>;

/** The checks that can rest, and the longest rest in milliseconds; undefined if all are daily. */
export function restingAtMost(checks: readonly Item[]): {readonly ids: readonly string[]; readonly ms: number} | undefined {
	const some = checks.filter(({cadence}) => cadence !== 'daily');
	return some.length === 0 ? undefined : {ids: some.map(({id}) => id), ms: Math.max(...some.map(({cadence}) => restMs[cadence]))};
}

/**
 * The checks that are due, in the order of the list, and those that rest. If none is due, all of them are: someone who
 * starts a round wants to run checks.
 * @param options.made When each check last got the verdict ok or anomaly in a finished round; epoch milliseconds.
 */
export function splitByDue<C extends Item>(
	checks: readonly C[],
	{made, now}: {readonly made: ReadonlyMap<string, number>; readonly now: number},
): {readonly due: readonly C[]; readonly resting: readonly Resting[]} {
	const rests = ({id, cadence}: C) => {
		const at = made.get(id);
		return at !== undefined && now - at < restMs[cadence];
	};
	const due = checks.filter((check) => !rests(check));
	if (due.length === 0) return {due: checks, resting: []};
	const resting = checks
		.filter(rests)
		.map(({id, title, cadence}) => ({title, cadence, nextAt: (made.get(id) ?? now) + Math.ceil(restMs[cadence] / day) * day}));
	return {due, resting};
}

/** `Log standard is weekly: next due Fri 27 Nov`; undefined if nothing rests. */
export function restingNotice(resting: readonly Resting[], timeZone?: string): string | undefined {
	if (resting.length === 0) return undefined;
	const date = new Intl.DateTimeFormat('en-GB', {timeZone, weekday: 'short', day: 'numeric', month: 'short'});
	return resting.map(({title, cadence, nextAt}) => `${title} is ${cadence}: next due ${date.format(nextAt).replace(',', '')}`).join(', ');
}
