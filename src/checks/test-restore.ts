/** When a restore was last tried, and whether it is time to try again. Pure. */
import {formatAge, plural} from './format.ts';

export interface TestRestore {
	/** `2026-10-05`: the day it was tried and worked. */
	readonly lastOn: string;
	/** How often it must be tried, milliseconds. */
	readonly every: number;
}

const day = 86_400_000;

/** `last on 2026-07-31, 112 days ago, overdue by 22 d: due every 90 d`, without the middle where it is not overdue. */
export function judgeTestRestore({lastOn, every}: TestRestore, now: number): {readonly overdue: boolean; readonly text: string} {
	// Of a day only whole days can be told.
	const age = Math.floor((now - Date.parse(lastOn)) / day) * day;
	const overdue = age > every;
	const by = overdue ? `overdue by ${formatAge(age - every)}: ` : '';
	return {overdue, text: `last on ${lastOn}, ${plural(age / day, 'day')} ago, ${by}due every ${formatAge(every)}`};
}
