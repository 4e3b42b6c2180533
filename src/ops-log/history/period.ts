/** The days and times that a period accepts. Pure but for the machine's time zone. */
import {parseDuration} from '../../base/times.ts';

/** Epoch milliseconds: `from` inclusive, `to` exclusive. */
export interface Period {
	readonly from: number;
	readonly to: number;
}

const minuteMs = 60_000;

/**
 * `2026-11-20` is that whole day and `2026-11-20T08:42` that minute on this machine's clock, unless a zone (`Z`,
 * `+01:00`) follows; `7d` is that long before `now`. Undefined for anything else.
 */
export function parsePeriod(text: string, now: number): Period | undefined {
	const duration = parseDuration(text);
	if (duration !== undefined) return {from: now - duration, to: now - duration};
	const [, year, month, day, time, zone = ''] =
		/^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text) ?? [];
	if (year === undefined) return undefined;
	const midnight = new Date(Number(year), Number(month) - 1, Number(day));
	// `2026-02-30` rolls over into March.
	if (midnight.getMonth() !== Number(month) - 1 || midnight.getDate() !== Number(day)) return undefined;
	if (time === undefined) return {from: midnight.getTime(), to: new Date(Number(year), Number(month) - 1, Number(day) + 1).getTime()};
	const from = Date.parse(`${year}-${month}-${day}T${time}${zone}`);
	return Number.isNaN(from) ? undefined : {from, to: from + minuteMs};
}
