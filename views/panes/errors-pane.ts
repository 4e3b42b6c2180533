/** Sentry's issues of the last day: what no one has looked at yet first, then by severity, each with its hours. */
import type {ErrorsData, RatedIssue} from '../../src/checks/errors/types.ts';
import {formatAge, formatNumber} from '../../src/base/figures.ts';
import {severities} from '../../src/checks/errors/issue-triage.ts';
import {sparkline} from '../kit/sparkline-cells.ts';
import type {Tone} from '../kit/theme.ts';
import {definePane} from '../kit/pane.ts';

const order = ['escalating', 'regressed', 'new', 'ongoing'] as const;
const tones: Readonly<Record<string, Tone>> = {escalating: 'red', regressed: 'amber', new: 'amber'};

function rank({substatus}: RatedIssue): number {
	const index = order.findIndex((one) => one === substatus);
	return index < 0 ? order.length : index;
}

/** How much before an event is worth reading. */
const aroundMs = 5 * 60_000;

const severityTones: Readonly<Record<string, Tone>> = {critical: 'red', high: 'amber'};
const ranks: readonly string[] = severities;
/** As the check judged it; in a record that does not know, Sentry's own priority. */
const severityOf = ({severity, priority}: RatedIssue): string => severity ?? priority ?? '-';

export const errors = definePane<ErrorsData, RatedIssue>({
	noun: ['issue', 'issues'],
	items: ({issues}) => issues,
	id: ({id}) => `issue:${id}`,
	columns: [
		{title: 'STATE', width: 10, drop: 1, cell: ({substatus = '-'}) => ({text: substatus, tone: tones[substatus] ?? 'dim'}), sort: rank},
		{
			title: 'SEVERITY',
			width: 8,
			drop: 3,
			cell: (issue) => ({text: severityOf(issue), tone: severityTones[severityOf(issue)] ?? 'plain'}),
			sort: (issue) => ranks.indexOf(severityOf(issue)),
		},
		{title: 'ISSUE', width: 32, grow: 1, drop: 0, cell: ({title}) => ({text: title})},
		{title: 'EVENTS', width: 7, align: 'right', drop: 0, cell: ({count}) => ({text: formatNumber(count)}), sort: ({count}) => -count},
		{title: 'USERS', width: 6, align: 'right', drop: 2, cell: ({users}) => ({text: formatNumber(users)}), sort: ({users}) => -users},
		{
			title: 'LAST 24 H',
			width: 12,
			drop: 4,
			cell: ({hourly}, {theme}) => ({text: sparkline(theme, hourly, 12)}),
			sort: ({hourly}) => -(hourly.at(-1) ?? 0),
		},
		{
			title: 'SEEN',
			width: 8,
			align: 'right',
			drop: 5,
			cell: ({lastSeen}, {now}) => ({text: formatAge(now - lastSeen)}),
			sort: ({lastSeen}) => -lastSeen,
		},
		{title: 'ASSIGNEE', width: 12, drop: 6, cell: ({assignee}) => ({text: assignee ?? 'unassigned', tone: assignee ? 'plain' : 'dim'})},
	],
	search: ({title, culprit, shortId, project, level, substatus, assignee}) =>
		`${title} ${culprit ?? ''} ${shortId} ${project} ${level} ${substatus ?? ''} ${assignee ?? ''}`,
	// What led to the last event is before it.
	logs: ({lastSeen}) => ({selection: {from: lastSeen - aroundMs}, goTo: lastSeen}),
	url: ({url}) => url,
	outside: (issue) => ({kind: 'issue', issue}),
	copy: ({shortId, title, url}) => `${shortId} ${title} ${url}`,
	isAbout: ({subject}, {shortId}) => subject === shortId,
	evidence: ({shortId, title, count, users, substatus}) =>
		`${shortId} ${title}: ${formatNumber(count)} events, ${formatNumber(users)} users${substatus ? `, ${substatus}` : ''}`,
	details: ({shortId, culprit, project, firstSeen, unhandled}, {now}) => [
		['id', shortId],
		['where', culprit ?? 'unknown'],
		['project', project],
		['first seen', `${formatAge(now - firstSeen)} ago`],
		['handled', unhandled ? 'unhandled' : 'yes'],
	],
	head: ({truncated, issues, releasesMissing}) => [
		...(truncated ? [{text: `the first ${issues.length}, more in Sentry`, tone: 'amber'} as const] : []),
		...(releasesMissing === undefined ? [] : [{text: `no releases: ${releasesMissing}`, tone: 'dim'} as const]),
	],
	empty: () => 'no unresolved issue in the last 24 hours',
});
