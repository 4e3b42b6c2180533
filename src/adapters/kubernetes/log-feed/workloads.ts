/** What `deploy/api` and its like mean: which pods, by label and by owner. */
import {didYouMean} from '../../../base/nearest.ts';
import {UserError} from '../../../base/user-error.ts';
import type {Connection} from '../client/connection.ts';
import {allNamespaces} from '../client/namespace-scope.ts';
import type {WirePod} from '../client/wire.ts';
import {type LabelSelector, selects} from './label-selector.ts';

interface Kind {
	readonly kind: string;
	readonly names: readonly string[];
	/** Where its objects are served; undefined for a pod, which is its own answer. */
	readonly api?: {readonly group: string; readonly resource: string};
	/** Its pods belong to a thing in between. */
	readonly via?: 'ReplicaSet' | 'Job';
	/** A Service owns no pods: its labels alone decide. */
	readonly ownsNothing?: boolean;
}

const apps = (resource: string) => ({group: 'apis/apps/v1', resource});
const batch = (resource: string) => ({group: 'apis/batch/v1', resource});

const kinds: readonly Kind[] = [
	{kind: 'Deployment', names: ['deploy', 'deployment', 'deployments'], api: apps('deployments'), via: 'ReplicaSet'},
	{kind: 'StatefulSet', names: ['sts', 'statefulset', 'statefulsets'], api: apps('statefulsets')},
	{kind: 'DaemonSet', names: ['ds', 'daemonset', 'daemonsets'], api: apps('daemonsets')},
	{kind: 'ReplicaSet', names: ['rs', 'replicaset', 'replicasets'], api: apps('replicasets')},
	{kind: 'Job', names: ['job', 'jobs'], api: batch('jobs')},
	{kind: 'CronJob', names: ['cj', 'cronjob', 'cronjobs'], api: batch('cronjobs'), via: 'Job'},
	{kind: 'Service', names: ['svc', 'service', 'services'], api: {group: 'api/v1', resource: 'services'}, ownsNothing: true},
	{kind: 'Pod', names: ['po', 'pod', 'pods'], ownsNothing: true},
];

export interface WorkloadRef {
	readonly text: string;
	readonly kind: Kind;
	readonly name: string;
}

/** Reads `deploy/api`; throws a UserError where it is none. */
export function parseWorkload(text: string): WorkloadRef {
	const [word = '', name = '', ...rest] = text.split('/');
	const kind = kinds.find(({names}) => names.includes(word.toLowerCase()));
	if (rest.length > 0 || name === '')
		throw new UserError(`"${text}" is not a workload. Write deploy/NAME, sts/NAME, job/NAME or svc/NAME.`);
	if (kind) return {text, kind, name};
	const names = kinds.flatMap(({names}) => names);
	throw new UserError(`"${text}": rounds knows no workload of the kind "${word}"${didYouMean(word, names)} (known: ${names.join(', ')})`);
}

/** A workload that was found in a namespace. */
export interface Workload {
	readonly ref: WorkloadRef;
	readonly namespace: string;
	readonly selector: LabelSelector;
}

interface WireWorkload {
	readonly metadata?: {readonly namespace?: string};
	readonly spec?: {readonly selector?: LabelSelector | Readonly<Record<string, string>> | null};
}

function selectorOf({kind, name, text}: WorkloadRef, {spec}: WireWorkload): LabelSelector {
	if (kind.kind === 'CronJob') return {matchExpressions: [{key: 'job-name', operator: 'Exists'}]};
	if (kind.kind !== 'Service') return spec?.selector ?? {};
	const matchLabels = (spec?.selector ?? {}) as Readonly<Record<string, string>>;
	if (Object.keys(matchLabels).length === 0) throw new UserError(`${text}: the service ${name} has no selector, so it names no pods`);
	return {matchLabels};
}

/** Asks the cluster for the workload, in one namespace or in all; empty where it is not there. Throws SourceError. */
export async function findWorkload(
	connection: Connection,
	ref: WorkloadRef,
	{namespace, signal}: {readonly namespace: string; readonly signal: AbortSignal},
): Promise<readonly Workload[]> {
	const {kind, name} = ref;
	if (!kind.api) return [{ref, namespace, selector: {}}];
	const where = namespace === allNamespaces ? '' : `namespaces/${encodeURIComponent(namespace)}/`;
	const list = await connection.json<{readonly items?: readonly WireWorkload[] | null}>({
		path: `/${kind.api.group}/${where}${kind.api.resource}`,
		query: {fieldSelector: `metadata.name=${name}`},
		doing: `list ${kind.api.resource} in ${namespace === allNamespaces ? 'all namespaces' : `namespace ${namespace}`}`,
		signal,
	});
	return (list.items ?? []).map((item) => ({ref, namespace: item.metadata?.namespace ?? namespace, selector: selectorOf(ref, item)}));
}

interface Owner {
	readonly kind: string;
	readonly name: string;
}

const controllerOf = ({metadata}: Pick<WirePod, 'metadata'>): Owner | undefined =>
	metadata?.ownerReferences?.find(({controller}) => controller);

/** Tells whose pod it is, through the replica set or job in between, which is asked for once each. */
export function createOwnership(connection: Connection, signal: AbortSignal) {
	const between = new Map<string, Promise<Owner | undefined | 'unknown'>>();

	function ownerOf(kind: 'ReplicaSet' | 'Job', namespace: string, name: string): Promise<Owner | undefined | 'unknown'> {
		const key = `${kind}/${namespace}/${name}`;
		const {group, resource} = kind === 'Job' ? batch('jobs') : apps('replicasets');
		let asked = between.get(key);
		if (!asked) {
			asked = connection
				.json<WirePod>({
					path: `/${group}/namespaces/${encodeURIComponent(namespace)}/${resource}/${encodeURIComponent(name)}`,
					doing: `get ${resource} in namespace ${namespace}`,
					signal,
				})
				.then(controllerOf)
				.catch(() => {
					between.delete(key);
					return 'unknown' as const;
				});
			between.set(key, asked);
		}
		return asked;
	}

	/** True for a pod of the workload. Where the owner cannot be asked for, the labels decide, as they do for kubectl. */
	return function isOf(workload: Workload, pod: WirePod): boolean | Promise<boolean> {
		const {kind, name} = workload.ref;
		const {namespace = '', labels = {}, name: podName} = pod.metadata ?? {};
		if (workload.namespace !== allNamespaces && namespace !== workload.namespace) return false;
		if (kind.kind === 'Pod') return podName === name;
		if (!selects(workload.selector, labels)) return false;
		if (kind.ownsNothing) return true;
		const owner = controllerOf(pod);
		if (!owner) return false;
		if (!kind.via) return owner.kind === kind.kind && owner.name === name;
		if (owner.kind !== kind.via) return false;
		return ownerOf(kind.via, namespace, owner.name).then(
			(found) => found === 'unknown' || (found?.kind === kind.kind && found.name === name),
		);
	};
}
