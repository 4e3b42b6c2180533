/** Ticked boxes of a runbook's task lists: kept in the round, so that the record says what was done and when. Pure. */

export interface Tick {
	/** Id of the runbook. */
	readonly runbook: string;
	/** Which box; see `taskKey`. */
	readonly task: string;
	/** What is next to the box. */
	readonly text: string;
	/** Epoch milliseconds. */
	readonly at: number;
	readonly operator: string;
}

/**
 * Tells a box from the others of its runbook and stays the same while steps are added around it.
 * @param place.nth How many boxes with the same words are before it below the same heading.
 */
export function taskKey(heading: string, text: string, {nth}: {readonly nth: number}): string {
	const words = (given: string) => given.trim().replaceAll(/\s+/g, ' ').toLowerCase().slice(0, 200);
	return `${words(heading)} > ${words(text)}${nth > 0 ? ` (${nth + 1})` : ''}`;
}

/** The boxes after one was ticked, or its tick taken back. */
export function withTick(ticks: readonly Tick[], tick: Tick, done: boolean): readonly Tick[] {
	const others = ticks.filter(({runbook, task}) => runbook !== tick.runbook || task !== tick.task);
	return done ? [...others, tick] : others;
}
