/** Figures as log lines write them, made comparable. */

const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000];
const times = {ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: second, sec: second, m: minute, min: minute, h: hour, d: day};
const decimal = {B: 1, k: 1e3, K: 1e3, kB: 1e3, KB: 1e3, M: 1e6, MB: 1e6, G: 1e9, GB: 1e9, T: 1e12, TB: 1e12};
const binary = {Ki: 2 ** 10, KiB: 2 ** 10, Mi: 2 ** 20, MiB: 2 ** 20, Gi: 2 ** 30, GiB: 2 ** 30, Ti: 2 ** 40, TiB: 2 ** 40};
/** Milliseconds of a time's units, bytes of a size's; `m` is a minute, `M` a million bytes. */
const units: Readonly<Record<string, number>> = {...times, ...decimal, ...binary, '%': 1};

/** Longer than any figure that a person writes. */
const longest = 40;
const part = /(\d+(?:\.\d+)?)\s?([A-Za-zµμ%]+)/y;

/**
 * The figure that the text as a whole is: a number (`503`, `-2.5`, `1e3`, `1,204`), a duration in milliseconds (`1.2s`,
 * `300 ms`, `1h2m3s`), a size in bytes (`512Mi`, `10MB`), a percentage. Undefined where it is none.
 */
export function quantityOf(text: string): number | undefined {
	const bare = text.length > longest ? '' : text.trim();
	if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(bare)) return Number(bare);
	if (/^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(bare)) return Number(bare.replaceAll(',', ''));
	const sign = bare.startsWith('-') ? -1 : 1;
	let total = 0;
	let at = sign === -1 ? 1 : 0;
	if (at === bare.length) return undefined;
	while (at < bare.length) {
		part.lastIndex = at;
		const match = part.exec(bare);
		const unit = units[match?.[2] ?? ''];
		if (!match || unit === undefined) return undefined;
		total += Number(match[1]) * unit;
		at = part.lastIndex;
	}
	// Sums of binary fractions: `1.1s` is 1100, not 1100.0000000000002.
	return sign * Number(total.toPrecision(15));
}
