/** PromQL as a tree; parse.ts makes it, evaluate.ts walks it. */

export interface Matcher {
	readonly label: string;
	readonly op: '=' | '!=' | '=~' | '!~';
	readonly value: string;
}

export const aggregations = ['sum', 'avg', 'min', 'max', 'count', 'group', 'stddev', 'topk', 'bottomk', 'quantile'] as const;
export type Aggregation = (typeof aggregations)[number];

export const binaryOperators = ['or', 'and', 'unless', '==', '!=', '<=', '<', '>=', '>', '+', '-', '*', '/', '%', '^'] as const;
export type BinaryOperator = (typeof binaryOperators)[number];

/** How the series of two vectors find each other. */
export interface Matching {
	readonly on: boolean;
	readonly labels: readonly string[];
	/** The side that may hold many series per match. */
	readonly many?: 'left' | 'right';
	/** Labels taken over from the side of one. */
	readonly include: readonly string[];
}

export interface Binary {
	readonly kind: 'binary';
	readonly op: BinaryOperator;
	/** Comparisons give 0 and 1 instead of filtering. */
	readonly bool: boolean;
	readonly matching: Matching;
	readonly left: Expression;
	readonly right: Expression;
}

export interface Aggregate {
	readonly kind: 'aggregate';
	readonly op: Aggregation;
	readonly grouping: {readonly without: boolean; readonly labels: readonly string[]};
	/** The k of topk, the φ of quantile. */
	readonly parameter?: Expression;
	readonly of: Expression;
}

/** Durations are milliseconds; a range makes it a range vector. */
export interface Selector {
	readonly kind: 'selector';
	readonly matchers: readonly Matcher[];
	readonly rangeMs?: number;
	readonly offsetMs: number;
}

export interface Subquery {
	readonly kind: 'subquery';
	readonly of: Expression;
	readonly rangeMs: number;
	readonly stepMs: number;
	readonly offsetMs: number;
}

export type Expression =
	| {readonly kind: 'number'; readonly value: number}
	| {readonly kind: 'string'; readonly value: string}
	| {readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]}
	| Selector
	| Subquery
	| Aggregate
	| Binary;

/** A query that cannot be read or cannot run; the message is what Prometheus would send. */
export class QueryError extends Error {
	readonly type: 'bad_data' | 'execution';

	constructor(type: 'bad_data' | 'execution', message: string) {
		super(message);
		this.name = 'QueryError';
		this.type = type;
	}
}

/** A matcher's pattern as Prometheus reads it: against the whole value, the dot matching newlines too. */
export const anchored = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 's');
