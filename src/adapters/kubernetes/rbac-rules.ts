/** What rounds asks of a cluster, and nothing more: the one list behind `rounds doctor` and `rounds rbac`. */
export interface Rule {
	/** API group; empty for the core group. */
	readonly group: string;
	readonly resource: string;
	readonly subresource?: string;
	readonly verbs: readonly ('get' | 'list' | 'watch')[];
	/** Nodes belong to no namespace. */
	readonly scope: 'namespace' | 'cluster';
	/** What stays empty without it. */
	readonly purpose: string;
	/** Without it the pods check cannot be made at all. */
	readonly isEssential?: boolean;
}

const follow = ['get', 'list', 'watch'] as const;
const read = ['get', 'list'] as const;

export const rules: readonly Rule[] = [
	{group: '', resource: 'pods', verbs: follow, scope: 'namespace', purpose: 'the pods', isEssential: true},
	{group: '', resource: 'pods', subresource: 'log', verbs: ['get'], scope: 'namespace', purpose: 'the pods’ logs'},
	{group: '', resource: 'events', verbs: follow, scope: 'namespace', purpose: 'warning events'},
	{group: '', resource: 'persistentvolumeclaims', verbs: follow, scope: 'namespace', purpose: 'volume space'},
	{group: 'apps', resource: 'deployments', verbs: follow, scope: 'namespace', purpose: 'releases and their images'},
	{group: 'apps', resource: 'replicasets', verbs: follow, scope: 'namespace', purpose: 'which release a pod belongs to'},
	{group: 'apps', resource: 'statefulsets', verbs: read, scope: 'namespace', purpose: 'logs by sts/NAME'},
	{group: 'apps', resource: 'daemonsets', verbs: read, scope: 'namespace', purpose: 'logs by ds/NAME'},
	{group: 'batch', resource: 'jobs', verbs: read, scope: 'namespace', purpose: 'logs by job/NAME'},
	{group: 'batch', resource: 'cronjobs', verbs: read, scope: 'namespace', purpose: 'logs by cronjob/NAME'},
	{group: '', resource: 'services', verbs: read, scope: 'namespace', purpose: 'logs by svc/NAME'},
	{group: 'metrics.k8s.io', resource: 'pods', verbs: read, scope: 'namespace', purpose: 'CPU and memory of the pods'},
	{group: '', resource: 'nodes', verbs: follow, scope: 'cluster', purpose: 'the state of the nodes'},
	{group: 'metrics.k8s.io', resource: 'nodes', verbs: read, scope: 'cluster', purpose: 'CPU and memory of the nodes'},
];

/** As RBAC and kubectl write it: `pods/log`. */
export function resourceName({resource, subresource}: Rule): string {
	return subresource === undefined ? resource : `${resource}/${subresource}`;
}

/** As a person reads it: `pods.metrics.k8s.io`. */
export function qualifiedName(rule: Rule): string {
	return rule.group === '' || rule.group === 'apps' || rule.group === 'batch' ? resourceName(rule) : `${resourceName(rule)}.${rule.group}`;
}
