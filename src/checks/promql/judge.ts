/** Judges every sample of a team's own query; no sample, and NaN, is unknown. Pure. */
import type {Sample} from '../../ports/metric-source.ts';
import type {Status} from '../../base/status.ts';
import type {Finding, JudgeContext, Reason} from '../kit/check.ts';
import {holds} from '../kit/comparison.ts';
import {finding, label} from '../kit/finding.ts';
import {formatNumber, formatPercent, plural} from '../../base/figures.ts';
import type {PromqlData, PromqlOptions} from './types.ts';

function valueText({value}: Sample, unit: string): string {
	if (unit === '%') return formatPercent(value);
	return unit ? `${formatNumber(value)} ${unit}` : formatNumber(value);
}

/** Its labels: what tells it from the other samples. */
export function nameOf({labels}: Pick<Sample, 'labels'>): string {
	const telling = Object.entries(labels).filter(([key]) => key !== '__name__');
	return telling.map(([key, value]) => `${key}=${value}`).join(' ') || 'value';
}

function statusOf({value}: Sample, options: PromqlOptions): Status {
	if (Number.isNaN(value)) return 'unknown';
	if (holds(options.critical, value)) return 'critical';
	return holds(options.warning, value) ? 'warning' : 'ok';
}

function reasonOf(sample: Sample, options: PromqlOptions): Reason {
	const status = statusOf(sample, options);
	const subject = nameOf(sample);
	if (status === 'unknown') return {status, subject, text: 'NaN: there is nothing to count'};
	const limits = [options.warning && `warning ${options.warning.trim()}`, options.critical && `critical ${options.critical.trim()}`].filter(
		Boolean,
	);
	return {status, subject, text: `${valueText(sample, options.unit)}, ${limits.join(', ')}`};
}

/** Judges the answer; an empty vector means no data and not 0. */
export function judgePromql({samples, query, url}: PromqlData, {id, options}: JudgeContext<PromqlOptions>): Finding {
	if (samples.length === 0) {
		const reason: Reason = {status: 'unknown', subject: 'Prometheus', text: `no data for ${query}`};
		return finding({summary: 'no data: the answer is empty, which is not 0', short: `${label(id)} no data`, reasons: [reason]});
	}
	const judged = samples.map((sample) => ({sample, reason: reasonOf(sample, options)}));
	const bad = judged.filter(({reason}) => reason.status !== 'ok');
	const [only] = samples;
	const single = samples.length === 1 && only ? valueText(only, options.unit) : undefined;
	const limits = [options.warning && `warning ${options.warning.trim()}`, options.critical && `critical ${options.critical.trim()}`]
		.filter(Boolean)
		.join(', ');
	return finding({
		summary:
			single === undefined
				? bad.length > 0
					? `${bad.length} of ${samples.length} beyond their limits`
					: `${plural(samples.length, 'value')} within limits`
				: `${single}, ${limits}`,
		short: `${label(id)} ${single ?? (bad.length > 0 ? `${bad.length}/${samples.length}` : `${samples.length}/${samples.length}`)}`,
		reasons: judged.map(({reason}) => reason),
		evidence: judged.map(({sample, reason}) => ({
			id: `sample:${nameOf(sample)}`,
			check: id,
			text: `${nameOf(sample)} ${reason.text}`,
			url,
			at: sample.at,
		})),
	});
}
