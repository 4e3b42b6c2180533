/** What programs call the figures of a request, in JSON and in pairs. */
import {quantityOf} from './quantity.ts';
import {type Fields, firstOf} from './line-form.ts';

const statusKeys = ['status', 'status_code', 'statusCode', 'http_status', 'http.status_code', 'http.response.status_code', 'code'];
const routeKeys = ['route', 'http.route', 'path', 'url', 'uri', 'request_path', 'http.target', 'operation'];
const methodKeys = ['method', 'http.method', 'http.request.method', 'request_method', 'verb'];
/** Key of a duration and how many milliseconds its unit has. */
const durationKeys: readonly (readonly [key: string, ms: number])[] = [
	['duration_ms', 1],
	['durationMs', 1],
	['latency_ms', 1],
	['latencyMs', 1],
	['elapsed_ms', 1],
	['responseTime', 1],
	['response_time_ms', 1],
	['took_ms', 1],
	['duration_s', 1000],
	['request_time', 1000],
	['duration_seconds', 1000],
	['duration', 1],
	['latency', 1],
	['elapsed', 1],
	['took', 1],
];
/** pino and its kin keep the figures one level down. */
const places = ['', 'req.', 'request.', 'res.', 'response.', 'http.'];

function under(keys: readonly string[]): readonly string[] {
	return places.flatMap((place) => keys.map((key) => place + key));
}

const statuses = under(statusKeys);
const routes = under(routeKeys);
const methods = under(methodKeys);
const durations = places.flatMap((place) => durationKeys.map(([key, ms]) => [place + key, ms] as const));

const outcomes = new Set([...statuses, ...durations.map(([key]) => key), 'error', 'err', 'err.message', 'error.message', 'reason']);

const plainNames = new Map([
	...statuses.map((key) => [key, 'status'] as const),
	...methods.map((key) => [key, 'method'] as const),
	...durations.map(([key]) => [key, 'duration'] as const),
]);

/** The plain name under which `requestField` gives what the field tells; undefined where it has none. */
export function plainName(key: string): string | undefined {
	return plainNames.get(key);
}

/** Whether the field tells how it went: a status, a duration, what failed. */
export function isOutcome(name: string): boolean {
	return outcomes.has(name);
}

/** The HTTP status that the fields tell; undefined where none is one (100 to 599). */
export function statusOf(fields: Fields): number | undefined {
	for (const key of statuses) {
		const status = Number(fields[key] ?? Number.NaN);
		if (Number.isInteger(status) && status >= 100 && status <= 599) return status;
	}
	return undefined;
}

/** The duration that the fields tell, in milliseconds: with its unit, or in the one that its key implies. */
export function durationOf(fields: Fields): number | undefined {
	for (const [key, ms] of durations) {
		const text = fields[key];
		const value = text === undefined ? undefined : quantityOf(text);
		if (value !== undefined) return /\d$/.test(text ?? '') ? value * ms : value;
	}
	return undefined;
}

/** The path as it was asked for, or the operation. */
export function routeOf(fields: Fields): string | undefined {
	return firstOf(fields, routes);
}

/** The duration with its unit: `84ms`. */
export function durationText(fields: Fields): string | undefined {
	const ms = durationOf(fields);
	return ms === undefined ? undefined : `${Number(ms.toFixed(6))}ms`;
}

/** A request's figure by the plain name it has here; undefined for every other name. */
export function requestField(fields: Fields, name: string): string | undefined {
	if (name === 'duration') return durationText(fields);
	if (name === 'status') return statusOf(fields)?.toString();
	if (name === 'method') return firstOf(fields, methods);
	return name === 'path' || name === 'route' ? routeOf(fields) : undefined;
}
