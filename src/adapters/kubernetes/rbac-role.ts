/** The least-privilege role as a manifest for `kubectl apply -f -`. Pure. */
import {stringify} from 'yaml';
import {resourceName, rules, type Rule} from './rbac-rules.ts';

export interface RbacSubject {
	readonly kind: 'Group' | 'User' | 'ServiceAccount';
	readonly name: string;
	/** Of a ServiceAccount. */
	readonly namespace?: string;
}

const rbacGroup = 'rbac.authorization.k8s.io';

/** One entry per group and set of verbs, as a person would write it. */
function policyRules(scope: Rule['scope']) {
	const merged = new Map<string, {apiGroups: string[]; resources: string[]; verbs: string[]}>();
	for (const rule of rules.filter((rule) => rule.scope === scope)) {
		const key = `${rule.group} ${rule.verbs.join()}`;
		const entry = merged.get(key) ?? {apiGroups: [rule.group], resources: [], verbs: [...rule.verbs]};
		entry.resources.push(resourceName(rule));
		merged.set(key, entry);
	}
	return [...merged.values()];
}

function clusterRole(name: string, scope: Rule['scope']) {
	return {apiVersion: `${rbacGroup}/v1`, kind: 'ClusterRole', metadata: {name}, rules: policyRules(scope)};
}

function binding(options: {readonly name: string; readonly namespace?: string; readonly role: string; readonly subject: RbacSubject}) {
	const {name, namespace, role, subject} = options;
	return {
		apiVersion: `${rbacGroup}/v1`,
		kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
		metadata: namespace === undefined ? {name} : {name, namespace},
		roleRef: {apiGroup: rbacGroup, kind: 'ClusterRole', name: role},
		subjects: [
			subject.kind === 'ServiceAccount'
				? {kind: subject.kind, name: subject.name, namespace: subject.namespace ?? namespace ?? 'default'}
				: {apiGroup: rbacGroup, kind: subject.kind, name: subject.name},
		],
	};
}

/**
 * YAML documents: what rounds reads in a namespace, bound in each of `namespaces` only, and nodes, which belong to
 * none. `subject` is who walks the round; a group called `on-call` where absent.
 */
export function rbacManifest(options: {
	readonly namespaces: readonly string[];
	readonly name: string;
	readonly subject?: RbacSubject;
}): string {
	const {namespaces, name, subject = {kind: 'Group', name: 'on-call'}} = options;
	const documents = [
		clusterRole(name, 'namespace'),
		...namespaces.map((namespace) => binding({name, namespace, role: name, subject})),
		clusterRole(`${name}-nodes`, 'cluster'),
		binding({name: `${name}-nodes`, role: `${name}-nodes`, subject}),
	];
	const head = [
		'# What rounds reads of the cluster, and nothing more. It changes nothing.',
		`# Bound to the ${subject.kind.toLowerCase()} "${subject.name}": put those who walk the round there.`,
	];
	return `${head.join('\n')}\n${documents.map((document) => stringify(document, {lineWidth: 0})).join('---\n')}`;
}
