import {formatNumber} from '../../src/base/figures.ts';
import {nameOf} from '../../src/checks/promql/judge.ts';
import type {PromqlData} from '../../src/checks/promql/types.ts';
import type {Sample} from '../../src/ports/metric-source.ts';
import {definePane} from '../kit/pane.ts';

export const promql = definePane<PromqlData, Sample>({
	noun: ['sample', 'samples'],
	items: ({samples}) => samples,
	id: (sample) => `sample:${nameOf(sample)}`,
	columns: [
		{title: 'OF', width: 24, grow: 1, drop: 0, cell: (sample) => ({text: nameOf(sample)})},
		{title: 'VALUE', width: 12, align: 'right', drop: 0, cell: ({value}) => ({text: formatNumber(value)}), sort: ({value}) => -value},
	],
	search: nameOf,
	url: (_sample, {url}) => url,
	copy: (sample) => `${nameOf(sample)} ${sample.value}`,
	isAbout: ({subject}, sample) => subject === nameOf(sample),
	evidence: (sample) => `${nameOf(sample)} is ${formatNumber(sample.value)}`,
	head: ({query}) => [{text: query, tone: 'dim'}],
	empty: () => 'the query answered with no data',
});
