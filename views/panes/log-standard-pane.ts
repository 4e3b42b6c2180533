import {formatNumber, formatPercent} from '../../src/base/figures.ts';
import type {StandardPart, StandardReview} from '../../src/checks/log-standard/log-standard-review.ts';
import type {LogStandardData} from '../../src/checks/log-standard/types.ts';
import {type Column, definePane} from '../kit/pane.ts';

function shareColumn(part: StandardPart, drop: number): Column<StandardReview> {
	return {
		title: part.toUpperCase(),
		width: 10,
		align: 'right',
		drop,
		cell: ({shares, lacking}) => ({text: formatPercent(shares[part]), tone: lacking.includes(part) ? 'amber' : 'plain'}),
		sort: ({shares}) => shares[part],
	};
}

const said = ({source, lacking}: StandardReview) =>
	lacking.length > 0 ? `${source} lacks ${lacking.join(', ')}` : `${source} meets the log standard`;

export const logStandard = definePane<LogStandardData, StandardReview>({
	noun: ['source', 'sources'],
	items: ({reviews}) => reviews,
	id: ({source}) => `log-standard:${source}`,
	columns: [
		{title: 'SOURCE', width: 16, grow: 1, max: 40, drop: 0, cell: ({source}) => ({text: source})},
		{
			title: 'LINES',
			width: 6,
			align: 'right',
			drop: 5,
			cell: ({lines}) => ({text: formatNumber(lines), tone: 'dim'}),
			sort: ({lines}) => -lines,
		},
		shareColumn('structure', 3),
		shareColumn('level', 1),
		shareColumn('timestamp', 2),
		shareColumn('request id', 0),
	],
	search: ({source, lacking}) => `${source} ${lacking.join(' ')}`,
	copy: said,
	isAbout: ({subject}, {source}) => subject === source,
	evidence: said,
	head: ({failures}) =>
		failures.length === 0 ? [] : [{text: `the lines of ${failures.length} containers could not be read`, tone: 'amber'}],
	empty: () => 'no container wrote a line in the window',
});
