/** Open vulnerability alerts and failing builds, through GitHub or a command of the team's. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {Build, Vulnerability} from '../../ports/repository-source.ts';
import {defineCheck} from '../kit/check.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {judgeSecurity} from './judge.ts';
import {readSecurityCommand} from './security-read.ts';

export interface SecurityData {
	readonly repositories: readonly string[];
	readonly vulnerabilities: readonly Vulnerability[];
	/** The newest run of each workflow. */
	readonly builds: readonly Build[];
	/** What could not be read, one sentence each. */
	readonly missing?: readonly string[];
}

const options = z.strictObject({
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
		.describe('Severities that are critical; the rest are a warning'),
});
export type SecurityOptions = z.output<typeof options>;

export const security = defineCheck<SecurityData, SecurityOptions>({
	kind: 'security',
	title: 'Security',
	why: 'Security issues are mended at once; a build that fails on a vulnerability keeps every other fix from going out.',
	tips: [
		'Critical and reachable from outside: today. Critical in a build tool: this week. Write down which it is.',
		'Read the advisory’s “patched versions”: most end with one update and a green build.',
		'A red build on the main branch is everyone’s: say in the channel that you look at it.',
		'Nothing to update to yet: note the mitigation and the date to look again, do not dismiss.',
	],
	serves: 'security',
	cadence: 'daily',
	runbook: 'security',
	source: 'GitHub',
	options,
	everyMs: 600_000,
	timeoutMs: 40_000,
	configured: ({sources}) => sources.repositories !== undefined,
	async read(context) {
		if (context.options.command) return readSecurityCommand(context, context.options.command);
		const {repositories} = context.sources;
		if (!repositories)
			throw notConfigured('Security', '`sources: {github: {repositories: [owner/name]}}`, or `command: […]` to the check’s options,');
		return {...(await repositories.read(context.signal)), repositories: repositories.repositories};
	},
	judge: judgeSecurity,
});
