/** Alertmanager's API v2 (api/v2/openapi.yaml): alerts, silences, status. Errors are bare JSON strings. */
import type {ServerResponse} from 'node:http';
import {activeAlerts, alertLabels, firingSince, type ActiveAlert} from './demo-alerts.ts';
import {withFaults} from '../kit/faults.ts';
import {sendJson, startServer, type DemoRequest} from '../kit/http-server.ts';
import {hexOf} from '../kubernetes/plan/random.ts';
import {accepts, parseMatcher, readSilence, silenceState, storySilences, type Matcher, type Silence} from './silences.ts';
import {requireToken} from '../kit/tokens.ts';
import type {DemoServer, World} from '../kit/world.ts';

const minute = 60_000;

const fingerprintOf = (labels: Readonly<Record<string, string>>): string =>
	hexOf(JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))), 16);

function alertBody(
	alert: ActiveAlert,
	context: {readonly at: number; readonly silences: readonly Silence[]; readonly others: readonly ActiveAlert[]},
) {
	const labels = alertLabels(alert);
	const silencedBy = context.silences
		.filter((silence) => silenceState(silence, context.at) === 'active' && accepts(silence.matchers, labels))
		.map((silence) => silence.id);
	const inhibitedBy = context.others.filter((other) => other.name === alert.inhibitedBy).map((other) => fingerprintOf(alertLabels(other)));
	const iso = (at: number) => new Date(at).toISOString();
	return {
		annotations: alert.annotations,
		endsAt: iso(context.at + 4 * minute),
		fingerprint: fingerprintOf(labels),
		receivers: [{name: 'payments-channel'}],
		startsAt: iso(firingSince(alert)),
		status: {state: silencedBy.length + inhibitedBy.length > 0 ? 'suppressed' : 'active', silencedBy, inhibitedBy, mutedBy: []},
		updatedAt: iso(Math.floor(context.at / minute) * minute),
		generatorURL: `https://prometheus.example.com/graph?g0.expr=${encodeURIComponent(alert.expr)}&g0.tab=1`,
		labels,
	};
}

/** The request's `filter` matchers; answers 400 itself and gives undefined where one is no matcher. */
function filtersOf(request: DemoRequest, response: ServerResponse): readonly Matcher[] | undefined {
	const filters: Matcher[] = [];
	for (const text of request.query.getAll('filter')) {
		const matcher = parseMatcher(text);
		if (!matcher) {
			sendJson(response, 400, JSON.stringify(`bad matcher format: ${text}`));
			return undefined;
		}
		filters.push(matcher);
	}
	return filters;
}

const silenceBody = (silence: Silence, at: number): object => ({...silence, status: {state: silenceState(silence, at)}});

/** Starts an Alertmanager that was told of every firing alert; it wants the token as bearer or as basic password. */
export function startAlertmanager(world: World, {token}: {readonly token: string}): Promise<DemoServer> {
	const silences = new Map(storySilences(world).map((silence) => [silence.id, silence]));
	const startedAt = new Date(world.story.startedAt - 20 * 24 * 60 * minute).toISOString();

	const alerts = (request: DemoRequest, response: ServerResponse, at: number): void => {
		const filters = filtersOf(request, response);
		if (!filters) return;
		const wanted = (name: string) => request.query.get(name) !== 'false';
		const firing = activeAlerts(world, at).filter((alert) => alert.state === 'firing');
		const all = firing.map((alert) => alertBody(alert, {at, silences: [...silences.values()], others: firing}));
		const shown = all.filter(({labels, status}) => {
			if (!accepts(filters, labels)) return false;
			if (!wanted('silenced') && status.silencedBy.length > 0) return false;
			if (!wanted('inhibited') && status.inhibitedBy.length > 0) return false;
			return wanted('active') || status.state !== 'active';
		});
		sendJson(response, 200, shown);
	};

	const postSilence = async (request: DemoRequest, response: ServerResponse): Promise<void> => {
		const silence = readSilence(await request.body(), {world, count: silences.size});
		if (typeof silence === 'string') {
			sendJson(response, 400, JSON.stringify(silence));
			return;
		}
		silences.set(silence.id, silence);
		sendJson(response, 200, {silenceID: silence.id});
	};

	const oneSilence = (request: DemoRequest, response: ServerResponse, at: number): void => {
		const silence = silences.get(request.path.slice('/api/v2/silence/'.length));
		if (!silence) {
			sendJson(response, 404, JSON.stringify('silence not found'));
		} else if (request.method === 'DELETE') {
			silences.set(silence.id, {...silence, endsAt: new Date(at).toISOString()});
			response.writeHead(200).end();
		} else {
			sendJson(response, 200, silenceBody(silence, at));
		}
	};

	const route = (request: DemoRequest, response: ServerResponse): void | Promise<void> => {
		const at = world.clock.now();
		const {path, method} = request;
		if (path === '/-/healthy' || path === '/-/ready') {
			response.end('OK');
		} else if (path === '/api/v2/alerts' && method === 'GET') {
			alerts(request, response, at);
		} else if (path === '/api/v2/silences' && method === 'POST') {
			return postSilence(request, response);
		} else if (path === '/api/v2/silences') {
			const filters = filtersOf(request, response);
			if (!filters) return;
			const named = (silence: Silence) => Object.fromEntries(silence.matchers.map((matcher) => [matcher.name, matcher.value]));
			sendJson(
				response,
				200,
				[...silences.values()].filter((one) => accepts(filters, named(one))).map((one) => silenceBody(one, at)),
			);
		} else if (path.startsWith('/api/v2/silence/')) {
			oneSilence(request, response, at);
		} else if (path === '/api/v2/receivers') {
			sendJson(response, 200, [{name: 'payments-channel'}]);
		} else if (path === '/api/v2/status') {
			sendJson(response, 200, {
				cluster: {name: '01K9ROUNDS', status: 'ready', peers: [{address: '10.42.0.9:9094', name: '01K9ROUNDS'}]},
				config: {original: 'route:\n  receiver: payments-channel\nreceivers:\n- name: payments-channel\n'},
				uptime: startedAt,
				versionInfo: {
					branch: 'HEAD',
					buildDate: '20251001-09:07:51',
					buildUser: '',
					goVersion: 'go1.25.1',
					revision: '4ce04fb0',
					version: '0.28.1',
				},
			});
		} else {
			sendJson(response, 404, JSON.stringify(`path ${path} was not found`));
		}
	};

	return startServer(
		withFaults({
			world,
			source: 'alertmanager',
			fail: (response) => sendJson(response, 503, JSON.stringify('service unavailable')),
			handler: requireToken({
				token,
				unauthorized: (_request, response) => {
					response.writeHead(401, {'Content-Type': 'text/plain; charset=utf-8', 'WWW-Authenticate': 'Basic'});
					response.end('Unauthorized\n');
				},
				handler: route,
			}),
		}),
	);
}
