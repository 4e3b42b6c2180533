/** The company's own health addresses: `/ENVIRONMENT/healthz` of the api and `/ENVIRONMENT/web/healthz` of the web shop. */
import {withFaults} from '../kit/faults.ts';
import {goneSignal, sendJson, startServer} from '../kit/http-server.ts';
import type {DemoServer, World} from '../kit/world.ts';

const delayMs = {ok: 4, degraded: 1_900, down: 0} as const;

function bodyOf({story}: World, environment: 'production' | 'staging', front: boolean): {readonly status: number; readonly body: object} {
	const {up, dependencies} = story.health[environment];
	// The shop's front needs nothing but the api, and an api that is merely unwell serves it.
	const needed = Object.entries(front ? {api: up ? ('ok' as const) : ('down' as const)} : dependencies);
	const worst = needed.some(([, state]) => state === 'down') ? 'down' : needed.some(([, state]) => state !== 'ok') ? 'degraded' : 'ok';
	const status = up ? worst : 'down';
	return {
		status: status === 'down' ? 503 : 200,
		body: {
			status,
			service: front ? `${story.service}-web` : story.service,
			version: front ? '3.9.0' : story.release.version,
			dependencies: Object.fromEntries(needed.map(([name, state]) => [name, {status: state, latencyMs: delayMs[state]}])),
		},
	};
}

/** Starts the health addresses; they are open, as a load balancer needs them. */
export function startHealth(world: World): Promise<DemoServer> {
	return startServer(
		withFaults({
			world,
			source: 'health',
			handler: async (request, response) => {
				const [, environment, front] = /^\/(production|staging)(\/web)?\/healthz$/.exec(request.path) ?? [];
				if (environment !== 'production' && environment !== 'staging') return sendJson(response, 404, {error: 'not found'});
				const {latencyMs} = world.story.health[environment];
				const jitter = 0.8 + 0.4 * world.chance(`health ${request.path} ${Math.floor(world.clock.now() / 1000)}`);
				await world.clock.sleep(latencyMs * jitter * (front === undefined ? 1 : 0.4), goneSignal(response));
				const {status, body} = bodyOf(world, environment, front !== undefined);
				return sendJson(response, status, body);
			},
		}),
	);
}
