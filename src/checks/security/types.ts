/** What the check is set up with and what it reads. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {Build, Vulnerability} from '../../ports/repository-source.ts';

export interface SecurityData {
	readonly repositories: readonly string[];
	readonly vulnerabilities: readonly Vulnerability[];
	/** The newest run of each workflow. */
	readonly builds: readonly Build[];
	/** What could not be read, one sentence each. */
	readonly missing?: readonly string[];
}

export const options = z.strictObject({
	command: z
		.array(z.string())
		.min(1)
		.optional()
		.describe(
			'A command that prints {"vulnerabilities": [{id, package, severity, summary, url}], "builds": [{workflow, branch, conclusion, url}]}',
		),
	timeout: duration.prefault('30s').describe('How long the command may take'),
	critical: z
		.array(z.enum(['low', 'medium', 'high', 'critical']))
		.default(['critical', 'high'])
		.describe('Severities that are critical. The rest are a warning.'),
});

export type SecurityOptions = z.output<typeof options>;
