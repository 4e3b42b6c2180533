/** Figures as the screens, the report and the ops log print them. */

/** `1.9 %`, `0.2 %`, `0.03 %`, `12 %` of a ratio such as 0.019. */
export function formatPercent(ratio: number): string {
	const percent = ratio * 100;
	const digits = Math.abs(percent) >= 10 || percent === 0 ? 0 : Math.abs(percent) >= 0.095 ? 1 : 2;
	return `${Number(percent.toFixed(digits))} %`;
}

/** `84 ms`, `1.2 s`, `45 s`, `12 m` of milliseconds. */
export function formatMs(ms: number): string {
	if (ms < 1000) return `${Math.round(ms)} ms`;
	if (ms < 10_000) return `${Number((ms / 1000).toFixed(1))} s`;
	return formatAge(ms);
}

/** `45 s`, `12 m`, `10 h 21 m`, `3 d 4 h` of milliseconds; the two largest units. */
export function formatAge(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	if (seconds < 60) return `${seconds} s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return `${minutes} m`;
	const hours = Math.floor(minutes / 60);
	const pair = (large: string, small: number, unit: string) => (small === 0 ? large : `${large} ${small} ${unit}`);
	if (hours < 24) return pair(`${hours} h`, minutes % 60, 'm');
	return pair(`${Math.floor(hours / 24)} d`, hours % 24, 'h');
}

/** Made once, when the first number is printed: making one costs far more than using it. */
let numbers: {readonly large: Intl.NumberFormat; readonly small: Intl.NumberFormat} | undefined;

/** `1,204`, `0.25`, `12.5`: at most three digits behind the point for small numbers, none for large. */
export function formatNumber(value: number): string {
	if (!Number.isFinite(value)) return String(value);
	numbers ??= {
		large: new Intl.NumberFormat('en', {maximumFractionDigits: 0}),
		small: new Intl.NumberFormat('en', {maximumSignificantDigits: 3}),
	};
	return (Math.abs(value) >= 100 ? numbers.large : numbers.small).format(value);
}

/** `512Mi`, `1.5Gi` of bytes. */
export function formatBytes(bytes: number): string {
	const units = ['B', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'] as const;
	let value = bytes;
	let unit = 0;
	while (value >= 1024 && unit < units.length - 1) {
		value /= 1024;
		unit += 1;
	}
	return `${Number(value.toFixed(value < 10 && unit > 2 ? 1 : 0))}${units[unit]}`;
}

/** `2026-11-19T22:10Z`: a minute in UTC, as it is in the ops log. */
export function formatMinute(at: number): string {
	return `${new Date(at).toISOString().slice(0, 16)}Z`;
}

/** `1 pod`, `3 pods`. */
export function plural(count: number, one: string, many = `${one}s`): string {
	return `${formatNumber(count)} ${count === 1 ? one : many}`;
}
