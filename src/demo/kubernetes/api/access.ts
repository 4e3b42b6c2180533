/** What the simulated token may do: exactly the least-privilege role, so that everything else is refused as in life. */
import type {V1SelfSubjectAccessReview} from '@kubernetes/client-node';

interface Rule {
	readonly group: string;
	readonly resources: readonly string[];
	readonly verbs: readonly string[];
}

const rules: readonly Rule[] = [
	{
		group: '',
		resources: ['pods', 'events', 'nodes', 'namespaces', 'persistentvolumeclaims'],
		verbs: ['get', 'list', 'watch'],
	},
	{group: '', resources: ['pods/log'], verbs: ['get']},
	{group: 'apps', resources: ['deployments', 'replicasets'], verbs: ['get', 'list', 'watch']},
	{group: 'apps', resources: ['statefulsets', 'daemonsets'], verbs: ['get', 'list']},
	{group: 'batch', resources: ['jobs', 'cronjobs'], verbs: ['get', 'list']},
	{group: '', resources: ['services'], verbs: ['get', 'list']},
	{group: 'metrics.k8s.io', resources: ['pods', 'nodes'], verbs: ['get', 'list']},
	{group: 'authorization.k8s.io', resources: ['selfsubjectaccessreviews'], verbs: ['create']},
];

export interface Access {
	readonly verb: string;
	readonly group: string;
	/** With its subresource: `pods/log`. */
	readonly resource: string;
}

export const isAllowed = ({verb, group, resource}: Access): boolean =>
	rules.some((rule) => rule.group === group && rule.resources.includes(resource) && rule.verbs.includes(verb));

/** The answer to "may I?". */
export const reviewAccess = (review: V1SelfSubjectAccessReview): V1SelfSubjectAccessReview => {
	const {verb = '', group = '', resource = '', subresource} = review.spec.resourceAttributes ?? {};
	const path = review.spec.nonResourceAttributes?.path;
	const allowed =
		path === undefined
			? isAllowed({verb, group, resource: subresource === undefined || subresource === '' ? resource : `${resource}/${subresource}`})
			: /^\/(version|healthz|livez|readyz|api|apis)/.test(path);
	return {
		kind: 'SelfSubjectAccessReview',
		apiVersion: 'authorization.k8s.io/v1',
		metadata: {},
		spec: review.spec,
		status: allowed
			? {allowed, reason: 'RBAC: allowed by ClusterRoleBinding "rounds" of ClusterRole "rounds" to ServiceAccount "rounds/checkout-prod"'}
			: {allowed},
	};
};
