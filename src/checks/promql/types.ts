/** What the check is set up with and what it reads. */
import * as z from 'zod';
import type {Sample} from '../../ports/metric-source.ts';
import {comparisonPattern} from '../kit/comparison.ts';
import {placeholders} from '../kit/queries.ts';

export interface PromqlData {
	readonly query: string;
	readonly samples: readonly Sample[];
	/** The same query in Prometheus’ own page. */
	readonly url: string;
}

const comparison = z.string().regex(comparisonPattern, 'a comparison such as > 100 or <= 0.5').optional();

export const options = z
	.strictObject({
		query: z.string().min(1).describe(`PromQL. ${placeholders}`),
		warning: comparison.describe('A warning where this is true, such as > 100'),
		critical: comparison.describe('Critical where this is true, such as > 500'),
		unit: z.string().default('').describe('Printed behind the figure: ms, MB, jobs; % prints a ratio of 0 to 1 as percent'),
	})
	.refine(({warning, critical}) => warning !== undefined || critical !== undefined, 'needs warning or critical, such as critical: "> 100"');

export type PromqlOptions = z.output<typeof options>;
