/** Requests told of in log lines: JSON, logfmt and access lines, as far as status, duration and route go. */
import {parseLine} from './fields.ts';
import {durationOf, routeOf, statusOf} from './request-keys.ts';

export interface Request {
	/** HTTP status, 100 to 599. */
	readonly status: number;
	readonly durationMs?: number;
	/** Its path without query and ids, or its operation. */
	readonly route?: string;
}

const id = /^(?:\d+|[0-9a-f]{8}-[0-9a-f-]{27}|(?=[^/]*\d)[0-9a-f]{8,}|[a-z]+_[A-Za-z0-9]{8,})$/i;

/** `/api/orders/81f2?x=1` is the route `/api/orders/:id`: otherwise every request would be a route of its own. */
export function withoutIds(path: string): string {
	const bare = path.split(/[?#]/, 1)[0] ?? path;
	return bare
		.split('/')
		.map((part) => (id.test(part) ? ':id' : part))
		.join('/');
}

/** What a line tells of a request; undefined where it tells of none. */
export function requestOf(line: string): Request | undefined {
	// Most lines of most logs tell of no request, and three digits are the least that one takes.
	if (!/\d{3}/.test(line)) return undefined;
	const {fields} = parseLine(line);
	const status = statusOf(fields);
	if (status === undefined) return undefined;
	const durationMs = durationOf(fields);
	const route = routeOf(fields);
	return {status, ...(durationMs === undefined ? {} : {durationMs}), ...(route === undefined ? {} : {route: withoutIds(route)})};
}
