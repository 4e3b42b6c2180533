/** The simulated company's Kubernetes API server, over TLS because kubectl sends no token without it. */
import {createCertificate} from '../../kit/certificate.ts';
import {withFaults} from '../../kit/faults.ts';
import {requireBearer, startServer, type Handler, type RunningServer} from '../../kit/http-server.ts';
import type {DemoServer, World} from '../../kit/world.ts';
import {createCluster} from '../cluster/cluster.ts';
import {createLoad} from '../cluster/load-pods.ts';
import {createRoutes} from './routes.ts';
import {refuse, tooMany, unauthorized, unavailable} from '../cluster/pod-status.ts';
import {restartMsLeft} from './stream-faults.ts';
import {createTicker} from '../cluster/ticker.ts';

export interface KubernetesOptions {
	readonly token: string;
	/** Pods in bulk for measuring; 0 where it is not said. */
	readonly extraPods?: number;
	/** How many of them restart each second. */
	readonly changesPerSecond?: number;
	/** Pods that write much, and how many lines a second they write together; none where it is not said. */
	readonly logPods?: number;
	readonly logLinesPerSecond?: number;
}

export interface KubernetesServer extends DemoServer {
	/** PEM of the authority that vouches for the server. */
	readonly certificateAuthority: string;
}

/** The API server without a port: what it answers, and how to end what it does by itself. */
export const createKubernetes = (world: World, options: KubernetesOptions): {readonly handler: Handler; readonly close: () => void} => {
	const {extraPods = 0, changesPerSecond = 0, logPods = 0, logLinesPerSecond = 0} = options;
	const load = logPods > 0 && logLinesPerSecond > 0 ? createLoad(world, {pods: logPods, linesPerSecond: logLinesPerSecond}) : undefined;
	const cluster = createCluster(world, {extraPods, changesPerSecond, ...(load && {load})});
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

/** The first request of a restart finds the server gone, and so does everybody until it is back. */
const withRestarts = (world: World, handler: Handler, doorOf: () => RunningServer) => {
	const closing = new AbortController();
	let restarting: Promise<void> | undefined;
	const restart = async (downMs: number): Promise<void> => {
		const door = doorOf();
		await door.shut();
		await world.clock.sleep(downMs, closing.signal);
		await door.reopen();
	};
	return {
		handler: ((request, response) => {
			const downMs = restartMsLeft(world, world.clock.now());
			if (downMs === 0) {
				return handler(request, response);
			}
			restarting ??= restart(downMs)
				.catch((error: unknown) => {
					if (!closing.signal.aborted) throw error;
				})
				.finally(() => (restarting = undefined));
			return restarting;
		}) satisfies Handler,
		close: async (): Promise<void> => {
			closing.abort();
			await restarting;
		},
	};
};

/** Starts the API server on a free loopback port; `url` is `https://127.0.0.1:PORT`. */
export const startKubernetes = async (world: World, options: KubernetesOptions): Promise<KubernetesServer> => {
	const {handler, close} = createKubernetes(world, options);
	const certificate = createCertificate();
	const restarts = withRestarts(world, handler, () => server);
	const server = await startServer(restarts.handler, {tls: certificate});
	return {
		url: server.url,
		certificateAuthority: certificate.cert,
		close: async () => {
			close();
			await restarts.close();
			await server.close();
		},
	};
};
