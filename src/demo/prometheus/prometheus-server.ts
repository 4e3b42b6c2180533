/** Prometheus's HTTP API over the world's series: the answers of version 3, read from its documentation and web/api/v1. */
import {setImmediate as nextTurn} from 'node:timers/promises';
import {activeAlerts, alertLabels, alertRules, type ActiveAlert} from '../alertmanager/demo-alerts.ts';
import {withFaults} from '../kit/faults.ts';
import {sendJson, startServer, type DemoRequest} from '../kit/http-server.ts';
import {requireToken} from '../kit/tokens.ts';
import type {DemoServer, World} from '../kit/world.ts';
import {evaluate, type Value} from './evaluate.ts';
import {functionNames} from './functions.ts';
import {durationMs} from './lex.ts';
import {seriesOf} from './demo-metrics.ts';
import {parse} from './parse-promql.ts';
import {keyOf, nameless, scrapeIntervalMs, select, type Labels, type SeriesSource} from './series.ts';
import {QueryError} from './syntax.ts';

/** Prometheus's own limit for a range query. */
const mostPoints = 11_000;

const formatted = (value: number): string =>
	value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : Number.isNaN(value) ? 'NaN' : String(value);

const point = (at: number, value: number): readonly [number, string] => [at / 1000, formatted(value)];

function instantResult(value: Value, at: number): {readonly resultType: string; readonly result: unknown} {
	switch (value.type) {
		case 'scalar':
			return {resultType: 'scalar', result: point(at, value.value)};
		case 'string':
			return {resultType: 'string', result: [at / 1000, value.value]};
		case 'vector':
			return {resultType: 'vector', result: value.samples.map(({labels, value: one}) => ({metric: labels, value: point(at, one)}))};
		case 'matrix':
			return {
				resultType: 'matrix',
				result: value.series.map(({labels, points}) => ({metric: labels, values: points.map((one) => point(one.at, one.value))})),
			};
		default:
			return value satisfies never;
	}
}

/** Epoch seconds (with fraction) or RFC 3339, as milliseconds. */
function timeOf(text: string | null, name: string, fallback?: number): number {
	if (text === null && fallback !== undefined) return fallback;
	const at = text !== null && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) * 1000 : Date.parse(text ?? '');
	if (Number.isNaN(at)) throw new QueryError('bad_data', `invalid parameter "${name}": cannot parse "${text ?? ''}" to a valid timestamp`);
	return at;
}

function stepOf(text: string | null): number {
	const step = text !== null && /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : durationMs(text ?? '');
	if (step <= 0) {
		throw new QueryError(
			'bad_data',
			'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
		);
	}
	return step;
}

/** The demo shares its event loop with the screen, which must not wait for a long query. */
const longestTurnMs = 4;

async function rangeResult(
	parameters: URLSearchParams,
	series: readonly SeriesSource[],
): Promise<{readonly resultType: string; readonly result: unknown}> {
	const expression = parse(parameters.get('query') ?? '', functionNames);
	const from = timeOf(parameters.get('start'), 'start');
	const to = timeOf(parameters.get('end'), 'end');
	const step = stepOf(parameters.get('step'));
	if (to < from) throw new QueryError('bad_data', 'invalid parameter "end": end timestamp must not be before start time');
	if ((to - from) / step > mostPoints) {
		throw new QueryError(
			'bad_data',
			'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
		);
	}
	const found = new Map<string, {readonly metric: Labels; readonly values: (readonly [number, string])[]}>();
	let turnBegan = performance.now();
	for (let at = from; at <= to; at += step) {
		if (performance.now() - turnBegan > longestTurnMs) {
			await nextTurn();
			turnBegan = performance.now();
		}
		const value = evaluate(expression, series, at);
		if (value.type !== 'vector' && value.type !== 'scalar') {
			throw new QueryError(
				'bad_data',
				`invalid parameter "query": invalid expression type "${value.type}" for range query, must be Scalar or instant Vector`,
			);
		}
		for (const {labels, value: one} of value.type === 'vector' ? value.samples : [{labels: {}, value: value.value}]) {
			const row = found.get(keyOf(labels)) ?? {metric: labels, values: []};
			row.values.push(point(at, one));
			found.set(keyOf(labels), row);
		}
	}
	return {resultType: 'matrix', result: [...found.values()]};
}

const iso = (at: number): string => new Date(at).toISOString();

function alertBody(alert: ActiveAlert, series: readonly SeriesSource[], at: number): object {
	const value = evaluate(parse(alert.expr, functionNames), series, at);
	const samples = value.type === 'vector' ? value.samples : [];
	return {
		labels: alertLabels(alert),
		annotations: alert.annotations,
		state: alert.state,
		activeAt: iso(alert.activeAt),
		value: formatted(samples[0]?.value ?? 0),
	};
}

function ruleGroups(world: World, series: readonly SeriesSource[], at: number): object {
	const active = activeAlerts(world, at);
	const lastEvaluation = iso(Math.floor(at / scrapeIntervalMs) * scrapeIntervalMs);
	const rules = alertRules(world).map((rule) => {
		const own = active.filter((alert) => alert.name === rule.name);
		return {
			state: own[0]?.state ?? 'inactive',
			name: rule.name,
			query: rule.expr,
			duration: rule.forMs / 1000,
			keepFiringFor: 0,
			labels: {...rule.labels, severity: rule.severity},
			annotations: rule.annotations,
			alerts: own.map((alert) => alertBody(alert, series, at)),
			health: 'ok',
			evaluationTime: 0.0012,
			lastEvaluation,
			type: 'alerting',
		};
	});
	const file = '/etc/prometheus/rules/checkout.yaml';
	return {groups: [{name: 'checkout', file, rules, interval: 15, limit: 0, evaluationTime: 0.004, lastEvaluation}]};
}

function targets(series: readonly SeriesSource[], at: number): object {
	const lastScrape = Math.floor(at / scrapeIntervalMs) * scrapeIntervalMs;
	const up = select(series, [{label: '__name__', op: '=', value: 'up'}]);
	return {
		activeTargets: up.flatMap(({labels, valueAt}) => {
			const value = valueAt(lastScrape);
			if (value === undefined) return [];
			const instance = labels['instance'] ?? '';
			return [
				{
					discoveredLabels: {__address__: instance},
					labels: nameless(labels),
					scrapePool: labels['job'] ?? '',
					scrapeUrl: `http://${instance}/metrics`,
					globalUrl: `http://${instance}/metrics`,
					lastError: value === 1 ? '' : `Get "http://${instance}/metrics": dial tcp ${instance}: connect: connection refused`,
					lastScrape: iso(lastScrape),
					lastScrapeDuration: 0.0061,
					health: value === 1 ? 'up' : 'down',
					scrapeInterval: '15s',
					scrapeTimeout: '10s',
				},
			];
		}),
		droppedTargets: [],
	};
}

/** The series that `match[]` selects now, or all of them. */
function matching(parameters: URLSearchParams, series: readonly SeriesSource[], at: number): readonly SeriesSource[] {
	const selectors = parameters.getAll('match[]').map((text) => parse(text, functionNames));
	const living = series.filter(({valueAt}) => valueAt(Math.floor(at / scrapeIntervalMs) * scrapeIntervalMs) !== undefined);
	if (selectors.length === 0) return living;
	return [...new Set(selectors.flatMap((one) => (one.kind === 'selector' ? select(living, one.matchers) : [])))];
}

async function parametersOf(request: DemoRequest): Promise<URLSearchParams> {
	const form = request.method === 'POST' ? new URLSearchParams(await request.body()) : new URLSearchParams();
	return new URLSearchParams([...request.query, ...form]);
}

/** What a path of /api/v1/ answers; undefined where there is no such path. */
function answer(
	path: string,
	parameters: URLSearchParams,
	at: number,
	{world, series}: {readonly world: World; readonly series: readonly SeriesSource[]},
): unknown {
	const label = /^label\/([^/]+)\/values$/.exec(path)?.[1];
	if (label !== undefined) {
		return [...new Set(matching(parameters, series, at).flatMap(({labels}) => labels[label] ?? []))].sort();
	}
	switch (path) {
		case 'query': {
			const when = timeOf(parameters.get('time'), 'time', at);
			return instantResult(evaluate(parse(parameters.get('query') ?? '', functionNames), series, when), when);
		}
		case 'query_range':
			return rangeResult(parameters, series);
		case 'rules':
			return parameters.get('type') === 'record' ? {groups: []} : ruleGroups(world, series, at);
		case 'alerts':
			return {alerts: activeAlerts(world, at).map((alert) => alertBody(alert, series, at))};
		case 'targets':
			return targets(series, at);
		case 'labels':
			return [...new Set(matching(parameters, series, at).flatMap(({labels}) => Object.keys(labels)))].sort();
		case 'series':
			return matching(parameters, series, at).map(({labels}) => labels);
		case 'status/buildinfo':
			return {
				version: '3.7.3',
				revision: '0a41f0000c705c69ab8e0f9a258fc73e39ed62c8',
				branch: 'HEAD',
				buildUser: '',
				buildDate: '20251030-07:26:10',
				goVersion: 'go1.25.3',
			};
		default:
			return undefined;
	}
}

/** Starts a Prometheus with the world's metrics; it wants the token as bearer or as the password of basic authentication. */
export function startPrometheus(world: World, {token}: {readonly token: string}): Promise<DemoServer> {
	const series = seriesOf(world);
	const handler = withFaults({
		world,
		source: 'prometheus',
		fail: (response) => sendJson(response, 503, {status: 'error', errorType: 'timeout', error: 'query timed out in expression evaluation'}),
		handler: requireToken({
			token,
			unauthorized: (_request, response) => {
				response.writeHead(401, {'Content-Type': 'text/plain; charset=utf-8', 'WWW-Authenticate': 'Basic'});
				response.end('Unauthorized\n');
			},
			handler: async (request, response) => {
				if (request.path === '/-/healthy' || request.path === '/-/ready') {
					response.end(`Prometheus Server is ${request.path === '/-/ready' ? 'Ready' : 'Healthy'}.\n`);
					return;
				}
				try {
					const at = world.clock.now();
					const data = request.path.startsWith('/api/v1/')
						? await answer(request.path.slice('/api/v1/'.length), await parametersOf(request), at, {world, series})
						: undefined;
					if (data === undefined) {
						response.writeHead(404, {'Content-Type': 'text/plain; charset=utf-8'}).end('404 page not found\n');
					} else {
						sendJson(response, 200, {status: 'success', data});
					}
				} catch (error) {
					if (!(error instanceof QueryError)) throw error;
					sendJson(response, error.type === 'bad_data' ? 400 : 422, {status: 'error', errorType: error.type, error: error.message});
				}
			},
		}),
	});
	return startServer(handler);
}
