import {get} from 'node:https';
import {parse} from 'yaml';
import {describe, expect, it} from 'vitest';
import {kubeconfigOf} from '../../../../src/demo/kubernetes/api/demo-kubeconfig.ts';
import {startKubernetes} from '../../../../src/demo/kubernetes/api/kubernetes-server.ts';
import {createWorld} from '../../../../src/demo/kit/story.ts';
import {createFakeClock} from '../../../helpers/fake-clock.ts';

const status = (url: string, ca: string | undefined): Promise<number | undefined> =>
	new Promise((resolve, reject) => {
		get(url, {...(ca !== undefined && {ca}), headers: {authorization: 'Bearer t'}}, (response) => {
			response.resume();
			resolve(response.statusCode);
		}).on('error', reject);
	});

describe('the server', () => {
	it('is trusted through its own authority, and by no one else', async () => {
		const world = createWorld({scenario: 'morning', clock: createFakeClock()});
		const server = await startKubernetes(world, {token: 't'});
		try {
			expect(await status(`${server.url}/version`, server.certificateAuthority)).toBe(200);
			await expect(status(`${server.url}/version`, undefined)).rejects.toThrow(/self-signed/);
		} finally {
			await server.close();
		}
	});

	it('closes at once, though a watch is open', async () => {
		const world = createWorld({scenario: 'morning', clock: createFakeClock()});
		const server = await startKubernetes(world, {token: 't'});
		const ended = new Promise<string>((resolve) => {
			get(`${server.url}/api/v1/pods?watch=1`, {ca: server.certificateAuthority, headers: {authorization: 'Bearer t'}}, (response) => {
				response.on('close', () => resolve('closed')).resume();
				response.once('data', () => void server.close());
			});
		});
		expect(await ended).toBe('closed');
	});
});

describe('a kubeconfig', () => {
	const options = {url: 'https://127.0.0.1:1', token: 'to"ken', context: 'eu-1', namespace: 'checkout-prod', cluster: 'demo'};

	it('is YAML with everything a client needs', () => {
		expect(parse(kubeconfigOf({...options, certificateAuthority: 'PEM'}))).toMatchObject({
			'current-context': 'eu-1',
			clusters: [{name: 'demo', cluster: {server: 'https://127.0.0.1:1', 'certificate-authority-data': 'UEVN'}}],
			users: [{user: {token: 'to"ken'}}],
			contexts: [{name: 'eu-1', context: {cluster: 'demo', namespace: 'checkout-prod'}}],
		});
	});

	it('verifies nothing where no authority is given', () => {
		expect(parse(kubeconfigOf(options))).toMatchObject({clusters: [{cluster: {'insecure-skip-tls-verify': true}}]});
	});
});
