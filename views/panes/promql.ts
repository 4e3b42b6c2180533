import {formatNumber} from '../../src/checks/format.ts';
import type {PromqlData} from '../../src/checks/promql.ts';
import type {Sample} from '../../src/ports.ts';
import {definePane} from './pane.ts';

const labelsOf = ({labels}: Sample) =>
	Object.entries(labels)
		.filter(([name]) => name !== '__name__')
		.map(([name, value]) => `${name}=${value}`)
		.join(' ') || 'value';

export const promql = definePane<PromqlData, Sample>({
	noun: ['sample', 'samples'],
	items: ({samples}) => samples,
	id: (sample) => `sample:${labelsOf(sample)}`,
	columns: [
		{title: 'OF', width: 24, grow: 1, drop: 0, cell: (sample) => ({text: labelsOf(sample)})},
		{title: 'VALUE', width: 12, align: 'right', drop: 0, cell: ({value}) => ({text: formatNumber(value)}), sort: ({value}) => -value},
	],
	search: labelsOf,
	url: (_sample, {url}) => url,
	copy: (sample) => `${labelsOf(sample)} ${sample.value}`,
	evidence: (sample) => `${labelsOf(sample)} is ${formatNumber(sample.value)}`,
	head: ({query}) => [{text: query, tone: 'dim'}],
	empty: () => 'the query answered with no data',
});
