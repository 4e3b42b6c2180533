/** Requests told of in log lines: JSON, logfmt and access lines, as far as status, duration and route go. Pure. */

export interface RequestFigures {
	readonly status: number;
	/** Milliseconds. */
	readonly durationMs?: number;
	readonly route?: string;
}

const statusKeys = ['status', 'status_code', 'statusCode', 'http_status', 'http.status_code', 'http.response.status_code', 'code'];
const routeKeys = ['route', 'http.route', 'path', 'url', 'uri', 'request_path', 'http.target', 'operation'];
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
const units: Readonly<Record<string, number>> = {ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000};

type Fields = Readonly<Record<string, unknown>>;

function jsonFields(text: string): Fields | undefined {
	if (!text.startsWith('{')) return undefined;
	try {
		const parsed = JSON.parse(text) as Fields;
		const {req, request, res, response, http} = parsed;
		const nested = [req, request, res, response, http].filter(
			(one): one is Fields => typeof one === 'object' && one !== null && !Array.isArray(one),
		);
		return Object.assign({}, ...nested, parsed) as Fields;
	} catch {
		return undefined;
	}
}

function logfmtFields(text: string): Fields | undefined {
	const fields: Record<string, string> = {};
	for (const [, key = '', quoted, bare] of text.matchAll(/(?:^|\s)([\w.]+)=(?:"((?:[^"\\]|\\.)*)"|(\S*))/g))
		fields[key] = quoted ?? bare ?? '';
	return Object.keys(fields).length > 0 ? fields : undefined;
}

/** `203.0.113.9 - - [20/Nov/2026:08:33:04 +0000] "GET /api/cart HTTP/1.1" 200 512 "-" "curl" 0.084` of nginx and its kin. */
const access =
	/"(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE) (\S+)[^"]*" (\d{3})\b(?: (?:\d+|-))?(?:.*?(?:request_time=|rt=|\s)(\d+\.\d+)\s*$)?/;

function milliseconds(value: unknown, unit: number): number | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? value * unit : undefined;
	const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?)\s*(ns|us|µs|ms|s|m)?$/.exec(value) : null;
	return match ? Number(match[1]) * (match[2] ? (units[match[2]] ?? unit) : unit) : undefined;
}

function fromFields(fields: Fields): RequestFigures | undefined {
	const status = statusKeys
		.map((key) => Number(fields[key] ?? Number.NaN))
		.find((value) => Number.isInteger(value) && value >= 100 && value <= 599);
	if (status === undefined) return undefined;
	const durationMs = durationKeys.map(([key, unit]) => milliseconds(fields[key], unit)).find((value) => value !== undefined);
	const route = routeKeys.map((key) => fields[key]).find((value): value is string => typeof value === 'string' && value !== '');
	return {status, ...(durationMs === undefined ? {} : {durationMs}), ...(route === undefined ? {} : {route: withoutIds(route)})};
}

/** `/api/orders/81f2?x=1` is the route `/api/orders/:id`: otherwise every request would be a route of its own. */
export function withoutIds(path: string): string {
	const bare = path.split(/[?#]/, 1)[0] ?? path;
	return bare
		.split('/')
		.map((part) => (/^(\d+|[0-9a-f]{8}-[0-9a-f-]{27}|(?=[^/]*\d)[0-9a-f]{8,}|[a-z]+_[A-Za-z0-9]{8,})$/i.test(part) ? ':id' : part))
		.join('/');
}

/** What a line tells of a request; undefined where it tells of none. */
export function requestOf(line: string): RequestFigures | undefined {
	const text = line.trim();
	const json = jsonFields(text);
	if (json) return fromFields(json);
	const line2 = access.exec(text);
	if (line2) {
		const seconds = line2[3] === undefined ? undefined : Number(line2[3]);
		return {status: Number(line2[2]), route: withoutIds(line2[1] ?? ''), ...(seconds === undefined ? {} : {durationMs: seconds * 1000})};
	}
	const fields = logfmtFields(text);
	return fields && fromFields(fields);
}

/** The value below which `share` of the sorted values lie (nearest rank); undefined for none. */
export function percentile(values: readonly number[], share: number): number | undefined {
	if (values.length === 0) return undefined;
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
