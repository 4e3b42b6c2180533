/** Reads what a health endpoint says of its dependencies, in the shapes that are common. Pure; never throws. */

export interface Dependency {
	readonly name: string;
	readonly state: 'ok' | 'degraded' | 'down' | 'unknown';
	/** The word the body itself used. */
	readonly said: string;
}

export interface HealthBody {
	readonly dependencies: readonly Dependency[];
	readonly version?: string;
}

const words: Readonly<Record<string, Dependency['state']>> = {
	ok: 'ok',
	up: 'ok',
	pass: 'ok',
	passing: 'ok',
	healthy: 'ok',
	true: 'ok',
	alive: 'ok',
	connected: 'ok',
	degraded: 'degraded',
	warn: 'degraded',
	warning: 'degraded',
	slow: 'degraded',
	down: 'down',
	fail: 'down',
	failing: 'down',
	failed: 'down',
	error: 'down',
	critical: 'down',
	unhealthy: 'down',
	out_of_service: 'down',
	false: 'down',
	disconnected: 'down',
};

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
}

/** The status word of `'ok'`, `true`, `{status: 'UP'}`, `{state}`, `{healthy: false}` or `[{status}]` (RFC draft health+json). */
function word(value: unknown): string | undefined {
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean') return String(value);
	if (Array.isArray(value)) return word(value[0]);
	const object = record(value);
	if (!object) return undefined;
	for (const key of ['status', 'state', 'healthy', 'ok', 'health']) {
		if (typeof object[key] === 'string' || typeof object[key] === 'boolean') return String(object[key]);
	}
	return undefined;
}

function dependency(name: string, value: unknown): Dependency {
	const said = word(value);
	return {name, said: said ?? 'no status', state: (said === undefined ? undefined : words[said.toLowerCase()]) ?? 'unknown'};
}

function listed(value: unknown): readonly Dependency[] {
	if (Array.isArray(value)) {
		return value.flatMap((one) => {
			const name = record(one)?.['name'];
			return typeof name === 'string' ? [dependency(name, one)] : [];
		});
	}
	return Object.entries(record(value) ?? {}).map(([name, one]) => dependency(name, one));
}

/**
 * Dependencies and version of a health body: `dependencies`, `checks` or `components` as a map or a list,
 * as hand-written endpoints, health+json and Spring's actuator give them.
 */
export function parseHealthBody(body: string | undefined): HealthBody {
	let parsed: unknown;
	try {
		parsed = JSON.parse(body ?? '');
	} catch {
		return {dependencies: []};
	}
	const object = record(parsed);
	if (!object) return {dependencies: []};
	const from = ['dependencies', 'checks', 'components', 'details'].find((key) => object[key] !== undefined);
	const version = ['version', 'release', 'releaseId', 'build'].map((key) => object[key]).find((value) => typeof value === 'string');
	return {dependencies: from ? listed(object[from]) : [], ...(typeof version === 'string' ? {version} : {})};
}
