/** Judges the share of 5xx and the slow endpoints against what is usual for this weekday and hour. Pure. */
import {type Baseline, isUnusual} from '../../base/baseline.ts';
import type {Evidence, Finding, JudgeContext, Reason} from '../kit/check.ts';
import {finding, label} from '../kit/finding.ts';
import {formatMs, formatNumber, formatPercent, plural} from '../../base/figures.ts';
import type {LogsData, LogsOptions, RouteFigures} from './types.ts';

/** Beyond this many (scaled) median deviations a value is unusual. */
const spreads = 4;

/** `Friday 08:00` in the machine's time zone: what the usual is the usual of. */
export function weekdayHour(at: number): string {
	const date = new Date(at);
	return `${date.toLocaleDateString('en', {weekday: 'long'})} ${String(date.getHours()).padStart(2, '0')}:00`;
}

function usualText(usual: Baseline, show: (value: number) => string, now: number): string {
	return usual.known ? `usual ${show(usual.median)} for a ${weekdayHour(now)}` : 'no history yet';
}

function burstReason(data: LogsData, {options, now}: JudgeContext<LogsOptions>): Reason {
	const {errorRatio, usualErrorRatio, lines} = data;
	if (errorRatio === undefined) {
		const text = lines
			? `none of ${plural(lines.read, 'line')} holds the status of a request`
			: 'no requests in Prometheus: look at the queries of this check in rounds.yaml';
		return {status: 'unknown', subject: '5xx', text};
	}
	const unusual =
		isUnusual(errorRatio, usualErrorRatio, {spreads, times: options.times, floor: options.warning}) ?? errorRatio >= options.warning;
	const status = errorRatio >= options.critical ? 'critical' : unusual ? 'warning' : 'ok';
	return {status, subject: '5xx', text: `${formatPercent(errorRatio)} of requests, ${usualText(usualErrorRatio, formatPercent, now)}`};
}

/** Where the 5xx come from, said only when one pod has most of them. */
export function whereFrom({pods}: Pick<LogsData, 'pods'>): string | undefined {
	const [top] = pods;
	if (!top || top.share < 0.6) return undefined;
	return top.share >= 0.99 ? `all from one pod ${top.pod}` : `${formatPercent(top.share)} from one pod ${top.pod}`;
}

/** Whether a route is slow: beyond the absolute floor, and beyond its own usual where that is known. */
export function isSlow({p95, usual}: RouteFigures, options: LogsOptions): boolean {
	return isUnusual(p95, usual, {spreads, times: options.times, floor: options.slow}) ?? p95 > options.slow;
}

function slowReason(route: RouteFigures, now: number): Reason {
	return {status: 'warning', subject: route.route, text: `p95 ${formatMs(route.p95)}, ${usualText(route.usual, formatMs, now)}`};
}

function evidenceOf(data: LogsData, slow: readonly RouteFigures[], context: JudgeContext<LogsOptions>): readonly Evidence[] {
	const {id, now} = context;
	const row = (key: string, text: string): Evidence => ({
		id: `logs:${key}`,
		check: id,
		text,
		...(data.url === undefined ? {} : {url: data.url}),
		at: now,
	});
	const burst = data.errorRatio === undefined ? [] : [row('5xx', `5xx ${burstReason(data, context).text}`)];
	const pods = data.pods.slice(0, 5).map(({pod, share}) => row(`pod/${pod}`, `${formatPercent(share)} of the 5xx come from ${pod}`));
	return [...burst, ...pods, ...slow.map((route) => row(`route/${route.route}`, `${route.route} ${slowReason(route, now).text}`))];
}

/** Judges requests and latency; without a request there is nothing to be green about. */
export function judgeLogs(data: LogsData, context: JudgeContext<LogsOptions>): Finding {
	const {id, options, now} = context;
	const burst = burstReason(data, context);
	const from = whereFrom(data);
	const slow = data.routes.filter((route) => isSlow(route, options));
	const reasons: Reason[] = [
		burst.status !== 'ok' && burst.status !== 'unknown' && from ? {...burst, text: `${burst.text}, ${from}`} : burst,
		...slow.map((route) => slowReason(route, now)),
	];
	if (data.routes.length === 0) reasons.push({status: 'ok', apart: true, subject: 'latency', text: 'no figures by route'});
	const traffic = data.requestsPerSecond === undefined ? [] : [`${formatNumber(data.requestsPerSecond)} requests/s`];
	const slowNote = slow.length > 0 ? [plural(slow.length, 'slow endpoint')] : [];
	const own = id === 'logs' ? '' : `${label(id)} `;
	if (data.errorRatio === undefined) {
		return finding({summary: `5xx unknown: ${burst.text}`, short: `${own}5xx unknown`, reasons, evidence: evidenceOf(data, slow, context)});
	}
	const {usualErrorRatio: usual} = data;
	const ratio = `5xx ${formatPercent(data.errorRatio)}`;
	return finding({
		summary: [
			`${ratio}, ${usualText(usual, formatPercent, now)}`,
			...(burst.status !== 'ok' && from ? [from] : []),
			...slowNote,
			...(burst.status === 'ok' ? traffic : []),
		].join(', '),
		short: [
			`${own}${ratio} (${usual.known ? `usual ${formatPercent(usual.median)}` : 'no history yet'})`,
			...(slow.length > 0 ? [`${slow.length} slow`] : []),
		].join(', '),
		reasons,
		evidence: evidenceOf(data, slow, context),
	});
}
