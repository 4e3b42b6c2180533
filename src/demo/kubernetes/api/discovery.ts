/** What clients ask first: the version, the groups, and the resources of each. */
import {apiVersionOf, resources} from '../cluster/pod-resources.ts';

const groups: Readonly<Record<string, string>> = {apps: 'v1', 'authorization.k8s.io': 'v1', 'metrics.k8s.io': 'v1beta1'};

const readVerbs = ['get', 'list', 'watch'];

const groupObject = (name: string, version: string) => ({
	name,
	versions: [{groupVersion: `${name}/${version}`, version}],
	preferredVersion: {groupVersion: `${name}/${version}`, version},
});

const resourceList = (groupVersion: string, items: readonly object[]) => ({
	kind: 'APIResourceList',
	apiVersion: 'v1',
	groupVersion,
	resources: items,
});

const listed = (groupVersion: string): readonly object[] =>
	resources
		.filter((resource) => apiVersionOf(resource) === groupVersion)
		.map(({name, singular, namespaced, kind, shortNames}) => ({
			name,
			singularName: singular,
			namespaced,
			kind,
			verbs: readVerbs,
			shortNames,
			...(name === 'pods' && {categories: ['all']}),
		}));

const metricsResources = [
	{name: 'nodes', singularName: '', namespaced: false, kind: 'NodeMetrics', verbs: ['get', 'list']},
	{name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list']},
];

const reviewResources = [
	{
		name: 'selfsubjectaccessreviews',
		singularName: 'selfsubjectaccessreview',
		namespaced: false,
		kind: 'SelfSubjectAccessReview',
		verbs: ['create'],
	},
];

const documents: Readonly<Record<string, object>> = {
	'/version': {
		major: '1',
		minor: '32',
		gitVersion: 'v1.32.4',
		gitCommit: '59526cd4867447956156ae3a602fcbac10a2c335',
		gitTreeState: 'clean',
		buildDate: '2025-04-22T15:55:24Z',
		goVersion: 'go1.23.6',
		compiler: 'gc',
		platform: 'linux/amd64',
	},
	'/api': {kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: []},
	'/apis': {
		kind: 'APIGroupList',
		apiVersion: 'v1',
		groups: Object.entries(groups).map(([name, version]) => groupObject(name, version)),
	},
	'/api/v1': resourceList('v1', [...listed('v1'), {name: 'pods/log', singularName: '', namespaced: true, kind: 'Pod', verbs: ['get']}]),
	'/apis/apps/v1': resourceList('apps/v1', listed('apps/v1')),
	'/apis/metrics.k8s.io/v1beta1': resourceList('metrics.k8s.io/v1beta1', metricsResources),
	'/apis/authorization.k8s.io/v1': resourceList('authorization.k8s.io/v1', reviewResources),
	...Object.fromEntries(
		Object.entries(groups).map(([name, version]) => [`/apis/${name}`, {kind: 'APIGroup', apiVersion: 'v1', ...groupObject(name, version)}]),
	),
};

/** The discovery document at a path; undefined where there is none. */
export const discoveryAt = (path: string): object | undefined => documents[path.replace(/\/$/, '')];
