/** Every kind of object the API server serves: discovery, routes, selectors and printing all read this one table. */

export interface Resource {
	readonly name: string;
	readonly singular: string;
	readonly kind: string;
	readonly group: string;
	readonly version: string;
	readonly namespaced: boolean;
	readonly shortNames: readonly string[];
	/** Fields that a fieldSelector may name. */
	readonly fields: readonly string[];
}

const own = ['metadata.name', 'metadata.namespace'] as const;

export const resources: readonly Resource[] = [
	{
		name: 'pods',
		singular: 'pod',
		kind: 'Pod',
		group: '',
		version: 'v1',
		namespaced: true,
		shortNames: ['po'],
		fields: [
			...own,
			'spec.nodeName',
			'spec.restartPolicy',
			'spec.schedulerName',
			'spec.serviceAccountName',
			'spec.hostNetwork',
			'status.phase',
			'status.podIP',
			'status.nominatedNodeName',
		],
	},
	{
		name: 'events',
		singular: 'event',
		kind: 'Event',
		group: '',
		version: 'v1',
		namespaced: true,
		shortNames: ['ev'],
		fields: [
			...own,
			'involvedObject.kind',
			'involvedObject.namespace',
			'involvedObject.name',
			'involvedObject.uid',
			'involvedObject.apiVersion',
			'involvedObject.resourceVersion',
			'involvedObject.fieldPath',
			'reason',
			'reportingComponent',
			'source',
			'type',
		],
	},
	{
		name: 'nodes',
		singular: 'node',
		kind: 'Node',
		group: '',
		version: 'v1',
		namespaced: false,
		shortNames: ['no'],
		fields: ['metadata.name', 'spec.unschedulable'],
	},
	{
		name: 'namespaces',
		singular: 'namespace',
		kind: 'Namespace',
		group: '',
		version: 'v1',
		namespaced: false,
		shortNames: ['ns'],
		fields: ['metadata.name', 'status.phase'],
	},
	{
		name: 'persistentvolumeclaims',
		singular: 'persistentvolumeclaim',
		kind: 'PersistentVolumeClaim',
		group: '',
		version: 'v1',
		namespaced: true,
		shortNames: ['pvc'],
		fields: own,
	},
	{
		name: 'deployments',
		singular: 'deployment',
		kind: 'Deployment',
		group: 'apps',
		version: 'v1',
		namespaced: true,
		shortNames: ['deploy'],
		fields: own,
	},
	{
		name: 'replicasets',
		singular: 'replicaset',
		kind: 'ReplicaSet',
		group: 'apps',
		version: 'v1',
		namespaced: true,
		shortNames: ['rs'],
		fields: [...own, 'status.replicas'],
	},
];

export const findResource = (group: string, version: string, name: string): Resource | undefined =>
	resources.find((resource) => resource.group === group && resource.version === version && resource.name === name);

/** `v1`, `apps/v1`. */
export const apiVersionOf = (resource: Pick<Resource, 'group' | 'version'>): string =>
	resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
