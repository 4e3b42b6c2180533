/** CPU, memory, volumes and database storage against their limits. */
import {judgeCapacity} from './judge.ts';
import {readCapacity} from './capacity-read.ts';
import {defineCheck} from '../kit/check.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {type CapacityData, options, type CapacityOptions} from './types.ts';

export const capacity = defineCheck<CapacityData, CapacityOptions>({
	kind: 'capacity',
	title: 'Capacity',
	why: 'Running out of memory, space or connections is the outage one can see coming.',
	tips: [
		'Memory near its limit ends in OOMKilled. CPU at its limit ends in slow answers. Raise memory, question CPU.',
		'A volume that is 80 % full and grows 1 % a day is a job for this week; 10 % a day is a job for now.',
		'Databases are the slowest to grow: autoscaling storage often may change only once in six hours.',
		'One pod high and the others low is a hot shard or a leak, not a lack of room.',
	],
	serves: 'performance',
	cadence: 'daily',
	runbook: 'capacity',
	source: 'Prometheus and metrics-server',
	options,
	everyMs: 60_000,
	timeoutMs: 20_000,
	configured: ({sources}) => sources.metrics !== undefined || sources.pods !== undefined,
	async read(context) {
		if (!context.sources.metrics && !context.sources.pods) {
			throw notConfigured('Capacity', '`sources: {prometheus: {url: …}}` or `sources: {kubernetes: {namespace: …}}`');
		}
		return readCapacity(context);
	},
	judge: judgeCapacity,
});
