import {expect, test} from 'vitest';
import {parseAllDocuments} from 'yaml';
import {kubernetesDoctor} from '../../../src/adapters/kubernetes/cluster-doctor.ts';
import {rbacManifest} from '../../../src/adapters/kubernetes/rbac-role.ts';
import {rules} from '../../../src/adapters/kubernetes/rbac-rules.ts';
import {type Answer, realClock, sendJson, sendStatus, soon, startCluster} from './fake-cluster.ts';

interface Attributes {
	readonly namespace?: string;
	readonly verb: string;
	readonly group?: string;
	readonly resource: string;
	readonly subresource?: string;
}

/** A cluster that allows what `allows` says; `asked` keeps the questions. */
function reviewing(allows: (attributes: Attributes) => boolean, asked: Attributes[] = []): Answer {
	return (request, response) => {
		const {pathname} = request.target;
		if (pathname === '/version') return sendJson(response, {gitVersion: 'v1.34.2'});
		if (pathname === '/api/v1/namespaces/shop') return sendJson(response, {kind: 'Namespace'});
		if (pathname !== '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews') return sendStatus(response, 404, 'no');
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			const {resourceAttributes} = (JSON.parse(body) as {spec: {resourceAttributes: Attributes}}).spec;
			asked.push(resourceAttributes);
			sendJson(response, {status: {allowed: allows(resourceAttributes)}}, 201);
		});
	};
}

async function doctor(answer: Answer) {
	await using cluster = await startCluster(answer);
	return await kubernetesDoctor({kubeconfig: cluster.kubeconfig, namespace: 'shop', clock: realClock, signal: soon()});
}

test('asks for every verb of every rule, with group, subresource and namespace', async () => {
	const asked: Attributes[] = [];
	const lines = await doctor(reviewing(() => true, asked));
	expect(lines[0]).toMatchObject({status: 'ok', text: expect.stringContaining('v1.34.2')});
	expect(lines.filter(({status}) => status !== 'ok').map(({subject}) => subject)).toEqual(['Kubernetes (eu-1) metrics-server']);
	expect(asked).toHaveLength(rules.reduce((sum, {verbs}) => sum + verbs.length, 0));
	expect(asked).toContainEqual({namespace: 'shop', verb: 'get', resource: 'pods', subresource: 'log'});
	expect(asked).toContainEqual({namespace: 'shop', verb: 'list', group: 'metrics.k8s.io', resource: 'pods'});
	expect(asked).toContainEqual({verb: 'watch', resource: 'nodes'});
});

test('says what is missing and how to get it; pods are essential', async () => {
	const lines = await doctor(
		reviewing(({resource, verb, group}) => (group === undefined && resource === 'pods' ? verb !== 'watch' : resource !== 'events')),
	);
	expect(lines.find(({subject}) => subject.endsWith(' pods'))).toMatchObject({
		status: 'critical',
		text: 'may not watch pods in namespace shop: the pods will be missing',
		advice: '`rounds rbac` prints the role to apply',
	});
	expect(lines.find(({subject}) => subject.endsWith(' events'))).toMatchObject({
		status: 'warning',
		text: expect.stringContaining('get, list, watch events'),
	});
	expect(lines.find(({subject}) => subject.endsWith(' deployments'))).toMatchObject({status: 'ok'});
});

test('a cluster that does not accept us is one line; a review that fails is unknown, not allowed', async () => {
	expect(await doctor((_, response) => sendStatus(response, 401, 'Unauthorized'))).toMatchObject([
		{status: 'unknown', text: expect.stringContaining('does not accept the credential')},
	]);
	const lines = await doctor((request, response) =>
		request.target.pathname === '/version' ? sendJson(response, {gitVersion: 'v1.34.2'}) : sendStatus(response, 500, 'down'),
	);
	expect(lines.filter(({status}) => status === 'ok')).toHaveLength(1);
	expect(lines.filter(({status}) => status === 'unknown').length).toBeGreaterThanOrEqual(rules.length);
});

test('a namespace that does not exist is critical', async () => {
	const answer = reviewing(() => true);
	const lines = await doctor((request, response) =>
		request.target.pathname === '/api/v1/namespaces/shop' ? sendStatus(response, 404, 'no') : answer(request, response),
	);
	expect(lines.find(({subject}) => subject.endsWith('namespace shop'))).toMatchObject({status: 'critical', text: 'does not exist'});
});

interface Manifest {
	readonly kind: string;
	readonly metadata: {readonly name: string; readonly namespace?: string};
	readonly rules?: readonly {
		readonly apiGroups: readonly string[];
		readonly resources: readonly string[];
		readonly verbs: readonly string[];
	}[];
	readonly roleRef?: {readonly name: string};
}

test('the manifest grants exactly the rules, in these namespaces only, and nothing that writes', () => {
	const text = rbacManifest({namespaces: ['checkout-prod', 'checkout-staging'], name: 'rounds'});
	const documents = parseAllDocuments(text).map((document) => document.toJS() as Manifest);
	expect(documents.map(({kind, metadata}) => `${kind} ${metadata.namespace ?? '-'} ${metadata.name}`)).toEqual([
		'ClusterRole - rounds',
		'RoleBinding checkout-prod rounds',
		'RoleBinding checkout-staging rounds',
		'ClusterRole - rounds-nodes',
		'ClusterRoleBinding - rounds-nodes',
	]);
	const granted = (name: string) =>
		documents
			.find(({kind, metadata}) => kind === 'ClusterRole' && metadata.name === name)
			?.rules?.flatMap(({apiGroups, resources, verbs}) =>
				apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.map((verb) => `${group}/${resource} ${verb}`))),
			);
	const wanted = (scope: string) =>
		rules
			.filter((rule) => rule.scope === scope)
			.flatMap(({group, resource, subresource, verbs}) =>
				verbs.map((verb) => `${group}/${resource}${subresource ? `/${subresource}` : ''} ${verb}`),
			);
	expect(granted('rounds')?.sort()).toEqual(wanted('namespace').sort());
	expect(granted('rounds-nodes')?.sort()).toEqual(wanted('cluster').sort());
	expect(text).not.toMatch(/create|update|patch|delete|\*|secrets/);
});

test('the subject can be a service account', () => {
	const text = rbacManifest({namespaces: ['shop'], name: 'rounds', subject: {kind: 'ServiceAccount', name: 'rounds', namespace: 'ops'}});
	const [, bound] = parseAllDocuments(text).map((document) => document.toJS() as {subjects?: unknown});
	expect(bound?.subjects).toEqual([{kind: 'ServiceAccount', name: 'rounds', namespace: 'ops'}]);
});
