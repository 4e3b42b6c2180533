/** Anything the cluster holds: what it is at a time, and when it will next be something else. */
import type {KubernetesObject} from '@kubernetes/client-node';

export interface Entity {
	readonly resource: string;
	/** Undefined while it does not exist. */
	readonly at: (time: number) => KubernetesObject | undefined;
	/** The first time after `time` at which `at` differs; Infinity where it never will. */
	readonly nextChange: (time: number) => number;
}

/** An object that never changes. */
export const fixedEntity = (resource: string, object: KubernetesObject): Entity => ({
	resource,
	at: () => object,
	nextChange: () => Infinity,
});
