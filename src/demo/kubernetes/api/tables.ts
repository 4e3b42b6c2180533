/** What `kubectl get` shows: the server itself makes the table, one row per object. */
import type {CoreV1Event, V1Deployment, V1Namespace, V1Node, V1PersistentVolumeClaim, V1Pod, V1ReplicaSet} from '@kubernetes/client-node';
import {ageOf} from '../cluster/age.ts';
import {printPod} from '../cluster/demo-print-pod.ts';
import {apiVersionOf, type Resource} from '../cluster/pod-resources.ts';
import type {Stored} from '../cluster/storage.ts';

type Cell = string | number;

interface Column {
	readonly name: string;
	readonly type: 'string' | 'integer';
	readonly format?: 'name';
	/** Shown by `-o wide` only. */
	readonly wide?: true;
}

interface Printer {
	readonly columns: readonly Column[];
	readonly cells: (stored: Stored, now: number) => readonly Cell[];
}

const text = (name: string): Column => ({name, type: 'string'});
const whole = (name: string): Column => ({name, type: 'integer'});
const wide = (name: string): Column => ({name, type: 'string', wide: true});
const nameColumn: Column = {name: 'Name', type: 'string', format: 'name'};
const none = '<none>';

const selectorOf = (labels: Readonly<Record<string, string>> | undefined): string =>
	Object.entries(labels ?? {})
		.map(([name, value]) => `${name}=${value}`)
		.join(',');

const templateCells = (containers: readonly {readonly name: string; readonly image?: string}[] | undefined): readonly [string, string] => [
	(containers ?? []).map((container) => container.name).join(','),
	(containers ?? []).map((container) => container.image ?? '').join(','),
];

const age = (stored: Stored, now: number): string => ageOf(stored.object.metadata?.creationTimestamp, now);

const printers: Readonly<Record<string, Printer>> = {
	pods: {
		columns: [
			nameColumn,
			text('Ready'),
			text('Status'),
			text('Restarts'),
			text('Age'),
			wide('IP'),
			wide('Node'),
			wide('Nominated Node'),
			wide('Readiness Gates'),
		],
		cells: (stored, now) => {
			const pod = stored.object as V1Pod;
			const {ready, status, restarts} = printPod(pod, now);
			return [stored.name, ready, status, restarts, age(stored, now), pod.status?.podIP ?? none, pod.spec?.nodeName ?? none, none, none];
		},
	},
	events: {
		columns: [
			text('Last Seen'),
			text('Type'),
			text('Reason'),
			text('Object'),
			wide('Subobject'),
			wide('Source'),
			text('Message'),
			wide('First Seen'),
			{...whole('Count'), wide: true},
			{...nameColumn, wide: true},
		],
		cells: (stored, now) => {
			const event = stored.object as CoreV1Event;
			const {kind, name, fieldPath} = event.involvedObject;
			const source = [event.source?.component, event.source?.host].filter((part) => part !== undefined && part !== '');
			return [
				ageOf(event.lastTimestamp, now),
				event.type ?? '',
				event.reason ?? '',
				`${(kind ?? '').toLowerCase()}/${name ?? ''}`,
				fieldPath ?? '',
				source.join(', '),
				(event.message ?? '').trim(),
				ageOf(event.firstTimestamp, now),
				event.count ?? 0,
				stored.name,
			];
		},
	},
	deployments: {
		columns: [
			nameColumn,
			text('Ready'),
			whole('Up-to-date'),
			whole('Available'),
			text('Age'),
			wide('Containers'),
			wide('Images'),
			wide('Selector'),
		],
		cells: (stored, now) => {
			const {spec, status} = stored.object as V1Deployment;
			return [
				stored.name,
				`${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`,
				status?.updatedReplicas ?? 0,
				status?.availableReplicas ?? 0,
				age(stored, now),
				...templateCells(spec?.template.spec?.containers),
				selectorOf(spec?.selector.matchLabels),
			];
		},
	},
	replicasets: {
		columns: [
			nameColumn,
			whole('Desired'),
			whole('Current'),
			whole('Ready'),
			text('Age'),
			wide('Containers'),
			wide('Images'),
			wide('Selector'),
		],
		cells: (stored, now) => {
			const {spec, status} = stored.object as V1ReplicaSet;
			return [
				stored.name,
				spec?.replicas ?? 0,
				status?.replicas ?? 0,
				status?.readyReplicas ?? 0,
				age(stored, now),
				...templateCells(spec?.template?.spec?.containers),
				selectorOf(spec?.selector.matchLabels),
			];
		},
	},
	nodes: {
		columns: [
			nameColumn,
			text('Status'),
			text('Roles'),
			text('Age'),
			text('Version'),
			wide('Internal-IP'),
			wide('External-IP'),
			wide('OS-Image'),
			wide('Kernel-Version'),
			wide('Container-Runtime'),
		],
		cells: (stored, now) => {
			const {status} = stored.object as V1Node;
			const ready = status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True');
			const info = status?.nodeInfo;
			const address = status?.addresses?.find((each) => each.type === 'InternalIP')?.address;
			return [
				stored.name,
				ready ? 'Ready' : 'NotReady',
				none,
				age(stored, now),
				info?.kubeletVersion ?? '',
				address ?? none,
				none,
				info?.osImage ?? '',
				info?.kernelVersion ?? '',
				info?.containerRuntimeVersion ?? '',
			];
		},
	},
	namespaces: {
		columns: [nameColumn, text('Status'), text('Age')],
		cells: (stored, now) => [stored.name, (stored.object as V1Namespace).status?.phase ?? '', age(stored, now)],
	},
	persistentvolumeclaims: {
		columns: [
			nameColumn,
			text('Status'),
			text('Volume'),
			text('Capacity'),
			text('Access Modes'),
			text('StorageClass'),
			text('VolumeAttributesClass'),
			text('Age'),
			wide('VolumeMode'),
		],
		cells: (stored, now) => {
			const {spec, status} = stored.object as V1PersistentVolumeClaim;
			return [
				stored.name,
				status?.phase ?? '',
				spec?.volumeName ?? '',
				status?.capacity?.['storage'] ?? '',
				(status?.accessModes ?? []).map((mode) => (mode === 'ReadWriteOnce' ? 'RWO' : mode)).join(','),
				spec?.storageClassName ?? '',
				'<unset>',
				age(stored, now),
				spec?.volumeMode ?? '<unset>',
			];
		},
	},
};

const genericPrinter: Printer = {
	columns: [nameColumn, text('Created At')],
	cells: (stored) => [stored.name, stored.object.metadata?.creationTimestamp?.toISOString() ?? ''],
};

/** How much of each object a row carries (`includeObject`). */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

export const includeObjectOf = (query: URLSearchParams): IncludeObject => {
	const wanted = query.get('includeObject');
	return wanted === 'None' || wanted === 'Object' ? wanted : 'Metadata';
};

/** JSON of the columns of a resource's table. */
export const columnsJson = (resource: Resource): string =>
	JSON.stringify(
		(printers[resource.name] ?? genericPrinter).columns.map((column) => ({
			name: column.name,
			type: column.type,
			format: column.format ?? '',
			description: '',
			priority: column.wide ? 1 : 0,
		})),
	);

/** JSON of an object with kind and apiVersion, as a single object is sent. */
export const objectJson = (resource: Resource, stored: Stored): string =>
	`{"kind":"${resource.kind}","apiVersion":"${apiVersionOf(resource)}",${stored.json().slice(1)}`;

const rowObject = (resource: Resource, stored: Stored, include: IncludeObject): string => {
	switch (include) {
		case 'None':
			return '';
		case 'Metadata':
			return `,"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":${stored.metadataJson()}}`;
		case 'Object':
			return `,"object":${objectJson(resource, stored)}`;
		default:
			return include satisfies never;
	}
};

/** JSON of one row; ages in it are as of `now`. */
export const rowJson = (
	stored: Stored,
	options: {readonly resource: Resource; readonly now: number; readonly include: IncludeObject},
): string => {
	const {resource, now, include} = options;
	const cells = (printers[resource.name] ?? genericPrinter).cells(stored, now);
	return `{"cells":${JSON.stringify(cells)}${rowObject(resource, stored, include)}}`;
};

/** True where the caller prefers a table over the objects. */
export const wantsTable = (accept: string | undefined): boolean => /as=Table;v=v1;g=meta\.k8s\.io/.test(accept ?? '');
