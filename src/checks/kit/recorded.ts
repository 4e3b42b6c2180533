/** When something was last done by a person (a test restore, a review), and whether it is time to do it again. Pure. */
import {formatAge, plural} from '../../base/figures.ts';

export interface Recorded {
	/** `2026-10-05`: the day it was done and found right. */
	readonly lastOn: string;
	/** How often it must be done, milliseconds. */
	readonly every: number;
}

const day = 86_400_000;

/** `last on 2026-07-31, 112 days ago, overdue by 22 d: due every 90 d`, without the middle where it is not overdue. */
export function judgeRecorded({lastOn, every}: Recorded, now: number): {readonly overdue: boolean; readonly text: string} {
	// Of a day only whole days can be told.
	const age = Math.floor((now - Date.parse(lastOn)) / day) * day;
	const overdue = age > every;
	const by = overdue ? `overdue by ${formatAge(age - every)}: ` : '';
	return {overdue, text: `last on ${lastOn}, ${plural(age / day, 'day')} ago, ${by}due every ${formatAge(every)}`};
}
