/** Small pods by hand: only what the test is about. */
import type {WirePod} from '../../../src/adapters/kubernetes/client/wire.ts';

type Status = NonNullable<WirePod['status']>;
type ContainerStatus = NonNullable<Status['containerStatuses']>[number];

export interface ContainerOptions extends Partial<Omit<ContainerStatus, 'name'>> {
	/** An init container that stays: a sidecar. */
	readonly sidecar?: boolean;
}

function status(name: string, {sidecar: _sidecar, ...options}: ContainerOptions): ContainerStatus {
	return {name, image: 'app:1', imageID: '', ready: false, restartCount: 0, ...options};
}

export const running: ContainerOptions = {ready: true, started: true, state: {running: {}}};

/** A pod `p` whose containers are c0, c1, …, its init containers i0, i1, …; phase Running unless told. */
export function pod(options: {
	readonly name?: string;
	readonly version?: string;
	readonly containers?: readonly ContainerOptions[];
	readonly init?: readonly ContainerOptions[];
	readonly phase?: string;
	readonly reason?: string;
	readonly conditions?: Status['conditions'];
	readonly deleted?: boolean;
	/** Name of the controller. */
	readonly controller?: string;
}): WirePod {
	const {
		name = 'p',
		version = '1',
		containers = [running],
		init = [],
		phase = 'Running',
		reason,
		conditions,
		deleted,
		controller,
	} = options;
	return {
		metadata: {
			name,
			uid: `uid-${name}`,
			namespace: 'shop',
			resourceVersion: version,
			creationTimestamp: '2026-11-20T08:00:00Z',
			...(controller === undefined
				? {}
				: {ownerReferences: [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: controller, uid: `uid-${controller}`, controller: true}]}),
			...(deleted ? {deletionTimestamp: '2026-11-20T08:30:00Z'} : {}),
		},
		spec: {
			containers: containers.map((_, index) => ({name: `c${index}`, image: 'app:1'})),
			initContainers: init.map(({sidecar}, index) => ({name: `i${index}`, image: 'init:1', ...(sidecar ? {restartPolicy: 'Always'} : {})})),
		},
		status: {
			phase,
			...(reason === undefined ? {} : {reason}),
			...(conditions === undefined ? {} : {conditions}),
			containerStatuses: containers.map((options, index) => status(`c${index}`, options)),
			initContainerStatuses: init.map((options, index) => status(`i${index}`, options)),
		},
	};
}
