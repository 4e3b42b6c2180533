/** Judges the blocks of each action by itself against its usual, and tells an attack from users locked out. Pure. */
import type {Status} from '../../base/status.ts';
import {isUnusual} from '../../base/baseline.ts';
import type {Evidence, Finding, JudgeContext, Reason} from '../kit/check.ts';
import {finding, label} from '../kit/finding.ts';
import {formatNumber, formatPercent, plural} from '../../base/figures.ts';
import type {ActionFigures, RateLimitsData, RateLimitsOptions} from './types.ts';

/** Beyond this many (scaled) median deviations a value is unusual. */
const spreads = 4;

/** `password_reset` is `password reset`. */
export function actionName(action: string): string {
	return action.replaceAll(/[_-]+/g, ' ');
}

/** How many times the usual; a usual of less than one block counts as one. */
export function timesUsual({blocks, usual}: ActionFigures): number | undefined {
	return blocks === undefined || !usual.known ? undefined : blocks / Math.max(usual.median, 1);
}

function statusOf(figures: ActionFigures, options: RateLimitsOptions): Status {
	const {blocks, requests, usual} = figures;
	if (blocks === undefined) return 'unknown';
	const unusual = isUnusual(blocks, usual, {spreads, times: options.times, floor: options.floor});
	if (unusual === undefined)
		return blocks > options.floor && requests !== undefined && blocks / requests >= options.blockRate ? 'warning' : 'ok';
	if (!unusual) return 'ok';
	return (timesUsual(figures) ?? 0) >= options.critical ? 'critical' : 'warning';
}

/** Few sources with many blocks each is an attack; many with few each are users. */
export function verdictOf({sources, topSources}: ActionFigures, {fewSources}: Pick<RateLimitsOptions, 'fewSources'>): string | undefined {
	if (sources === undefined || sources === 0) return undefined;
	const [top] = topSources;
	const most = top ? `, most from ${top.source} (${formatNumber(Math.round(top.blocks))})` : '';
	const looks = sources <= fewSources ? 'looks like an attack' : 'looks like users locked out';
	return `${plural(sources, 'source')}: ${looks}${most}`;
}

function textOf(figures: ActionFigures, options: RateLimitsOptions, status: Status): string {
	const {blocks, requests, usual} = figures;
	if (blocks === undefined) return 'no data: look at the queries and the actions of this check in rounds.yaml';
	const of = requests !== undefined && requests > 0 ? ` of ${formatNumber(requests)} requests (${formatPercent(blocks / requests)})` : '';
	const times = timesUsual(figures);
	const normal = usual.known
		? `usual ${formatNumber(Math.round(usual.median))}${status === 'ok' || times === undefined ? '' : `: ${formatNumber(Math.round(times))}x`}`
		: 'no history yet';
	const verdict = status === 'ok' ? undefined : verdictOf(figures, options);
	return [`${formatNumber(Math.round(blocks))} blocks${of} in the last hour`, normal, verdict].filter(Boolean).join(', ');
}

/** The action in one word for the ops log: `password_reset` is `reset`. */
function shortName(action: string): string {
	return /reset/i.test(action) ? 'reset' : actionName(action);
}

function evidenceOf({url, actions}: RateLimitsData, {id, options, now}: JudgeContext<RateLimitsOptions>): readonly Evidence[] {
	return actions.flatMap((figures) => [
		{
			id: `limit:${figures.action}`,
			check: id,
			text: `${actionName(figures.action)} ${textOf(figures, options, statusOf(figures, options))}`,
			url,
			at: now,
		},
		...figures.topSources.map(({source, blocks}) => ({
			id: `limit:${figures.action}/${source}`,
			check: id,
			text: `${source} blocked ${formatNumber(Math.round(blocks))} times at ${actionName(figures.action)} in the last hour`,
			url,
			at: now,
		})),
	]);
}

/** Judges every action; one without data is unknown, never green. */
export function judgeRateLimits(data: RateLimitsData, context: JudgeContext<RateLimitsOptions>): Finding {
	const {id, options} = context;
	const judged = data.actions.map((figures) => ({figures, status: statusOf(figures, options)}));
	const unusual = judged.filter(({status}) => status === 'warning' || status === 'critical');
	const unknown = judged.filter(({status}) => status === 'unknown').map(({figures}) => actionName(figures.action));
	const times = (figures: ActionFigures) => {
		const count = timesUsual(figures);
		return count === undefined ? `${formatNumber(Math.round(figures.blocks ?? 0))} blocked` : `${formatNumber(Math.round(count))}x`;
	};
	const missing = unknown.length > 0 ? [`no data for ${unknown.join(', ')}`] : [];
	const young = judged.some(({figures, status}) => status === 'ok' && !figures.usual.known);
	const calm = young ? 'no history yet' : 'as usual';
	const known = judged.length > unknown.length;
	const reasons: readonly Reason[] = judged.map(({figures, status}) => ({
		status,
		subject: actionName(figures.action),
		text: textOf(figures, options, status),
	}));
	const head =
		unusual.length > 0
			? unusual.map(({figures}) => `${actionName(figures.action)} ${times(figures)}${figures.usual.known ? ' the usual' : ''}`)
			: known
				? [`blocks ${calm}`]
				: [];
	return finding({
		summary: [...head, ...unusual.slice(0, 1).flatMap(({figures}) => verdictOf(figures, options) ?? []), ...missing].join(', '),
		short: [
			`${label(id)} ${unusual.length > 0 ? unusual.map(({figures}) => `${shortName(figures.action)} ${times(figures)}`).join(', ') : known ? calm : 'unknown'}`,
			...(known ? missing : []),
		].join(', '),
		reasons,
		evidence: evidenceOf(data, context),
		none: 'unknown',
	});
}
