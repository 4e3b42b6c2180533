/** One entry of the filter stack: what it asks, whether it is turned round, and whether it counts at present. */
import {UserError} from '../../base/user-error.ts';
import {type Condition, type Expression, isExpression, type Query, type Wild} from './condition.ts';
import {readFilter} from './filter-syntax.ts';
import {type Moments, noMoments} from '../../base/moment.ts';

interface Stacked {
	/** What was typed, without the space around it: the same words make the same filter. */
	readonly id: string;
	readonly enabled: boolean;
	/** Lines for which the condition does not hold are kept. */
	readonly negated: boolean;
}

export type Filter = Stacked & (Condition | {readonly kind: 'query'; readonly query: Query});

/**
 * Decides from what was typed what kind of filter it is (filter-syntax.ts tells the syntax), enabled.
 * The problem is one sentence that names the place of the fault. Without `moments` a time is a full date.
 */
export function parseFilter(text: string, moments: Moments = noMoments): Filter | {readonly problem: string} {
	try {
		let query = readFilter(text, moments);
		let negated = false;
		while (query.kind === 'not') {
			negated = !negated;
			query = query.part;
		}
		const stacked = {id: text.trim(), enabled: true, negated};
		return query.kind === 'term' ? {...stacked, ...query.condition} : {...stacked, kind: 'query', query};
	} catch (error) {
		if (error instanceof UserError) return {problem: error.message};
		throw error;
	}
}

/** The text in quotes, so that parseFilter takes it for nothing but itself. */
export function quoted(text: string): string {
	return `"${text.replace(/["*\\]/g, String.raw`\$&`)}"`;
}

/** `"creating issue"` in quotes where spaces or signs need them; wildcards stay. */
function shownValue(value: Wild): string {
	const text = value.map((part) => quoted(part).slice(1, -1)).join('*');
	return /^[\w*.@:+-]+$/.test(text) ? text : `"${text}"`;
}

const shownExpression = ({source, ignoreCase}: Expression) => `/${source}/${ignoreCase ? 'i' : ''}`;

/** `2026-11-20T08:33Z`: of a moment what is needed to tell it again. */
const shownTime = (at: number) => new Date(at).toISOString().replace(/(?::00)?\.000Z$/, 'Z');

function describeCondition(condition: Condition): string {
	switch (condition.kind) {
		case 'text':
			return quoted(condition.text);
		case 'regex':
			return shownExpression(condition.value);
		case 'level':
			return `level ${condition.order} ${condition.level}`;
		case 'time':
			return `time ${condition.order} ${shownTime(condition.at)}`;
		case 'pattern':
			return `pattern: ${quoted(condition.template)}`;
		case 'stream': {
			const {part, value, except} = condition;
			return `${part} ${except ? '!=' : '='} ${isExpression(value) ? shownExpression(value) : shownValue(value)}`;
		}
		default: {
			const {test, except} = condition;
			const name = /^[@A-Z_a-z](?:[\w.@/-]*\w)?$/.test(condition.name) ? condition.name : quoted(condition.name);
			switch (test.kind) {
				case 'equals':
					return `${name} ${except ? '!=' : '='} ${shownValue(test.value)}`;
				case 'contains':
					return `${name}: ${shownValue(test.value)}`;
				case 'matches':
					return `${name} ${except ? '!~' : '=~'} ${shownExpression(test.value)}`;
				case 'compares':
					return `${name} ${test.order} ${test.value}`;
				default:
					return `exists: ${name}`;
			}
		}
	}
}

function describeQuery(query: Query, within: boolean): string {
	switch (query.kind) {
		case 'term':
			return describeCondition(query.condition);
		case 'not':
			return `not ${describeQuery(query.part, true)}`;
		default: {
			const words = query.parts.map((part) => describeQuery(part, true)).join(query.kind === 'and' ? ' AND ' : ' OR ');
			return within ? `(${words})` : words;
		}
	}
}

/**
 * The short words for the filter bar: `level >= warn`, `operation = createIssue`, `not "health"`.
 * Typed again, they mean the same filter.
 */
export function describeFilter(filter: Filter): string {
	const words = filter.kind === 'query' ? describeQuery(filter.query, filter.negated) : describeCondition(filter);
	return filter.negated ? `not ${words}` : words;
}
