/** Open vulnerability alerts and failing builds, through GitHub or a command of the team's. */
import {defineCheck} from '../kit/check.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {judgeSecurity} from './judge.ts';
import {readSecurityCommand} from './security-read.ts';
import {type SecurityData, options, type SecurityOptions} from './types.ts';

export const security = defineCheck<SecurityData, SecurityOptions>({
	kind: 'security',
	title: 'Security',
	why: 'Fix security issues at once. A build that fails on a vulnerability blocks every other fix.',
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
