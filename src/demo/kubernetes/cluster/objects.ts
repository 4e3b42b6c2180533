/** Deployments, replica sets, nodes, namespaces and volume claims as the API server tells them. */
import type {V1Container, V1Deployment, V1Namespace, V1Node, V1PersistentVolumeClaim, V1ReplicaSet} from '@kubernetes/client-node';
import type {DeploymentPlan, ReplicaSetPlan} from '../plan/cluster-plan.ts';
import {second} from './pod-object.ts';
import {hashOf, hexOf, uidOf} from '../plan/random.ts';

const template = (app: string, containers: readonly {readonly name: string; readonly image: string}[], hash?: string) => ({
	metadata: {labels: {app, ...(hash !== undefined && {'pod-template-hash': hash})}},
	spec: {containers: containers.map((container): V1Container => ({...container})), restartPolicy: 'Always'},
});

/** How many pods of each replica set there are, and how many of them are ready. */
export interface Count {
	readonly pods: number;
	readonly ready: number;
}

export const replicaSetObject = (plan: ReplicaSetPlan, deployment: DeploymentPlan, count: Count): V1ReplicaSet => ({
	metadata: {
		name: plan.name,
		namespace: plan.namespace,
		uid: plan.uid,
		generation: 1,
		creationTimestamp: second(plan.createdAt),
		labels: {app: plan.app, 'pod-template-hash': plan.hash},
		annotations: {
			'deployment.kubernetes.io/desired-replicas': String(deployment.replicas),
			'deployment.kubernetes.io/revision': String(plan.revision),
		},
		ownerReferences: [
			{apiVersion: 'apps/v1', kind: 'Deployment', name: deployment.name, uid: deployment.uid, controller: true, blockOwnerDeletion: true},
		],
	},
	spec: {
		replicas: plan.replicas,
		selector: {matchLabels: {app: plan.app, 'pod-template-hash': plan.hash}},
		template: template(plan.app, [{name: plan.app, image: plan.image}], plan.hash),
	},
	status: {
		replicas: count.pods,
		fullyLabeledReplicas: count.pods,
		readyReplicas: count.ready,
		availableReplicas: count.ready,
		observedGeneration: 1,
	},
});

/** `counts` belong to the replica sets of the plan, in the same order. */
export const deploymentObject = (plan: DeploymentPlan, counts: readonly Count[]): V1Deployment => {
	const ready = counts.reduce((sum, count) => sum + count.ready, 0);
	const newest = plan.replicaSets.at(-1);
	const rolledAt = second(newest?.createdAt ?? plan.createdAt);
	const updated = counts.at(-1)?.pods ?? 0;
	const available = ready >= plan.replicas * 0.75;
	const rolledOut = updated === plan.replicas;
	return {
		metadata: {
			name: plan.name,
			namespace: plan.namespace,
			uid: plan.uid,
			generation: newest?.revision ?? 1,
			creationTimestamp: second(plan.createdAt),
			labels: {app: plan.name, 'app.kubernetes.io/part-of': 'checkout'},
			annotations: {'deployment.kubernetes.io/revision': String(newest?.revision ?? 1)},
		},
		spec: {
			replicas: plan.replicas,
			selector: {matchLabels: {app: plan.name}},
			strategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: '25%', maxUnavailable: '25%'}},
			revisionHistoryLimit: 10,
			progressDeadlineSeconds: 600,
			template: template(plan.name, plan.containers),
		},
		status: {
			observedGeneration: newest?.revision ?? 1,
			replicas: counts.reduce((sum, count) => sum + count.pods, 0),
			updatedReplicas: updated,
			readyReplicas: ready,
			availableReplicas: ready,
			unavailableReplicas: plan.replicas - ready,
			conditions: [
				{
					type: 'Available',
					status: available ? 'True' : 'False',
					reason: available ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
					message: available ? 'Deployment has minimum availability.' : 'Deployment does not have minimum availability.',
					lastTransitionTime: rolledAt,
					lastUpdateTime: rolledAt,
				},
				{
					type: 'Progressing',
					status: rolledOut ? 'True' : 'False',
					reason: rolledOut ? 'NewReplicaSetAvailable' : 'ProgressDeadlineExceeded',
					message: `ReplicaSet "${newest?.name ?? ''}" has ${rolledOut ? 'successfully progressed.' : 'timed out progressing.'}`,
					lastTransitionTime: rolledAt,
					lastUpdateTime: rolledAt,
				},
			],
		},
	};
};

export const nodeObject = (name: string, createdAt: number): V1Node => ({
	metadata: {
		name,
		uid: uidOf(`Node/${name}`),
		creationTimestamp: second(createdAt),
		labels: {'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'topology.kubernetes.io/region': 'eu-1'},
	},
	spec: {providerID: `demo://${name}`},
	status: {
		capacity: {cpu: '16', memory: '65536Mi', pods: '3000'},
		allocatable: {cpu: '15800m', memory: '62464Mi', pods: '3000'},
		conditions: [
			{
				type: 'Ready',
				status: 'True',
				reason: 'KubeletReady',
				message: 'kubelet is posting ready status',
				lastTransitionTime: second(createdAt + 30_000),
			},
		],
		addresses: [
			{type: 'InternalIP', address: `10.0.0.${(hashOf(name) % 200) + 10}`},
			{type: 'Hostname', address: name},
		],
		nodeInfo: {
			architecture: 'amd64',
			bootID: uidOf(`boot ${name}`),
			containerRuntimeVersion: 'containerd://2.0.4',
			kernelVersion: '6.12.48',
			kubeProxyVersion: 'v1.32.4',
			kubeletVersion: 'v1.32.4',
			machineID: hexOf(name, 32),
			operatingSystem: 'linux',
			osImage: 'Debian GNU/Linux 13 (trixie)',
			systemUUID: uidOf(`system ${name}`),
		},
	},
});

export const namespaceObject = (name: string, createdAt: number): V1Namespace => ({
	metadata: {
		name,
		uid: uidOf(`Namespace/${name}`),
		creationTimestamp: second(createdAt),
		labels: {'kubernetes.io/metadata.name': name},
	},
	spec: {finalizers: ['kubernetes']},
	status: {phase: 'Active'},
});

export const claimObject = (claim: {
	readonly namespace: string;
	readonly name: string;
	readonly createdAt: number;
	readonly sizeGi: number;
}): V1PersistentVolumeClaim => {
	const uid = uidOf(`${claim.namespace}/PersistentVolumeClaim/${claim.name}`);
	return {
		metadata: {
			name: claim.name,
			namespace: claim.namespace,
			uid,
			creationTimestamp: second(claim.createdAt),
			labels: {app: 'redis'},
		},
		spec: {
			accessModes: ['ReadWriteOnce'],
			resources: {requests: {storage: `${claim.sizeGi}Gi`}},
			storageClassName: 'fast',
			volumeMode: 'Filesystem',
			volumeName: `pvc-${uid}`,
		},
		status: {phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: {storage: `${claim.sizeGi}Gi`}},
	};
};
