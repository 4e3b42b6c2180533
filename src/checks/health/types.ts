/** What the check is set up with and what it reads. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {HttpAnswer} from '../../ports/probe.ts';
import type {Dependency} from './health-body.ts';

export interface HealthProbe {
	readonly environment: string;
	/** Whether it is the environment of this round, not another one of the service. */
	readonly selected: boolean;
	/** The URL's own name, or the environment's. */
	readonly name: string;
	readonly url: string;
	readonly answer: HttpAnswer;
	/** What the body says of the service's dependencies. */
	readonly dependencies: readonly Dependency[];
	/** What the body says is deployed. */
	readonly version?: string;
}

export interface HealthData {
	/** The round's own environment first. */
	readonly probes: readonly HealthProbe[];
}

export const options = z.strictObject({
	slow: duration.prefault('1s').describe('An answer slower than this is a warning by itself'),
	timeout: duration.prefault('5s').describe('No answer within this is critical'),
	certificateWarning: z.number().int().nonnegative().default(14).describe('Warn when the certificate ends within this many days'),
	certificateCritical: z.number().int().nonnegative().default(3).describe('Critical when the certificate ends within this many days'),
});

export type HealthOptions = z.output<typeof options>;
