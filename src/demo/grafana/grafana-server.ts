/** Grafana's health, dashboards and the state of the rules it evaluates itself. */
import {withFaults} from '../kit/faults.ts';
import {requireBearer, sendJson, startServer, type Handler} from '../kit/http-server.ts';
import type {DemoServer, World} from '../kit/world.ts';

const dashboards = [
	{uid: 'checkout-overview', title: 'Checkout overview', tags: ['checkout', 'red']},
	{uid: 'checkout-payments', title: 'Checkout payments', tags: ['checkout', 'stripe']},
	{uid: 'checkout-pods', title: 'Checkout pods', tags: ['checkout', 'kubernetes']},
	{uid: 'checkout-database', title: 'Checkout database', tags: ['checkout', 'postgres']},
] as const;

const slugOf = (title: string): string => title.toLowerCase().replaceAll(' ', '-');

/** The one rule that looks at money: its data is not in Prometheus. Fires where production is down. */
function ordersRule({story, clock}: World): object {
	const at = clock.now();
	const alerting = !story.health.production.up && story.burstAt !== undefined && at > story.burstAt + 5 * 60_000;
	const activeAt = alerting && story.burstAt !== undefined ? new Date(story.burstAt + 5 * 60_000).toISOString() : '0001-01-01T00:00:00Z';
	const labels = {
		alertname: 'NoOrders',
		service: story.service,
		environment: 'production',
		severity: 'critical',
		grafana_folder: 'Checkout',
	};
	const annotations = {
		summary: 'No order has been paid for five minutes',
		runbook_url: 'https://runbooks.example.com/checkout/no-orders',
		__dashboardUid__: 'checkout-payments',
		__panelId__: '4',
	};
	return {
		state: alerting ? 'firing' : 'inactive',
		name: 'NoOrders',
		uid: 'no-orders-rule',
		folderUid: 'checkout',
		query: "SELECT count(*) FROM orders WHERE paid_at > now() - interval '5 minutes'",
		duration: 300,
		annotations,
		labels: {severity: 'critical', service: story.service},
		alerts: [{labels, annotations, state: alerting ? 'Alerting' : 'Normal', activeAt, value: alerting ? '0e+00' : ''}],
		totals: {[alerting ? 'alerting' : 'normal']: 1},
		health: 'ok',
		lastEvaluation: new Date(Math.floor(at / 60_000) * 60_000).toISOString(),
		evaluationTime: 0.012,
		type: 'alerting',
	};
}

/** Starts a Grafana; `/api/health` is open, everything else wants the service account's token. */
export function startGrafana(world: World, {token}: {readonly token: string}): Promise<DemoServer> {
	const guarded: Handler = (request, response) => {
		switch (request.path) {
			case '/api/prometheus/grafana/api/v1/rules':
				return sendJson(response, 200, {
					status: 'success',
					data: {groups: [{name: 'orders', file: 'Checkout', folderUid: 'checkout', interval: 60, rules: [ordersRule(world)]}], totals: {}},
				});
			case '/api/search': {
				const query = (request.query.get('query') ?? '').toLowerCase();
				const found = dashboards.filter(({title}) => title.toLowerCase().includes(query));
				return sendJson(
					response,
					200,
					found.map(({uid, title, tags}, index) => ({
						id: index + 1,
						uid,
						title,
						tags,
						uri: `db/${slugOf(title)}`,
						url: `/d/${uid}/${slugOf(title)}`,
						type: 'dash-db',
						isStarred: false,
						folderUid: 'checkout',
						folderTitle: 'Checkout',
					})),
				);
			}
			default:
				return sendJson(response, 404, {message: 'Not found'});
		}
	};
	const authorised = requireBearer({
		token,
		unauthorized: (_request, response) =>
			sendJson(response, 401, {extra: null, message: 'Unauthorized', messageId: 'auth.unauthorized', statusCode: 401, traceID: ''}),
		handler: guarded,
	});
	return startServer(
		withFaults({
			world,
			source: 'grafana',
			handler: (request, response) => {
				const dashboard = dashboards.find(({uid}) => request.path.startsWith(`/d/${uid}`));
				if (dashboard) {
					response.writeHead(200, {'Content-Type': 'text/html; charset=utf-8'});
					response.end(
						`<!doctype html><title>${dashboard.title}</title><h1>${dashboard.title}</h1><p>The simulated company has no graphs.</p>`,
					);
					return undefined;
				}
				return request.path === '/api/health'
					? sendJson(response, 200, {database: 'ok', version: '12.2.1', commit: '563109b696e9c1cbaf345f2ab7a11f7f78422982'})
					: authorised(request, response);
			},
		}),
	);
}
