/** Judges Sentry's unresolved issues: what no one triaged is at least a warning, critical severity is critical. Pure. */
import type {Status} from '../../base/status.ts';
import type {Evidence, Finding, JudgeContext, Reason} from '../kit/check.ts';
import type {ErrorsData, ErrorsOptions} from './types.ts';
import {finding, label} from '../kit/finding.ts';
import {formatNumber, plural} from '../../base/figures.ts';
import {orderIssues, type TriagedIssue} from './issue-triage.ts';

function statusOf({untriaged, severity, spike}: TriagedIssue): Status {
	if (untriaged) return severity === 'critical' ? 'critical' : 'warning';
	// Someone has it; that it burns is still worth a look.
	return severity === 'critical' || spike ? 'warning' : 'ok';
}

function textOf({issue, severity, isNew, spike}: TriagedIssue): string {
	const kind = issue.substatus ?? (isNew ? 'new' : 'unresolved');
	return [
		issue.title,
		severity,
		kind,
		...(spike ? [`${formatNumber(spike.lastHour)} in the last full hour, usual ${formatNumber(spike.usual)}`] : []),
		plural(issue.count, 'event'),
		plural(issue.users, 'user'),
		issue.assignee === undefined ? 'unassigned' : `with ${issue.assignee}`,
	].join(', ');
}

function evidenceOf(triaged: TriagedIssue, {id}: JudgeContext<ErrorsOptions>): Evidence {
	const {issue} = triaged;
	return {id: `issue:${issue.id}`, check: id, text: `${issue.shortId} ${textOf(triaged)}`, url: issue.url, at: issue.lastSeen};
}

/** Judges the issues; no unresolved issue at all is a good answer and not a missing one. */
export function judgeErrors({issues, truncated, url}: ErrorsData, context: JudgeContext<ErrorsOptions>): Finding {
	const {id, options, now} = context;
	const ordered = orderIssues(issues, options, now);
	const untriaged = ordered.filter((one) => one.untriaged);
	const count = (text: string, matches: (one: TriagedIssue) => boolean, of: readonly TriagedIssue[] = untriaged) => {
		const found = of.filter(matches).length;
		return found > 0 ? [`${found} ${text}`] : [];
	};
	const notes = [
		...count('new', ({isNew}) => isNew),
		...count('regressed', ({issue}) => issue.substatus === 'regressed'),
		...count('critical', ({severity}) => severity === 'critical'),
	];
	const reasons: Reason[] = ordered.map((one) => ({status: statusOf(one), subject: one.issue.shortId, text: textOf(one)}));
	if (truncated) {
		reasons.push({status: 'warning', subject: 'Sentry', text: `only the first ${issues.length} issues were read. The rest are in ${url}`});
	}
	const spiking = count('spiking', ({spike}) => spike !== undefined, ordered);
	const summary =
		untriaged.length > 0
			? `${untriaged.length} untriaged: ${[...notes, ...spiking].join(', ') || 'all old'}`
			: [issues.length === 0 ? 'nothing unresolved in 24 h' : `all ${issues.length} triaged`, ...spiking].join(', ');
	return finding({
		summary,
		short: `${label(id)} ${untriaged.length > 0 ? notes.join(', ') || `${untriaged.length} untriaged` : ['all triaged', ...spiking].join(', ')}`,
		reasons,
		evidence: ordered.map((one) => evidenceOf(one, context)),
	});
}
