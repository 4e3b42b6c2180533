/** Operators between numbers, a number and a vector, and two vectors. */
import {keyOf, nameless, pick, type Labels, type Sample} from './series.ts';
import {QueryError, type Binary, type BinaryOperator} from './syntax.ts';

const arithmetic: Partial<Record<BinaryOperator, (a: number, b: number) => number>> = {
	'+': (a, b) => a + b,
	'-': (a, b) => a - b,
	'*': (a, b) => a * b,
	'/': (a, b) => a / b,
	'%': (a, b) => a % b,
	'^': (a, b) => a ** b,
};

const comparisons: Partial<Record<BinaryOperator, (a: number, b: number) => boolean>> = {
	'==': (a, b) => a === b,
	'!=': (a, b) => a !== b,
	'<': (a, b) => a < b,
	'<=': (a, b) => a <= b,
	'>': (a, b) => a > b,
	'>=': (a, b) => a >= b,
};

interface Outcome {
	readonly value: number;
	/** A comparison that is not met drops the sample. */
	readonly keep: boolean;
	/** Arithmetic leaves no metric name; a filter does. */
	readonly named: boolean;
}

/** `shown` is what a filter lets through: the left side's value, or the vector's next to a number. */
function apply(node: Binary, left: number, right: number, shown = left): Outcome {
	const calculate = arithmetic[node.op];
	if (calculate) return {value: calculate(left, right), keep: true, named: false};
	const met = comparisons[node.op]?.(left, right) ?? false;
	return node.bool ? {value: met ? 1 : 0, keep: true, named: false} : {value: shown, keep: met, named: true};
}

/** Two numbers; a comparison between them must be `bool`. */
export function ofNumbers(node: Binary, left: number, right: number): number {
	if (comparisons[node.op] && !node.bool) {
		throw new QueryError('bad_data', 'invalid parameter "query": parse error: comparisons between scalars must use BOOL modifier');
	}
	return apply(node, left, right).value;
}

/** A vector and a number, the number standing on `side`. */
export function withNumber(node: Binary, vector: readonly Sample[], number: number, side: 'left' | 'right'): readonly Sample[] {
	return vector.flatMap(({labels, value}) => {
		const outcome = side === 'left' ? apply(node, number, value, value) : apply(node, value, number, value);
		return outcome.keep ? [{labels: outcome.named ? labels : nameless(labels), value: outcome.value}] : [];
	});
}

const signature = (labels: Labels, {matching}: Binary): string => keyOf(pick(labels, {without: !matching.on, labels: matching.labels}));

function sets(node: Binary, left: readonly Sample[], right: readonly Sample[]): readonly Sample[] | undefined {
	if (node.op !== 'or' && node.op !== 'and' && node.op !== 'unless') return undefined;
	const has = new Set((node.op === 'or' ? left : right).map(({labels}) => signature(labels, node)));
	if (node.op === 'or') return [...left, ...right.filter(({labels}) => !has.has(signature(labels, node)))];
	return left.filter(({labels}) => has.has(signature(labels, node)) === (node.op === 'and'));
}

/** Matches two vectors one to one, or many to one. Throws QueryError where a match is ambiguous. */
export function ofVectors(node: Binary, left: readonly Sample[], right: readonly Sample[]): readonly Sample[] {
	const set = sets(node, left, right);
	if (set) return set;
	const {matching} = node;
	const [many, one] = matching.many === 'right' ? [right, left] : [left, right];
	const partners = new Map<string, Sample>();
	for (const sample of one) {
		const key = signature(sample.labels, node);
		if (partners.has(key)) {
			throw new QueryError(
				'execution',
				'found duplicate series for the match group on the right hand-side of the operation; many-to-many matching not allowed: matching labels must be unique on one side',
			);
		}
		partners.set(key, sample);
	}
	const seen = new Set<string>();
	return many.flatMap((sample) => {
		const key = signature(sample.labels, node);
		const partner = partners.get(key);
		if (!partner) return [];
		if (!matching.many && seen.has(key)) {
			throw new QueryError('execution', 'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)');
		}
		seen.add(key);
		const [a, b] = matching.many === 'right' ? [partner, sample] : [sample, partner];
		const outcome = apply(node, a.value, b.value);
		if (!outcome.keep) return [];
		const own = matching.many
			? outcome.named
				? sample.labels
				: nameless(sample.labels)
			: resultLabels(node, sample.labels, outcome.named);
		const included = Object.fromEntries(matching.include.map((label) => [label, partner.labels[label] ?? '']));
		return [{labels: {...own, ...included}, value: outcome.value}];
	});
}

/** A match one to one keeps what was matched on; a plain filter keeps the name as well. */
function resultLabels({matching}: Binary, labels: Labels, named: boolean): Labels {
	if (matching.on || matching.labels.length > 0) return pick(labels, {without: !matching.on, labels: matching.labels});
	return named ? labels : nameless(labels);
}
