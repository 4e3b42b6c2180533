/** An open kind: any PromQL, compared with thresholds. */
import {defineCheck} from '../kit/check.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {judgePromql} from './judge.ts';
import {fillQuery} from '../kit/queries.ts';
import {type PromqlData, options, type PromqlOptions} from './types.ts';

export const promql = defineCheck<PromqlData, PromqlOptions>({
	kind: 'promql',
	title: 'PromQL',
	why: 'One of your own figures stays within its range.',
	tips: [
		'No data is not zero: a renamed metric or a dead exporter gives an empty answer.',
		'Open the query and widen the range to a week before you judge one point.',
		'A threshold that was ignored three times is the wrong threshold.',
	],
	serves: 'performance',
	cadence: 'daily',
	runbook: 'promql',
	source: 'Prometheus',
	options,
	everyMs: 60_000,
	timeoutMs: 15_000,
	configured: () => false,
	async read(context) {
		const {metrics} = context.sources;
		if (!metrics) throw notConfigured('Prometheus', '`sources: {prometheus: {url: …}}`');
		const query = fillQuery(context.options.query, context);
		const samples = await metrics.query(query, {signal: context.signal});
		return {query, samples, url: `${metrics.url.replace(/\/$/, '')}/graph?g0.expr=${encodeURIComponent(query)}&g0.tab=0&g0.range_input=1d`};
	},
	judge: judgePromql,
});
