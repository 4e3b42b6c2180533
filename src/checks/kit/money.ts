/** Money as Stripe sends it, in words. */
import type {Money} from '../../ports/payment-source.ts';

/** Stripe's own list, which is not ISO 4217's: ISK and UGX come in hundredths that are always zero. */
const withoutMinor = new Set(['BIF', 'CLP', 'DJF', 'GNF', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF', 'VND', 'VUV', 'XAF', 'XOF', 'XPF']);
const withThousandths = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** `EUR 149.00`, `JPY 12,000`, `KWD 1.250`. */
export function formatMoney({currency, minor}: Money): string {
	const digits = withoutMinor.has(currency) ? 0 : withThousandths.has(currency) ? 3 : 2;
	const amount = new Intl.NumberFormat('en', {minimumFractionDigits: digits, maximumFractionDigits: digits}).format(minor / 10 ** digits);
	return `${currency} ${amount}`;
}

/** One total per currency, by its letters; currencies are never added up. */
function totals(amounts: readonly Money[]): readonly Money[] {
	const sums = new Map<string, number>();
	for (const {currency, minor} of amounts) sums.set(currency, (sums.get(currency) ?? 0) + minor);
	return [...sums].map(([currency, minor]) => ({currency, minor})).sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** `EUR 149.00, JPY 12,000` of all the amounts. */
export function formatTotals(amounts: readonly Money[]): string {
	return totals(amounts).map(formatMoney).join(', ');
}
