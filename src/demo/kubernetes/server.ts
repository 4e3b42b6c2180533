/** The simulated company's Kubernetes API server, over TLS because kubectl sends no token without it. */
import {createCertificate} from '../certificate.ts';
import {withFaults} from '../faults.ts';
import {requireBearer, startServer, type Handler} from '../http-server.ts';
import type {DemoServer, World} from '../world.ts';
import {createCluster} from './cluster.ts';
import {createRoutes} from './routes.ts';
import {refuse, tooMany, unauthorized, unavailable} from './status.ts';
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

/** The API server without a port: what it answers, and how to end what it does by itself. */
export const createKubernetes = (world: World, options: KubernetesOptions): {readonly handler: Handler; readonly close: () => void} => {
	const cluster = createCluster(world, {extraPods: options.extraPods ?? 0, changesPerSecond: options.changesPerSecond ?? 0});
	const ticker = createTicker(cluster);
	const handler = withFaults({
		world,
		source: 'kubernetes',
		handler: requireBearer({
			token: options.token,
			unauthorized: (_, response) => refuse(response, unauthorized),
			handler: createRoutes({cluster, ticker}),
		}),
		fail: (response) => refuse(response, unavailable),
		limit: (response, seconds) => refuse(response, tooMany, {'Retry-After': String(seconds)}),
	});
	return {handler, close: ticker.close};
};

/** Starts the API server on a free loopback port; `url` is `https://127.0.0.1:PORT`. */
export const startKubernetes = async (world: World, options: KubernetesOptions): Promise<KubernetesServer> => {
	const {handler, close} = createKubernetes(world, options);
	const certificate = createCertificate();
	const server = await startServer(handler, {tls: certificate});
	return {
		url: server.url,
		certificateAuthority: certificate.cert,
		close: async () => {
			close();
			await server.close();
		},
	};
};
