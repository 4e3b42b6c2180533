/** Blocks on log-in, password reset and sign-up, each by itself, against what is usual. */
import {defineCheck} from '../kit/check.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {judgeRateLimits} from './judge.ts';
import {blocksFact, readRateLimits} from './rate-limits-read.ts';
import {type RateLimitsData, options, type RateLimitsOptions} from './types.ts';

export const rateLimits = defineCheck<RateLimitsData, RateLimitsOptions>({
	kind: 'rate-limits',
	title: 'Rate limits',
	why: 'Blocks far above normal are an attack, or users locked out of their own accounts.',
	tips: [
		'Few sources with many blocks is an attack: let the limit do its work, and look whether any of them got in.',
		'Many sources with few blocks each is us: a client that retries, a limit that is too tight, an office behind one address.',
		'Password resets far above normal with ordinary log-ins means that an attacker tries a list of e-mail addresses.',
		'Look at the release time: a limit that bites since 07:02 was deployed at 07:02.',
	],
	serves: 'security',
	cadence: 'daily',
	runbook: 'rate-limits',
	source: 'Prometheus',
	options,
	everyMs: 60_000,
	timeoutMs: 15_000,
	configured: ({sources}) => sources.metrics !== undefined,
	async read(context) {
		if (!context.sources.metrics) throw notConfigured('Rate limits', '`sources: {prometheus: {url: …}}`');
		return readRateLimits(context, context.sources.metrics);
	},
	judge: judgeRateLimits,
	facts: ({actions}) =>
		actions.flatMap(({action, blocks}) => (blocks === undefined ? [] : [{id: blocksFact(action), value: blocks, unit: 'count' as const}])),
});
