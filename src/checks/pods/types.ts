/** What the check is set up with and what it reads. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {PodList} from '../../ports/pod-source.ts';
import {placeholders} from '../kit/queries.ts';

/** Restart counts of an earlier look, by pod uid, to tell a rate from a total. */
export interface EarlierRestarts {
	/** Epoch milliseconds. */
	readonly at: number;
	readonly restarts: ReadonlyMap<string, number>;
}

export interface PodsData {
	readonly list: PodList;
	/** The oldest look of the last hour while this round watches. */
	readonly earlier?: EarlierRestarts;
	/** Restarts in the last hour by pod name, from Prometheus where kube-state-metrics is scraped. */
	readonly restartsLastHour?: ReadonlyMap<string, number>;
}

export const options = z.strictObject({
	restarts: z.number().int().positive().default(3).describe('This many restarts within the window are too many'),
	window: duration.prefault('1h').describe('The window of the restart rate'),
	died: duration.prefault('24h').describe('A container killed for memory this recently is a warning, although it runs again'),
	events: z.number().int().positive().default(3).describe('A warning event seen this many times is a warning'),
	memory: z.number().min(0).max(1).default(0.9).describe('Warn when memory reaches this share of its limit'),
	cpu: z.number().min(0).max(1).default(0.95).describe('Warn when CPU reaches this share of its limit'),
	starting: duration.prefault('5m').describe('How long a pod may take to become ready before it is a warning'),
	restartsQuery: z
		.string()
		.default('sum by (pod) (increase(kube_pod_container_status_restarts_total{namespace=~"$namespace"}[1h]))')
		.describe(`PromQL for the restarts of the last hour by pod. Used if Prometheus is configured. ${placeholders}`),
});

export type PodsOptions = z.output<typeof options>;
