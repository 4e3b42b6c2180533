/** Whether a runbook was looked at lately. Pure. */
import type {Runbook} from './runbook.ts';

export type Review =
	| {
			readonly kind: 'fresh' | 'overdue';
			/** ISO date of the last review. */ readonly on: string;
			/** ISO date of the next. */ readonly due: string;
	  }
	| {readonly kind: 'never'};

const day = 86_400_000;
/** How long a review holds where the runbook does not say. */
const defaultReviewIn = 180 * day;

/** @param today ISO date, as `dayOf` tells it. */
export function reviewOf({lastReviewedOn, reviewInMs = defaultReviewIn}: Runbook, today: string): Review {
	if (lastReviewedOn === undefined) return {kind: 'never'};
	// A review after the end of the calendar is none that can be told.
	const due = new Date(Math.min(Date.parse(lastReviewedOn) + reviewInMs, Date.UTC(9999, 11, 31))).toISOString().slice(0, 10);
	return {kind: due < today ? 'overdue' : 'fresh', on: lastReviewedOn, due};
}
