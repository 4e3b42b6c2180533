import {formatAge} from '../../src/base/figures.ts';
import type {SecurityData} from '../../src/checks/security/types.ts';
import type {Build, Vulnerability} from '../../src/ports/repository-source.ts';
import type {Tone} from '../kit/theme.ts';
import {byRank, definePane} from '../kit/pane.ts';

type Row = ({readonly kind: 'build'} & Build) | ({readonly kind: 'vulnerability'} & Vulnerability);

const severities = ['critical', 'high', 'medium', 'low'] as const;
const bad = (row: Row) => (row.kind === 'build' ? ['failure', 'timed_out', 'startup_failure'].includes(row.conclusion) : true);
const rank = (row: Row) => (row.kind === 'build' ? (bad(row) ? 0 : 6) : 1 + severities.indexOf(row.severity));
const word = (row: Row) => (row.kind === 'build' ? row.conclusion : row.severity);
const name = (row: Row) => (row.kind === 'build' ? `${row.workflow} on ${row.branch}` : `${row.package}: ${row.summary}`);
const when = (row: Row) => (row.kind === 'build' ? row.at : row.createdAt);

function tone(row: Row): Tone {
	if (row.kind === 'build') return bad(row) ? 'red' : 'green';
	return row.severity === 'critical' || row.severity === 'high' ? 'red' : 'amber';
}

export const security = definePane<SecurityData, Row>({
	noun: ['item', 'items'],
	items: ({vulnerabilities, builds}) =>
		byRank<Row>(
			[
				...builds.map((build) => ({kind: 'build' as const, ...build})),
				...vulnerabilities.map((one) => ({kind: 'vulnerability' as const, ...one})),
			],
			rank,
		),
	id: (row) =>
		row.kind === 'build'
			? `build:${row.repository}/${row.workflow}/${row.branch}`
			: `vulnerability:${row.repository}/${row.id}/${row.package}`,
	isAbout: ({subject, text}, row) =>
		row.kind === 'build'
			? subject === row.repository && text.startsWith(`${row.workflow} on ${row.branch} `)
			: subject === row.package && text.includes(` ${row.id},`),
	columns: [
		{title: 'STATE', width: 9, drop: 0, cell: (row) => ({text: word(row), tone: tone(row)}), sort: rank},
		{title: 'WHAT', width: 20, grow: 2, drop: 0, cell: (row) => ({text: name(row)})},
		{title: 'REPOSITORY', width: 16, grow: 1, drop: 2, cell: ({repository}) => ({text: repository, tone: 'dim'})},
		{
			title: 'SINCE',
			width: 9,
			align: 'right',
			drop: 1,
			cell: (row, {now}) => ({text: formatAge(now - when(row))}),
			sort: (row) => -when(row),
		},
	],
	search: (row) => `${name(row)} ${row.repository} ${word(row)}`,
	url: ({url}) => url,
	variables: (row) => ({REPOSITORY: row.repository, ...(row.kind === 'build' ? {BRANCH: row.branch} : {PACKAGE: row.package})}),
	copy: ({url}) => url,
	evidence: (row) => `${row.repository} ${name(row)} ${word(row)}`,
	details: (row) => [
		['repository', row.repository],
		['url', row.url],
	],
	empty: ({repositories}) => `no build and no open vulnerability in ${repositories.join(', ')}`,
});
