/** Judges how full things are against their limits. Pure. */
import type {Status} from '../../base/status.ts';
import {type CapacityKind, capacityKinds} from './capacity-kinds.ts';
import type {CapacityData, CapacityOptions, Usage} from './types.ts';
import type {Finding, JudgeContext, Reason} from '../kit/check.ts';
import {finding, label} from '../kit/finding.ts';
import {formatBytes, formatPercent} from '../../base/figures.ts';
import {failureReason} from '../kit/partial-failure.ts';

/** As they are in its reasons. */
export const kindNames: Record<CapacityKind, string> = {cpu: 'CPU', memory: 'memory', volume: 'volume', database: 'database'};

function statusOf({kind, ratio}: Usage, {warning, critical}: CapacityOptions): Status {
	if (ratio >= critical) return kind === 'cpu' ? 'warning' : 'critical';
	return ratio >= warning ? 'warning' : 'ok';
}

function amount({kind, used, limit}: Usage): string {
	if (used === undefined || limit === undefined) return '';
	return kind === 'cpu' ? ` (${Math.round(used)}m of ${Math.round(limit)}m)` : ` (${formatBytes(used)} of ${formatBytes(limit)})`;
}

function textOf(usage: Usage, options: CapacityOptions): string {
	const limits =
		usage.kind === 'cpu'
			? `warning from ${formatPercent(options.warning)}`
			: `warning from ${formatPercent(options.warning)}, critical from ${formatPercent(options.critical)}`;
	return `${kindNames[usage.kind]} ${formatPercent(usage.ratio)}${amount(usage)}, ${limits}`;
}

function missingReason({kind, why}: CapacityData['missing'][number], options: CapacityOptions): Reason {
	const reason = {subject: kindNames[kind], text: `no data: ${why}`};
	// What is not known is never green, also where no one asked for it.
	return options.kinds?.includes(kind) ? {status: 'unknown', ...reason} : {status: 'ok', apart: true, ...reason};
}

/** Judges each usage; a kind that was asked for and has no data is unknown, and so is a reading without any. */
export function judgeCapacity(data: CapacityData, context: JudgeContext<CapacityOptions>): Finding {
	const {id, options, now} = context;
	const full = data.usages.filter((usage) => statusOf(usage, options) !== 'ok').sort((a, b) => b.ratio - a.ratio);
	const missing = data.missing.map((one) => missingReason(one, options));
	const [fullest] = full;
	const highest = capacityKinds.flatMap((kind) => {
		const top = data.usages.find((usage) => usage.kind === kind);
		return top ? [`${kindNames[kind]} ${formatPercent(top.ratio)}`] : [];
	});
	const name = ({kind, name, ratio}: Usage) => `${kindNames[kind]} ${formatPercent(ratio)} (${name})`;
	const none = data.usages.length === 0;
	const more = full.length > 2 ? [`${full.length - 2} more`] : [];
	return finding({
		summary: none
			? 'no data on anything that can run full'
			: fullest
				? [...full.slice(0, 2).map(name), ...more].join(', ')
				: `highest ${highest.join(', ')}`,
		short: `${label(id)} ${none ? 'unknown' : fullest ? [name(fullest), ...(full.length > 1 ? [`${full.length - 1} more`] : [])].join(', ') : `max ${formatPercent(Math.max(...data.usages.map(({ratio}) => ratio)))}`}`,
		reasons: [
			...full.map((usage) => ({status: statusOf(usage, options), subject: usage.name, text: textOf(usage, options)})),
			...data.failures.map(failureReason),
			...(none ? missing.map(({subject, text}) => ({status: 'unknown' as const, subject, text})) : missing),
		],
		evidence: (fullest ? full : data.usages.slice(0, 5)).map((usage) => ({
			id: `capacity:${usage.kind}/${usage.name}`,
			check: id,
			text: `${usage.name} ${textOf(usage, options)}`,
			...(data.url === undefined ? {} : {url: data.url}),
			at: now,
		})),
		none: none ? 'unknown' : 'ok',
	});
}
