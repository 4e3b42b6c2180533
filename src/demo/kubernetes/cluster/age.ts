/** Ages as the API server prints them (k8s.io/apimachinery/pkg/util/duration, HumanDuration). */

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

const two = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
	small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`;

const cut = (value: number, unit: number): number => Math.floor(value / unit);

/** A duration in milliseconds: `38s`, `2m5s`, `86m`, `7h12m`, `2d4h`, `9d`. */
export const humanDuration = (ms: number): string => {
	const seconds = Math.trunc(ms / 1000);
	if (seconds < -1) {
		return '<invalid>';
	}
	if (seconds < 0) {
		return '0s';
	}
	if (seconds < 2 * minute) {
		return `${seconds}s`;
	}
	if (seconds < 10 * minute) {
		return two(cut(seconds, minute), 'm', seconds % minute, 's');
	}
	if (seconds < 3 * hour) {
		return `${cut(seconds, minute)}m`;
	}
	if (seconds < 8 * hour) {
		return two(cut(seconds, hour), 'h', cut(seconds % hour, minute), 'm');
	}
	if (seconds < 2 * day) {
		return `${cut(seconds, hour)}h`;
	}
	if (seconds < 8 * day) {
		return two(cut(seconds, day), 'd', cut(seconds % day, hour), 'h');
	}
	if (seconds < 2 * year) {
		return `${cut(seconds, day)}d`;
	}
	if (seconds < 8 * year) {
		return two(cut(seconds, year), 'y', cut(seconds % year, day), 'd');
	}
	return `${cut(seconds, year)}y`;
};

/** How long ago `at` was; `<unknown>` where there is no date. */
export const ageOf = (at: Date | undefined, now: number): string => (at ? humanDuration(now - at.getTime()) : '<unknown>');
