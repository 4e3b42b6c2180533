/** The log standard: every source's lines have a structure, a level, a timestamp and a request id. */
import {type Finding, type JudgeContext, type Reason, defineCheck} from '../kit/check.ts';
import {finding, label, someOf} from '../kit/finding.ts';
import {formatPercent, plural} from '../../base/figures.ts';
import {reviewStandard, type StandardReview} from './log-standard-review.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {failureReason, type PartialFailure} from '../kit/partial-failure.ts';
import {type LogStandardData, options, type LogStandardOptions} from './types.ts';

function reasonOf({source, lines, shares, lacking}: StandardReview, {share}: LogStandardOptions): Reason {
	const least = share === 0.5 ? 'half' : formatPercent(share);
	const [first, ...rest] = lacking;
	if (first === undefined) return {status: 'ok', subject: source, text: `keeps the standard in ${plural(lines, 'line')}`};
	const said = [
		`${first} on ${formatPercent(shares[first])} of ${plural(lines, 'line')}`,
		...rest.map((part) => `${part} on ${formatPercent(shares[part])}`),
	];
	return {status: 'warning', subject: source, text: `${said.join(', ')}, should be on at least ${least}`};
}

function judge({reviews, failures}: LogStandardData, {id, options, now}: JudgeContext<LogStandardOptions>): Finding {
	const bad = reviews.filter(({lacking}) => lacking.length > 0);
	const reasons = [...reviews.map((review) => reasonOf(review, options)), ...failures.map(failureReason)];
	const unread = failures.length > 0 ? [`${plural(failures.length, 'container')} not read`] : [];
	if (reviews.length === 0) {
		const summary = ['no line to review', ...unread].join(', ');
		return finding({summary, short: `${label(id)} unknown`, reasons, none: 'unknown'});
	}
	const sources = plural(reviews.length, 'source');
	const said = bad.length === 0 ? `${sources} ${reviews.length === 1 ? 'keeps' : 'keep'} it` : `${bad.length} of ${sources} below it`;
	const lacks = someOf(bad.map(({source, lacking}) => `${source} lacks ${lacking.join(', ')}`));
	return finding({
		summary: [bad.length > 0 ? `${said}: ${lacks}` : said, ...unread].join(', '),
		short: `${label(id)} ${bad.length === 0 ? 'kept' : `${bad.length} of ${reviews.length} below`}`,
		reasons,
		evidence: bad.map((review) => ({
			id: `log-standard:${review.source}`,
			check: id,
			text: `${review.source} ${reasonOf(review, options).text}`,
			at: now,
		})),
	});
}

export const logStandard = defineCheck<LogStandardData, LogStandardOptions>({
	kind: 'log-standard',
	title: 'Log standard',
	why: 'A line without a level, a time, a request id or a structure cannot be found on the night it is needed.',
	tips: [
		'A source is a workload’s container. The share counts its newest lines, so a quiet source is judged by few.',
		'Missing request ids cost most: without them no line leads to the affected user or the next service.',
		'DEBUG is for programmers, INFO for what was done, WARN for what may become an error. ERROR is for every error, FATAL for what ends the program.',
		'A vendor’s program that cannot be taught belongs on `ignore`, not on a to-do list.',
	],
	serves: 'performance',
	cadence: 'weekly',
	runbook: 'log-standard',
	source: 'pod logs',
	options,
	everyMs: 3_600_000,
	timeoutMs: 30_000,
	configured: ({sources}) => sources.logs !== undefined,
	async read({sources, options, signal}) {
		if (!sources.logs) throw notConfigured('Log standard', '`sources: {kubernetes: {namespace: …}}`');
		const failures: PartialFailure[] = [];
		const lines = await sources.logs.recent({
			sinceSeconds: Math.ceil(options.window / 1000),
			tailLines: options.tailLines,
			podsPerController: options.pods,
			onSkipped: ({pod, container, error}) => failures.push({source: `${pod}/${container}`, message: error}),
			signal,
		});
		const reviews = reviewStandard(lines, options.share).filter(({source}) => !options.ignore.includes(source));
		return {reviews, failures};
	},
	judge,
});
