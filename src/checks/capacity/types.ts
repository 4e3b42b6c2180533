/** What the check is set up with and what it reads. */
import * as z from 'zod';
import {capacityKinds, type CapacityKind} from './capacity-kinds.ts';
import type {PartialFailure} from '../kit/partial-failure.ts';
import {placeholders} from '../kit/queries.ts';

export interface Usage {
	readonly kind: CapacityKind;
	/** A pod, a volume claim, a database. */
	readonly name: string;
	/** Used share of the limit; 0.91 is 91 %. */
	readonly ratio: number;
	/** Millicores or bytes; absent where only the ratio is known. */
	readonly used?: number;
	readonly limit?: number;
}

export interface CapacityData {
	/** Fullest first within each kind. */
	readonly usages: readonly Usage[];
	/** Kinds that no source could tell, each with why. */
	readonly missing: readonly {readonly kind: CapacityKind; readonly why: string}[];
	readonly failures: readonly PartialFailure[];
	readonly url?: string;
}

const share = (fallback: number) => z.number().min(0).max(1).default(fallback);

export const options = z.strictObject({
	warning: share(0.8).describe('From this share of the limit on a warning'),
	critical: share(0.9).describe('Critical from this share of the limit. CPU is never more than a warning, as it slows but does not kill.'),
	cpu: z
		.string()
		.default(
			'sum by (pod)(rate(container_cpu_usage_seconds_total{namespace=~"$namespace",container!=""}[5m])) / sum by (pod)(kube_pod_container_resource_limits{namespace=~"$namespace",resource="cpu"})',
		)
		.describe(`PromQL: CPU by pod as a share of its limit. Used if the cluster has no metrics-server. ${placeholders}`),
	memory: z
		.string()
		.default(
			'sum by (pod)(container_memory_working_set_bytes{namespace=~"$namespace",container!=""}) / sum by (pod)(kube_pod_container_resource_limits{namespace=~"$namespace",resource="memory"})',
		)
		.describe('PromQL: memory by pod as a share of its limit. Used if the cluster has no metrics-server.'),
	volumes: z
		.string()
		.default('kubelet_volume_stats_used_bytes / kubelet_volume_stats_capacity_bytes')
		.describe('PromQL: used share of each volume. The label persistentvolumeclaim names it.'),
	databases: z
		.string()
		.default('max by (database)(database_storage_used_bytes / database_storage_capacity_bytes)')
		.describe('PromQL: used share of each database’s storage. The label database names it.'),
	kinds: z
		.array(z.enum(capacityKinds))
		.min(1)
		.optional()
		.describe('What must be there: a kind named here without data is unknown. Left out, all are tried and what has no data is only noted'),
});

export type CapacityOptions = z.output<typeof options>;
