/** What the cluster is to hold, before it becomes Kubernetes objects: pods, containers, and who owns them. */
import type {Life} from './life.ts';
import type {LoadLog} from './load-log.ts';

/** In what manner a container writes its log. */
export type LogStyle = 'api' | 'worker' | 'web' | 'service' | 'scheduler' | 'redis' | 'proxy' | 'job' | 'quiet';

export interface ContainerPlan {
	readonly name: string;
	readonly image: string;
	readonly life: Life;
	readonly logs: LogStyle;
	/** Writes as fast as the load asks, instead of in the manner of `logs`. */
	readonly load?: LoadLog;
	/** Millicores and MiB. */
	readonly requests: {readonly cpu: number; readonly memory: number};
	readonly limits: {readonly cpu: number; readonly memory: number};
	/** What it uses on average; millicores and MiB. */
	readonly usage: {readonly cpu: number; readonly memory: number};
	/** Memory climbs from `usage` to just under the limit during each run, until the kernel kills it. */
	readonly leaks?: boolean;
}

export interface PodPlan {
	readonly namespace: string;
	readonly name: string;
	readonly uid: string;
	readonly app: string;
	readonly version: string;
	readonly createdAt: number;
	/** When a finished pod is removed. */
	readonly deletedAt?: number;
	readonly node: string;
	readonly ip: string;
	readonly owner: {readonly apiVersion: string; readonly kind: string; readonly name: string; readonly uid: string};
	readonly labels: Readonly<Record<string, string>>;
	readonly restartPolicy: 'Always' | 'Never';
	readonly volumeClaim?: string;
	/** Ran once before the others, and ended well. */
	readonly setUp: readonly ContainerPlan[];
	/** Init containers with `restartPolicy: Always`. */
	readonly sidecars: readonly ContainerPlan[];
	readonly containers: readonly ContainerPlan[];
	/** True where what it answers with 5xx follows `story.errorRatio` from `story.burstAt` on. */
	readonly failing?: boolean;
}

export interface ReplicaSetPlan {
	readonly namespace: string;
	readonly name: string;
	readonly app: string;
	readonly uid: string;
	readonly hash: string;
	readonly version: string;
	readonly image: string;
	readonly revision: number;
	readonly replicas: number;
	readonly createdAt: number;
}

export interface DeploymentPlan {
	readonly namespace: string;
	readonly name: string;
	readonly uid: string;
	readonly replicas: number;
	readonly createdAt: number;
	/** Oldest first; the last one is the newest revision. */
	readonly replicaSets: readonly ReplicaSetPlan[];
	readonly containers: readonly {readonly name: string; readonly image: string}[];
}

export interface ClusterPlan {
	readonly pods: readonly PodPlan[];
	readonly deployments: readonly DeploymentPlan[];
	readonly nodes: readonly string[];
	readonly namespaces: readonly {readonly name: string; readonly createdAt: number}[];
	readonly claims: readonly {readonly namespace: string; readonly name: string; readonly createdAt: number; readonly sizeGi: number}[];
}

export const podKey = (pod: {readonly namespace: string; readonly name: string}): string => `${pod.namespace}/${pod.name}`;

export const containersOf = (pod: PodPlan): readonly ContainerPlan[] => [...pod.setUp, ...pod.sidecars, ...pod.containers];
