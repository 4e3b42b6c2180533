/** What a filter asks of a line, as data: made by the syntax, told in words by the bar, compiled into a test. */
import type {Level} from '../log-lines.ts';

export type Order = '=' | '!=' | '>' | '>=' | '<' | '<=';

export const streamParts = ['stream', 'pod', 'container', 'namespace', 'context'] as const;
export type StreamPart = (typeof streamParts)[number];

/** A value with wildcards: the texts between the `*`; one text means no wildcard at all. */
export type Wild = readonly string[];

export interface Expression {
	readonly source: string;
	readonly ignoreCase: boolean;
}

export type FieldTest =
	| {readonly kind: 'equals'; readonly value: Wild}
	| {readonly kind: 'contains'; readonly value: Wild}
	| {readonly kind: 'matches'; readonly value: Expression}
	/** `bound` is the quantity that `value` writes: a number, milliseconds or bytes. */
	| {readonly kind: 'compares'; readonly order: Exclude<Order, '=' | '!='>; readonly value: string; readonly bound: number}
	| {readonly kind: 'exists'};

export type Condition =
	| {readonly kind: 'text'; readonly text: string}
	| {readonly kind: 'regex'; readonly value: Expression}
	/** Lines that tell no level fail every comparison, `!=` too. */
	| {readonly kind: 'level'; readonly order: Order; readonly level: Level}
	/** `at` is in epoch milliseconds; lines that tell no time fail. */
	| {readonly kind: 'time'; readonly order: Exclude<Order, '=' | '!='>; readonly at: number}
	| {readonly kind: 'stream'; readonly part: StreamPart; readonly value: Wild | Expression; readonly except: boolean}
	/** Lines of a pattern, by its template. */
	| {readonly kind: 'pattern'; readonly template: string}
	/** `except`: the line has the field, and the test fails (`!=`, `!~`). Lines without the field fail both ways. */
	| {readonly kind: 'field'; readonly name: string; readonly test: FieldTest; readonly except: boolean};

export type Query =
	| {readonly kind: 'and' | 'or'; readonly parts: readonly Query[]}
	| {readonly kind: 'not'; readonly part: Query}
	| {readonly kind: 'term'; readonly condition: Condition};

/** Whether a value is an expression, and not a text with wildcards. */
export function isExpression(value: Wild | Expression): value is Expression {
	return !Array.isArray(value);
}

/** What has a capital is meant exactly; everything else is found whatever its case. */
export function ignoresCase(text: string): boolean {
	return text === text.toLowerCase();
}

/** The text as the source of a regular expression that matches it literally. */
export function literalSource(text: string): string {
	return text.replace(/[$()*+.?[\\\]^{|}/]/g, String.raw`\$&`);
}
