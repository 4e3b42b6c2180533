/** Our READY, STATUS, RESTARTS and AGE against `kubectl get pods` itself, on every scenario's cluster, at several moments. */
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {execa} from 'execa';
import {expect, test, vi} from 'vitest';
import {kubernetesSources} from '../../src/adapters/kubernetes/cluster-sources.ts';
import {kubectlPodAge, kubectlRestarts} from '../../src/checks/kit/kubernetes-format.ts';
import {faultAt, faultWindowMs} from '../../src/demo/kit/faults.ts';
import {kubeconfigOf} from '../../src/demo/kubernetes/api/demo-kubeconfig.ts';
import {startKubernetes} from '../../src/demo/kubernetes/api/kubernetes-server.ts';
import {createWorld} from '../../src/demo/kit/story.ts';
import {type ScenarioName, scenarioNames} from '../../src/demo/kit/world.ts';
import type {Pod, PodList} from '../../src/ports/pod-source.ts';
import type {Clock} from '../../src/ports/clock.ts';

const second = 1000;
const minute = 60 * second;
const token = 'demo-token';

/** A clock that is where the test puts it, so that both sides tell the same age; waiting is real. */
function standingClock(): Clock & {readonly moveTo: (elapsedMs: number) => void} {
	const begin = Date.now();
	let now = begin;
	return {
		now: () => now,
		sleep: async (ms, signal) => {
			await sleep(Math.min(ms, 100), undefined, signal ? {signal} : {});
		},
		moveTo(elapsedMs) {
			now = begin + elapsedMs;
		},
	};
}

async function startCluster(scenario: ScenarioName) {
	const clock = standingClock();
	const world = createWorld({scenario, clock});
	const server = await startKubernetes(world, {token});
	const kubeconfig = path.join(mkdtempSync(path.join(tmpdir(), 'rounds-kubectl-')), 'config');
	const {url, certificateAuthority} = server;
	writeFileSync(kubeconfig, kubeconfigOf({url, token, context: 'eu-1', cluster: 'eu-1', namespace: 'checkout-prod', certificateAuthority}));
	return {
		clock,
		kubeconfig,
		namespaces: Object.values(world.story.namespaces),
		/** Moves to `elapsedMs`, or as little further as the scenario's next healthy spell. */
		moveTo(elapsedMs: number) {
			let at = elapsedMs;
			while (faultAt(world, 'kubernetes', world.story.startedAt + at) !== 'none') at += faultWindowMs;
			clock.moveTo(at);
		},
		[Symbol.asyncDispose]: server.close,
	};
}

/** The rows of `kubectl get pods`; columns are apart by at least two blanks, RESTARTS has single ones inside. */
async function kubectlRows(kubeconfig: string, namespace: string): Promise<readonly string[]> {
	const {stdout} = await execa('kubectl', ['get', 'pods', '--no-headers', '--kubeconfig', kubeconfig, '--namespace', namespace]);
	return stdout.split('\n').map((line) => line.trim().split(/ {2,}/).join(' | '));
}

const row = (pod: Pod, now: number) => [pod.name, pod.ready, pod.status, kubectlRestarts(pod, now), kubectlPodAge(pod, now)].join(' | ');

test.each(scenarioNames)('%s: every row is the one kubectl prints', async (scenario) => {
	await using cluster = await startCluster(scenario);
	for (const elapsed of [0, 7 * second, 45 * second, 5 * minute, 3 * 60 * minute]) {
		cluster.moveTo(elapsed);
		for (const namespace of cluster.namespaces) {
			const {pods} = kubernetesSources({kubeconfig: cluster.kubeconfig, namespace, clock: cluster.clock});
			// One after the other: the clock does not move, so both see the same cluster.
			const list = await pods.list(AbortSignal.timeout(20_000));
			const ours = list.pods.map((pod) => row(pod, cluster.clock.now()));
			expect(ours.length).toBeGreaterThan(0);
			expect(ours).toEqual(await kubectlRows(cluster.kubeconfig, namespace));
		}
	}
});

test('a watched list keeps up with what kubectl prints as the morning continues', async () => {
	await using cluster = await startCluster('morning');
	const {pods} = kubernetesSources({kubeconfig: cluster.kubeconfig, namespace: 'checkout-prod', clock: cluster.clock});
	let latest: PodList | undefined;
	const errors: Error[] = [];
	const watched = pods.watch({onList: (list) => (latest = list), onLiveness: () => {}, onError: (error) => errors.push(error)});
	try {
		for (const elapsed of [0, 40 * second, 3 * minute, 20 * minute]) {
			cluster.clock.moveTo(elapsed);
			const wanted = await kubectlRows(cluster.kubeconfig, 'checkout-prod');
			await vi.waitFor(() => expect(latest?.pods.map((pod) => row(pod, cluster.clock.now()))).toEqual(wanted), {
				timeout: 20_000,
				interval: 50,
			});
		}
		expect(errors).toEqual([]);
	} finally {
		watched.stop();
	}
});
