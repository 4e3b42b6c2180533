#!/usr/bin/env bash
# @kubernetes/client-node 2.0.1: a kubeconfig user with `tokenFile` is sent without a token.
#
# `tokenFile` is a field of every kubeconfig user, and kubectl reads it. This client keeps the field out when it loads a
# kubeconfig: the request has no Authorization header and no error says so. The cluster sees an anonymous user and
# answers 401 or 403. A user with `token` works. Read the file yourself and set `token`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @kubernetes/client-node@2.0.1 || exit 2

cat >run.mjs <<'JS'
import {createServer} from 'node:http';
import {once} from 'node:events';
import {writeFileSync} from 'node:fs';
import {CoreV1Api, KubeConfig} from '@kubernetes/client-node';

writeFileSync('token', 'from-the-file');
let authorization;
const server = createServer((request, answer) => {
	({authorization} = request.headers);
	answer.setHeader('content-type', 'application/json');
	answer.end(JSON.stringify({kind: 'PodList', apiVersion: 'v1', metadata: {}, items: []}));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
for (const user of [{tokenFile: `${process.cwd()}/token`}, {token: 'in-the-kubeconfig'}]) {
	const config = new KubeConfig();
	config.loadFromString(
		JSON.stringify({
			apiVersion: 'v1',
			kind: 'Config',
			clusters: [{name: 'c', cluster: {server: `http://127.0.0.1:${server.address().port}`, 'insecure-skip-tls-verify': true}}],
			users: [{name: 'u', user}],
			contexts: [{name: 'x', context: {cluster: 'c', user: 'u'}}],
			'current-context': 'x',
		}),
	);
	await config.makeApiClient(CoreV1Api).listNamespacedPod({namespace: 'default'});
	console.log(`${Object.keys(user)[0]}: Authorization ${authorization}`);
}
server.close();
server.closeAllConnections();
JS
cat >expected <<'TEXT'
tokenFile: Authorization undefined
token: Authorization Bearer in-the-kubeconfig
TEXT
node run.mjs >seen
cat seen
diff expected seen && echo 'As described.'
