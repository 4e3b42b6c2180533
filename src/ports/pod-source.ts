/** Pods and their warning events. */
import type {Liveness} from './liveness.ts';

export interface Termination {
	/** `OOMKilled`, `Error`, `Completed`, … */
	readonly reason: string;
	readonly exitCode: number;
	readonly finishedAt?: number | undefined;
}

export interface Container {
	readonly name: string;
	readonly image: string;
	readonly restarts: number;
	readonly waiting?: {readonly reason: string; readonly message?: string | undefined} | undefined;
	readonly lastTermination?: Termination | undefined;
	readonly cpuRequest?: number | undefined;
	readonly cpuLimit?: number | undefined;
	readonly memoryRequest?: number | undefined;
	readonly memoryLimit?: number | undefined;
	/** From metrics.k8s.io; absent without a metrics-server. */
	readonly cpu?: number | undefined;
	readonly memory?: number | undefined;
}

/** A pod as `kubectl get pods` judges it (printPod), plus what kubectl hides. */
export interface Pod {
	readonly namespace: string;
	readonly name: string;
	readonly uid: string;
	/** READY column, `1/2`. */
	readonly ready: string;
	/** STATUS column. */
	readonly status: string;
	readonly restarts: number;
	/** The date behind `(38s ago)`; absent where kubectl prints none. */
	readonly lastRestartAt?: number | undefined;
	readonly createdAt?: number | undefined;
	readonly node?: string | undefined;
	/** Controller, `ReplicaSet/api-54fb9`. */
	readonly owner?: string | undefined;
	readonly labels: Readonly<Record<string, string>>;
	readonly containers: readonly Container[];
}

export interface WarningEvent {
	readonly namespace: string;
	/** `Pod/api-54fb9-n4vkg`. */
	readonly object: string;
	readonly reason: string;
	readonly message: string;
	readonly count: number;
	readonly lastSeen: number;
}

export interface PodList {
	readonly context: string;
	readonly namespace: string;
	readonly pods: readonly Pod[];
	/** False while further pages are on their way. */
	readonly complete: boolean;
	readonly warnings: readonly WarningEvent[];
	/** One sentence where the warning events could not be read, or not all of them. */
	readonly warningsMissing?: string | undefined;
	/** `available`, or one sentence why CPU and memory are missing. */
	readonly metrics: 'available' | {readonly missing: string};
}

export interface PodSource {
	readonly list: (signal: AbortSignal) => Promise<PodList>;
	/** Lists, then follows changes until `stop`; reconnects by itself with back-off. `onList` is called at most ~10 times a second. */
	readonly watch: (handlers: {
		readonly onList: (list: PodList) => void;
		readonly onLiveness: (liveness: Liveness) => void;
		readonly onError: (error: Error) => void;
	}) => {readonly stop: () => void};
}
