/** What the check is set up with and what it reads. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {StandardReview} from './log-standard-review.ts';
import type {PartialFailure} from '../kit/partial-failure.ts';

export interface LogStandardData {
	/** The one that lacks most first. */
	readonly reviews: readonly StandardReview[];
	/** Containers whose lines could not be read. */
	readonly failures: readonly PartialFailure[];
}

export const options = z.strictObject({
	window: duration.prefault('10m').describe('How far back the pods’ logs are read'),
	tailLines: z.number().int().positive().max(5000).default(50).describe('At most this many lines of each container'),
	pods: z.number().int().positive().default(3).describe('At most this many pods of each controller: its pods write alike'),
	share: z.number().min(0).max(1).default(0.5).describe('At least this share of a source’s lines must have each part of the standard'),
	ignore: z.array(z.string()).default([]).describe('Sources whose lines are not the team’s to shape, such as redis/exporter'),
});

export type LogStandardOptions = z.output<typeof options>;
