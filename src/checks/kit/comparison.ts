/** Comparisons as rounds.yaml writes them: `> 100`, `<= 0.5`. Pure. */

const compare: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
	'>': (value, limit) => value > limit,
	'>=': (value, limit) => value >= limit,
	'<': (value, limit) => value < limit,
	'<=': (value, limit) => value <= limit,
	'==': (value, limit) => value === limit,
	'!=': (value, limit) => value !== limit,
};

export const comparisonPattern = /^\s*(>=|<=|>|<|==|!=)\s*(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*$/i;

/** Whether the comparison holds for the value; false for one that is absent. */
export function holds(comparison: string | undefined, value: number): boolean {
	const [, operator = '', limit = ''] = comparisonPattern.exec(comparison ?? '') ?? [];
	return compare[operator]?.(value, Number(limit)) ?? false;
}
