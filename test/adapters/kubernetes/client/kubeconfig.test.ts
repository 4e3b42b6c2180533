import {delimiter} from 'node:path';
import {afterEach, expect, test, vi} from 'vitest';
import {discoverKubernetes, listNamespaces} from '../../../../src/adapters/kubernetes/discover.ts';
import {loadKubeconfig} from '../../../../src/adapters/kubernetes/client/kubeconfig.ts';
import {kubernetesSources} from '../../../../src/adapters/kubernetes/cluster-sources.ts';
import {kubeconfigText, realClock, sendJson, sendStatus, soon, startCluster, writeKubeconfig} from '../fake-cluster.ts';

afterEach(() => vi.unstubAllEnvs());

test('the current context, or the one asked for', async () => {
	const kubeconfig = writeKubeconfig(kubeconfigText('http://127.0.0.1:1'));
	expect((await loadKubeconfig({kubeconfig})).getCurrentContext()).toBe('eu-1');
	expect((await loadKubeconfig({kubeconfig, context: 'us-1'})).getCurrentContext()).toBe('us-1');
});

test('a context that is not there names those that are, and the nearest', async () => {
	const kubeconfig = writeKubeconfig(kubeconfigText('http://127.0.0.1:1'));
	await expect(loadKubeconfig({kubeconfig, context: 'eu-l'})).rejects.toMatchObject({
		kind: 'not-found',
		message: 'the kubeconfig has no context "eu-l". Did you mean "eu-1"?',
		advice: 'The kubeconfig has eu-1, us-1',
	});
});

test('a kubeconfig without a current context asks for one', async () => {
	const kubeconfig = writeKubeconfig(kubeconfigText('http://127.0.0.1:1').replace('current-context: eu-1\n', ''));
	await expect(loadKubeconfig({kubeconfig})).rejects.toMatchObject({kind: 'not-found', message: 'the kubeconfig names no current context'});
});

test('a missing kubeconfig is named, wherever its name came from', async () => {
	await expect(loadKubeconfig({kubeconfig: '/nowhere/config'})).rejects.toMatchObject({
		kind: 'missing-credential',
		message: 'the kubeconfig /nowhere/config does not exist',
	});
	vi.stubEnv('KUBECONFIG', '/nowhere/else');
	await expect(loadKubeconfig({})).rejects.toMatchObject({message: 'the kubeconfig /nowhere/else named by KUBECONFIG does not exist'});
	vi.stubEnv('KUBECONFIG', '');
	vi.stubEnv('HOME', '/nowhere');
	await expect(loadKubeconfig({})).rejects.toMatchObject({
		kind: 'missing-credential',
		message: expect.stringContaining('there is no kubeconfig'),
	});
});

test.each([
	['broken YAML', 'users:\n- {name: alice, user: {token: very-secret}\nclusters: [', /line \d+/],
	['no YAML mapping at all', 'very-secret', /it is not a kubeconfig/],
	['a cluster without a server', 'clusters:\n- {name: eu, cluster: {}}\n', /clusters\[0\]\.cluster\.server is missing/],
])('%s is told without the file’s secrets', async (_, text, words) => {
	const error: unknown = await loadKubeconfig({kubeconfig: writeKubeconfig(text)}).catch((thrown: unknown) => thrown);
	expect(error).toMatchObject({kind: 'missing-credential', message: expect.stringMatching(words)});
	expect(String(error)).not.toContain('very-secret');
});

test('KUBECONFIG may name several files: missing ones are passed over, the first of two wins', async () => {
	const first = writeKubeconfig(kubeconfigText('http://127.0.0.1:1'));
	const second = writeKubeconfig(kubeconfigText('http://127.0.0.1:2').replaceAll('us-1', 'ap-1'));
	vi.stubEnv('KUBECONFIG', ['/nowhere', first, second].join(delimiter));
	const kubeConfig = await loadKubeconfig({});
	expect(kubeConfig.getCurrentCluster()?.server).toBe('http://127.0.0.1:1');
	expect(kubeConfig.getContexts().map(({name}) => name)).toEqual(['eu-1', 'us-1', 'ap-1']);
});

test('discovery lists contexts without asking any cluster', async () => {
	expect(await discoverKubernetes(writeKubeconfig(kubeconfigText('http://127.0.0.1:1')))).toEqual({
		currentContext: 'eu-1',
		contexts: [
			{name: 'eu-1', cluster: 'eu', namespace: 'shop'},
			{name: 'us-1', cluster: 'eu'},
		],
	});
});

test('namespaces come from the cluster of the context', async () => {
	await using cluster = await startCluster((_, response) =>
		sendJson(response, {items: [{metadata: {name: 'default'}}, {metadata: {name: 'shop'}}]}),
	);
	expect(await listNamespaces('us-1', soon(), {kubeconfig: cluster.kubeconfig, clock: realClock})).toEqual(['default', 'shop']);
	cluster.answer((_, response) => sendStatus(response, 403, 'no'));
	await expect(listNamespaces('us-1', soon(), {kubeconfig: cluster.kubeconfig, clock: realClock})).rejects.toMatchObject({
		kind: 'forbidden',
	});
});

test('a log-in command that fails is told, and asked again next time', async () => {
	const text = kubeconfigText('http://127.0.0.1:1').replace(
		'{token: secret-token}',
		'{exec: {apiVersion: client.authentication.k8s.io/v1, command: rounds-no-such-login, interactiveMode: Never}}',
	);
	const {pods} = kubernetesSources({kubeconfig: writeKubeconfig(text), namespace: 'shop', clock: realClock});
	for (let attempt = 0; attempt < 2; attempt++)
		await expect(pods.list(soon())).rejects.toMatchObject({kind: 'unauthorized', message: expect.stringContaining('rounds-no-such-login')});
});

test('after a refusal the kubeconfig is read again: a log-in in another window counts', async () => {
	const {writeFileSync} = await import('node:fs');
	await using cluster = await startCluster((request, response) => {
		if (request.headers.authorization === 'Bearer fresh') sendJson(response, {kind: 'PodList', metadata: {}, items: []});
		else sendStatus(response, 401, 'Unauthorized');
	});
	const {pods} = kubernetesSources({kubeconfig: cluster.kubeconfig, namespace: 'shop', clock: realClock});
	await expect(pods.list(soon())).rejects.toMatchObject({kind: 'unauthorized'});
	writeFileSync(cluster.kubeconfig, kubeconfigText(cluster.url, {token: 'fresh'}));
	expect((await pods.list(soon())).pods).toEqual([]);
});
