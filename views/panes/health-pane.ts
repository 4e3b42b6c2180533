import {formatMs} from '../../src/base/figures.ts';
import {subjectOf} from '../../src/checks/health/judge.ts';
import type {HealthData, HealthProbe} from '../../src/checks/health/types.ts';
import type {Tone} from '../kit/theme.ts';
import {byRank, definePane} from '../kit/pane.ts';

/** One row is an URL, or a dependency that its body names. */
type Row =
	| {readonly kind: 'probe'; readonly probe: HealthProbe}
	| {readonly kind: 'dependency'; readonly probe: HealthProbe; readonly name: string; readonly state: string; readonly said: string};

const states: Readonly<Record<string, Tone>> = {ok: 'green', degraded: 'amber', down: 'red', unknown: 'amber'};

function rowsOf(probe: HealthProbe): readonly Row[] {
	return [
		{kind: 'probe', probe},
		...probe.dependencies.map(({name, state, said}) => ({kind: 'dependency' as const, probe, name, state, said})),
	];
}

function trouble({answer, dependencies}: HealthProbe): number {
	if (answer.status !== 200) return 0;
	return dependencies.some(({state}) => state !== 'ok') ? 1 : 2;
}

function said(row: Row): {text: string; tone: Tone} {
	if (row.kind === 'dependency') return {text: row.said, tone: states[row.state] ?? 'amber'};
	const {status, error} = row.probe.answer;
	if (status === undefined) return {text: error ?? 'no answer', tone: 'red'};
	return {text: String(status), tone: status === 200 ? 'green' : 'red'};
}

const nameOf = (row: Row) => (row.kind === 'probe' ? row.probe.name : row.name);
const days = ({certificateDaysLeft}: HealthProbe['answer']) => certificateDaysLeft;

export const health = definePane<HealthData, Row>({
	noun: ['answer', 'answers'],
	items: ({probes}) => byRank(probes, trouble).flatMap(rowsOf),
	id: (row) => `health:${row.probe.environment}/${row.probe.url}${row.kind === 'dependency' ? `#${row.name}` : ''}`,
	columns: [
		{title: 'ENVIRONMENT', width: 12, drop: 1, cell: (row) => ({text: row.kind === 'probe' ? row.probe.environment : ''})},
		{
			title: 'WHAT',
			width: 14,
			grow: 1,
			drop: 0,
			cell: (row) => ({text: row.kind === 'probe' ? nameOf(row) : `  ${nameOf(row)}`, tone: row.kind === 'probe' ? 'plain' : 'dim'}),
		},
		{title: 'ANSWER', width: 16, drop: 0, cell: said},
		{
			title: 'TOOK',
			width: 8,
			align: 'right',
			drop: 2,
			cell: (row) => ({text: row.kind === 'probe' ? formatMs(row.probe.answer.latencyMs) : ''}),
			sort: (row) => -row.probe.answer.latencyMs,
		},
		{title: 'VERSION', width: 10, drop: 3, cell: (row) => ({text: row.kind === 'probe' ? (row.probe.version ?? '') : '', tone: 'dim'})},
		{
			title: 'CERTIFICATE',
			width: 11,
			align: 'right',
			drop: 4,
			cell: (row) => {
				const left = row.kind === 'probe' ? days(row.probe.answer) : undefined;
				return left === undefined ? {text: ''} : {text: `${left} d left`, tone: left <= 14 ? 'amber' : 'plain'};
			},
			sort: (row) => days(row.probe.answer) ?? Number.MAX_SAFE_INTEGER,
		},
	],
	search: (row) => `${row.probe.environment} ${nameOf(row)} ${row.probe.url} ${said(row).text}`,
	url: (row) => row.probe.url,
	copy: (row) => row.probe.url,
	isAbout: ({subject, text}, row) => subject === subjectOf(row.probe) && (row.kind === 'probe' || text.includes(`${row.name} ${row.said}`)),
	// The address goes with it as its link.
	evidence: (row) =>
		row.kind === 'probe'
			? `${subjectOf(row.probe)} ${said(row).text} in ${formatMs(row.probe.answer.latencyMs)}`
			: `${subjectOf(row.probe)}: ${row.name} ${row.said}`,
	details: (row) => [
		['url', row.probe.url],
		['body', row.probe.answer.body ?? 'none'],
	],
	empty: () => 'no health URL is configured',
});
