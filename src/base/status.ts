/**
 * The four states of the monitoring world (Nagios plug-in guidelines).
 * `unknown` is a check that could not be made; it is never green.
 */
export const statuses = ['ok', 'warning', 'critical', 'unknown'] as const;
export type Status = (typeof statuses)[number];

/** How loudly a status asks for attention: critical, then unknown, then warning, then ok. */
const urgency: Record<Status, number> = {ok: 0, warning: 1, unknown: 2, critical: 3};

/** Orders statuses with the most urgent first; for `Array.prototype.sort`. */
export function byUrgency(a: Status, b: Status): number {
	return urgency[b] - urgency[a];
}

/** The most urgent of the statuses; `none` when there are none. */
export function worst(all: Iterable<Status>, none: Status = 'ok'): Status {
	let result: Status | undefined;
	for (const status of all) {
		if (result === undefined || urgency[status] > urgency[result]) result = status;
	}
	return result ?? none;
}

/** Exit code of a headless run: the Nagios plug-in codes 0 ok, 1 warning, 2 critical, 3 unknown. */
export function exitCode(status: Status): 0 | 1 | 2 | 3 {
	return ({ok: 0, warning: 1, critical: 2, unknown: 3} as const)[status];
}
