/** What the check is set up with and what it reads. */
import * as z from 'zod';
import type {Issue, Release} from '../../ports/issue-source.ts';
import type {Severity} from './issue-triage.ts';

/** An issue with the check's own word for how severe it is; records of older versions do not have it. */
export type RatedIssue = Issue & {readonly severity?: Severity};

export interface ErrorsData {
	/** Untriaged first, then by severity. */
	readonly issues: readonly RatedIssue[];
	/** There were more than were read. */
	readonly truncated: boolean;
	/** The list in Sentry. */
	readonly url: string;
	/** Newest first; absent where they could not be read. */
	readonly releases?: readonly Release[];
	/** Why there are none, one sentence and what to do. */
	readonly releasesMissing?: string;
}

export const options = z.strictObject({
	spikeFactor: z.number().positive().default(5).describe('The last full hour spikes at this many times the median of the other hours'),
	spikeFloor: z.number().int().positive().default(20).describe('Fewer events an hour than this never spike'),
	criticalUsers: z.number().int().positive().default(100).describe('An untriaged issue that affects this many users is critical'),
});

export type ErrorsOptions = z.output<typeof options>;
