/** Sentry: what no one has triaged yet, what is new, what came back, what spikes. */
import type {IssueSource} from '../../ports/issue-source.ts';
import {SourceError} from '../../base/source-error.ts';
import {defineCheck} from '../kit/check.ts';
import {judgeErrors} from './judge.ts';
import {orderIssues} from './issue-triage.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {type ErrorsData, options, type ErrorsOptions} from './types.ts';

/** What was released is next to the errors, which are told without it where it cannot be read. */
async function releasesOf(source: IssueSource, signal: AbortSignal): Promise<Pick<ErrorsData, 'releases' | 'releasesMissing'>> {
	try {
		return {releases: await source.releases(signal)};
	} catch (error) {
		signal.throwIfAborted();
		if (!(error instanceof SourceError)) throw error;
		return {releasesMissing: [error.message, ...(error.advice === undefined ? [] : [error.advice])].join('. ')};
	}
}

export const errors = defineCheck<ErrorsData, ErrorsOptions>({
	kind: 'errors',
	title: 'Errors',
	why: 'An error without an owner is a bug report from a user. Triage it first.',
	tips: [
		'Work from the top: untriaged first, then by severity. Done is when each has an owner, a cause and a plan.',
		'Regressed means someone believed it fixed: read the commit that closed it before you look for a new cause.',
		'A spike with one release behind it is that release: roll back first, understand after.',
		'Many events and one user: a loop or a bot. Few events and many users: take this one first.',
	],
	serves: 'integrity',
	cadence: 'daily',
	runbook: 'errors',
	source: 'Sentry',
	options,
	everyMs: 60_000,
	timeoutMs: 20_000,
	configured: ({sources}) => sources.issues !== undefined,
	async read({sources, options, clock, signal}) {
		if (!sources.issues) throw notConfigured('Sentry', '`sources: {sentry: {organization: …, token: env:SENTRY_TOKEN}}`');
		const [found, released] = await Promise.all([sources.issues.unresolved(signal), releasesOf(sources.issues, signal)]);
		const issues = orderIssues(found.issues, options, clock.now()).map(({issue, severity}) => ({...issue, severity}));
		return {...found, issues, ...released};
	},
	judge: judgeErrors,
});
