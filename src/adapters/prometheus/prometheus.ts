/** Prometheus and what speaks its API (Mimir, Thanos, VictoriaMetrics): queries, and the alerts it evaluates itself. */
import * as z from 'zod';
import type {Alert, AlertSource} from '../../ports/alert-source.ts';
import type {MetricSource} from '../../ports/metric-source.ts';
import type {Clock} from '../../ports/clock.ts';
import {alertText} from '../alertmanager/alert-text.ts';
import {createJsonClient} from '../http/request.ts';
import type {Credential} from '../machine/secrets.ts';

export interface PrometheusOptions {
	readonly url: string;
	readonly credential?: Credential;
	/** Such as `X-Scope-OrgID`. */
	readonly headers?: Readonly<Record<string, string>>;
	readonly clock: Clock;
	readonly timeoutMs?: number;
}

const labels = z.record(z.string(), z.string());
const point = z.tuple([z.number(), z.string().transform(toNumber)]);
// A native histogram has no `value`; no query of ours wants one, so it counts as no data.
const vector = z.array(z.object({metric: labels, value: point.optional()}));

const instant = z.object({
	data: z.discriminatedUnion('resultType', [
		z.object({resultType: z.literal('vector'), result: vector}),
		z.object({resultType: z.literal('scalar'), result: point}),
	]),
});
const range = z.object({
	data: z.object({resultType: z.literal('matrix'), result: z.array(z.object({metric: labels, values: z.array(point).default([])}))}),
});
const alertList = z.object({
	data: z.object({
		alerts: z.array(
			z.object({labels, annotations: labels.default({}), state: z.enum(['firing', 'pending', 'inactive']), activeAt: z.string()}),
		),
	}),
});

/** `NaN`, `+Inf` and `-Inf` are values to Prometheus. */
function toNumber(text: string, context: z.RefinementCtx): number {
	if (text === 'NaN') return Number.NaN;
	if (/^[+-]?Inf$/.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
	const value = text.trim() === '' ? Number.NaN : Number(text);
	if (Number.isNaN(value)) context.addIssue({code: 'custom', message: 'a number, NaN or Inf'});
	return value;
}

/** Reads metrics and Prometheus' own alerts; `up` answers where the permissions are right. */
export function createPrometheus(options: PrometheusOptions): MetricSource & AlertSource {
	const client = createJsonClient({
		source: 'Prometheus',
		url: options.url,
		clock: options.clock,
		permission: options.credential
			? `Ask for read access to the query API for the token in ${options.credential.name}`
			: 'Add a token that may query to sources.prometheus',
		...(options.credential ? {credential: options.credential} : {}),
		...(options.headers ? {headers: options.headers} : {}),
		...(options.timeoutMs === undefined ? {} : {timeoutMs: options.timeoutMs}),
	});
	const seconds = (ms: number) => String(ms / 1000);
	return {
		name: 'Prometheus',
		url: client.url,
		async query(promql, {at, signal}) {
			const {data} = await client.get('api/v1/query', {
				query: [['query', promql], ...(at === undefined ? [] : [['time', seconds(at)] as const])],
				schema: instant,
				signal,
			});
			if (data.data.resultType === 'scalar') {
				const [time, value] = data.data.result;
				return [{labels: {}, value, at: time * 1000}];
			}
			return data.data.result.flatMap(({metric, value}) =>
				value === undefined ? [] : [{labels: metric, value: value[1], at: value[0] * 1000}],
			);
		},
		async queryRange(promql, {from, to, stepMs, signal}) {
			const {data} = await client.get('api/v1/query_range', {
				query: [
					['query', promql],
					['start', seconds(from)],
					['end', seconds(to)],
					['step', seconds(stepMs)],
				],
				schema: range,
				signal,
			});
			return data.data.result.map(({metric, values}) => ({
				labels: metric,
				points: values.map(([time, value]) => ({at: time * 1000, value})),
			}));
		},
		async alerts(signal) {
			const {data} = await client.get('api/v1/alerts', {schema: alertList, signal});
			return data.data.alerts.flatMap((each): readonly Alert[] =>
				each.state === 'inactive'
					? []
					: [
							{
								source: 'Prometheus',
								...alertText(each.labels, each.annotations),
								state: each.state,
								startedAt: Date.parse(each.activeAt) || 0,
								url: `${client.url}/alerts`,
							},
						],
			);
		},
	};
}
