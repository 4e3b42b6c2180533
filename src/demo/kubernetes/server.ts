/** The simulated company's Kubernetes API server, over TLS because kubectl sends no token without it. */
import {createCertificate} from '../certificate.ts';
import {withFaults} from '../faults.ts';
import {requireBearer, startServer} from '../http-server.ts';
import type {DemoServer, World} from '../world.ts';
import {createCluster} from './cluster.ts';
import {createRoutes} from './routes.ts';
import {refuse, unauthorized} from './status.ts';
import {createTicker} from './ticker.ts';

export interface KubernetesOptions {
	readonly token: string;
	/** Pods in bulk for measuring; 0 where it is not said. */
	readonly extraPods?: number;
	/** How many of them restart each second. */
	readonly changesPerSecond?: number;
}

export interface KubernetesServer extends DemoServer {
	/** PEM of the authority that vouches for the server. */
	readonly certificateAuthority: string;
}

/** Starts the API server on a free loopback port; `url` is `https://127.0.0.1:PORT`. */
export const startKubernetes = async (world: World, options: KubernetesOptions): Promise<KubernetesServer> => {
	const cluster = createCluster(world, {extraPods: options.extraPods ?? 0, changesPerSecond: options.changesPerSecond ?? 0});
	const ticker = createTicker(cluster);
	const certificate = createCertificate();
	const handler = requireBearer({
		token: options.token,
		unauthorized: (_, response) => refuse(response, unauthorized),
		handler: createRoutes({cluster, ticker}),
	});
	const server = await startServer(
		withFaults({
			world,
			source: 'kubernetes',
			handler,
			fail: (response) =>
				refuse(response, {code: 503, reason: 'ServiceUnavailable', message: 'the server is currently unable to handle the request'}),
			limit: (response, seconds) =>
				refuse(
					response,
					{code: 429, reason: 'TooManyRequests', message: 'the server has received too many requests and has asked us to try again later'},
					{'Retry-After': String(seconds)},
				),
		}),
		{tls: certificate},
	);
	return {
		url: server.url,
		certificateAuthority: certificate.cert,
		close: async () => {
			ticker.close();
			await server.close();
		},
	};
};
