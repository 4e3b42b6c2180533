/** How urgent a Sentry issue is: triaged or not, its severity, its spike. Pure; the pane orders its rows by it. */
import type {Issue} from '../../ports/issue-source.ts';

export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

export interface Spike {
	/** Events in the last full hour. */
	readonly lastHour: number;
	/** Median of the other full hours. */
	readonly usual: number;
}

export interface TriagedIssue {
	readonly issue: Issue;
	readonly severity: Severity;
	/** No one has taken it and no one has reviewed it. */
	readonly untriaged: boolean;
	/** First seen in the last 24 hours, or so marked. */
	readonly isNew: boolean;
	readonly spike?: Spike;
}

export interface SpikeRule {
	readonly spikeFactor: number;
	readonly spikeFloor: number;
	readonly criticalUsers: number;
}

const dayMs = 86_400_000;
/** Fewer full hours than this tell no usual. */
const fewestHours = 6;

/** The last full hour against the median of the others; the newest bucket is still filling and is dropped. */
export function spikeOf(hourly: readonly number[], {spikeFactor, spikeFloor}: SpikeRule): Spike | undefined {
	const full = hourly.slice(0, -1);
	const lastHour = full.at(-1);
	const others = full.slice(0, -1).sort((a, b) => a - b);
	if (lastHour === undefined || others.length < fewestHours) return undefined;
	const usual = others[Math.floor(others.length / 2)] ?? 0;
	return lastHour >= Math.max(spikeFloor, spikeFactor * usual) ? {lastHour, usual} : undefined;
}

function severityOf(issue: Issue, rule: SpikeRule, facts: {readonly isNew: boolean; readonly spiking: boolean}): Severity {
	const loud = issue.level === 'error' || issue.level === 'fatal' || issue.level === 'unknown';
	if (issue.level === 'fatal' || (loud && (facts.spiking || issue.substatus === 'escalating'))) return 'critical';
	if (facts.isNew && issue.priority === 'high' && issue.users >= rule.criticalUsers) return 'critical';
	if (issue.priority === 'high' || (loud && issue.substatus === 'regressed') || facts.spiking) return 'high';
	if (issue.priority === 'low' || ['warning', 'info', 'debug', 'sample'].includes(issue.level)) return 'low';
	return 'medium';
}

/**
 * Sentry's own words: `ongoing` has been reviewed; new, escalating and regressed ask for a look, until someone marks
 * the issue as reviewed and it leaves “For Review”. That it is not known to be there (undefined) is no review.
 */
export function triageOf(issue: Issue, rule: SpikeRule, now: number): TriagedIssue {
	const isNew = issue.substatus === 'new' || (issue.substatus === undefined && now - issue.firstSeen < dayMs);
	const spike = spikeOf(issue.hourly, rule);
	return {
		issue,
		isNew,
		untriaged: issue.assignee === undefined && issue.substatus !== 'ongoing' && issue.forReview !== false,
		severity: severityOf(issue, rule, {isNew, spiking: spike !== undefined}),
		...(spike ? {spike} : {}),
	};
}

/** Untriaged first, then by severity, then by how many users it hurts. */
export function orderIssues(issues: readonly Issue[], rule: SpikeRule, now: number): readonly TriagedIssue[] {
	return issues
		.map((issue) => triageOf(issue, rule, now))
		.sort(
			(a, b) =>
				Number(b.untriaged) - Number(a.untriaged) ||
				severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
				b.issue.users - a.issue.users ||
				b.issue.count - a.issue.count,
		);
}
