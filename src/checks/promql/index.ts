/** An open kind: any PromQL, compared with thresholds. */
import * as z from 'zod';
import type {Sample} from '../../ports/metric-source.ts';
import {defineCheck} from '../kit/check.ts';
import {comparisonPattern} from '../kit/comparison.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {judgePromql} from './judge.ts';
import {fillQuery, placeholders} from '../kit/queries.ts';

export interface PromqlData {
	readonly query: string;
	readonly samples: readonly Sample[];
	/** The same query in Prometheus’ own page. */
	readonly url: string;
}

const comparison = z.string().regex(comparisonPattern, 'a comparison such as > 100 or <= 0.5').optional();

const options = z
	.strictObject({
		query: z.string().min(1).describe(`PromQL. ${placeholders}`),
		warning: comparison.describe('A warning where this is true, such as > 100'),
		critical: comparison.describe('Critical where this is true, such as > 500'),
		unit: z.string().default('').describe('Printed behind the figure: ms, MB, jobs; % prints a ratio of 0 to 1 as percent'),
	})
	.refine(({warning, critical}) => warning !== undefined || critical !== undefined, 'needs warning or critical, such as critical: "> 100"');
export type PromqlOptions = z.output<typeof options>;

export const promql = defineCheck<PromqlData, PromqlOptions>({
	kind: 'promql',
	title: 'PromQL',
	why: 'A figure of the team’s own stays where it should be.',
	tips: [
		'No data is not zero: a renamed metric or a dead exporter gives an empty answer.',
		'Open the query and widen the range to a week before you judge one point.',
		'A threshold nobody acted on three times is the wrong threshold.',
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
