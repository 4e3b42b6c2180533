/** Label selectors of objects: as the API's parameter, and judged here where several are asked for at once. Pure. */

export interface LabelSelector {
	readonly matchLabels?: Readonly<Record<string, string>>;
	readonly matchExpressions?: readonly {readonly key: string; readonly operator: string; readonly values?: readonly string[]}[];
}

type Labels = Readonly<Record<string, string>>;

/** As `labelSelector=` takes it: `app=api,tier in (a,b),!canary`. */
export function selectorText({matchLabels = {}, matchExpressions = []}: LabelSelector): string {
	const expressions = matchExpressions.map(({key, operator, values = []}) => {
		switch (operator) {
			case 'In':
				return `${key} in (${values.join(',')})`;
			case 'NotIn':
				return `${key} notin (${values.join(',')})`;
			case 'DoesNotExist':
				return `!${key}`;
			default:
				return key;
		}
	});
	return [...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`), ...expressions].join(',');
}

/** True where the labels meet all requirements. */
export function selects({matchLabels = {}, matchExpressions = []}: LabelSelector, labels: Labels): boolean {
	if (!Object.entries(matchLabels).every(([key, value]) => labels[key] === value)) return false;
	return matchExpressions.every(({key, operator, values = []}) => {
		const value = labels[key];
		switch (operator) {
			case 'In':
				return value !== undefined && values.includes(value);
			case 'NotIn':
				return value === undefined || !values.includes(value);
			case 'DoesNotExist':
				return value === undefined;
			default:
				return value !== undefined;
		}
	});
}
