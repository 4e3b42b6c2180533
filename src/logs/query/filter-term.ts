/** The part of the filter's syntax that speaks of fields, levels and streams. */
import {UserError} from '../../base/user-error.ts';
import {type Condition, type Expression, isExpression, type Order, type StreamPart, streamParts, type Wild} from './condition.ts';
import {checkedExpression, type Reader} from './filter-reader.ts';
import {levelOfNumber, levelOfWord} from '../formats/level-words.ts';
import {type Level, levels} from '../log-lines.ts';
import {parseNearestMoment} from '../../base/moment.ts';
import {quantityOf} from '../formats/quantity.ts';

/** A field's name, and what is between it and the value. */
const nameAndOperator = /[@A-Z_a-z](?:[\w.@/-]*\w)?(?=\s*[!:<=>~])/y;
const anyOperator = /\s*[!:<=>~]+/y;
const presence = /[@A-Z_a-z](?:[\w.@-]*\w)?\?(?=\s*$|\s*\)|\s+(?:AND|OR)\b)/y;
/** After `name: `, a word that is the whole value, and not the beginning of a sentence that holds a colon. */
const wholeWord = /\s*[^\s"]+(?=\s*$|\s*\)|\s+(?:AND|OR|NOT)[\s(]|\s+[@A-Z_a-z][\w.@-]*\s*[!:<=>~])/y;

type Operator = Order | '=~' | '!~' | ':';
const operators: Readonly<Record<string, Operator>> = {
	':': ':',
	'=': '=',
	'==': '=',
	'!=': '!=',
	'=~': '=~',
	'~': '=~',
	'~=': '=~',
	'!~': '!~',
	'>': '>',
	'>=': '>=',
	'<': '<',
	'<=': '<=',
	':>': '>',
	':>=': '>=',
	':<': '<',
	':<=': '<=',
};

/** The level that was typed: a word that programs use for it (`err`, `critical`), or its number in pino and bunyan. */
function typedLevel(word: string): Level | undefined {
	const bytes = Buffer.from(word);
	return levels[(/^\d+$/.test(word) ? levelOfNumber(Number(word)) : levelOfWord(bytes, 0, bytes.length)) - 1];
}

function levelCondition(operator: Order | ':', value: Wild, at: number): Condition {
	const word = value.join('*');
	const level = typedLevel(word);
	if (level === undefined)
		throw new UserError(`No level is called "${word}" (at character ${at + 1}): write debug, info, warn, error or fatal.`);
	return {kind: 'level', order: operator === ':' ? '=' : operator, level};
}

function fieldCondition(name: string, operator: Operator, value: Wild | Expression, at: number): Condition {
	const except = operator === '!=' || operator === '!~';
	if (isExpression(value)) return {kind: 'field', name, test: {kind: 'matches', value}, except};
	if (operator === ':' || operator === '=' || operator === '!=') {
		const present = value.length > 1 && value.every((part) => part === '');
		if (present) return {kind: 'field', name, test: {kind: 'exists'}, except: false};
		const contains = operator === ':' && (name === 'message' || name === 'msg');
		return {kind: 'field', name, test: {kind: contains ? 'contains' : 'equals', value}, except};
	}
	const text = value.join('*');
	if (operator === '=~' || operator === '!~')
		return {kind: 'field', name, test: {kind: 'matches', value: checkedExpression(text, false, at)}, except};
	const bound = quantityOf(text);
	if (bound === undefined)
		throw new UserError(`"${text}" at character ${at + 1} is not a number, duration or size that ${operator} can compare.`);
	return {kind: 'field', name, test: {kind: 'compares', order: operator, value: text, bound}, except: false};
}

function streamCondition(part: StreamPart, operator: Operator, value: Wild | Expression, at: number): Condition {
	const except = operator === '!=' || operator === '!~';
	if (isExpression(value) || operator === ':' || operator === '=' || operator === '!=') return {kind: 'stream', part, value, except};
	if (operator !== '=~' && operator !== '!~') throw new UserError(`A ${part} is compared with =, !=, =~ or !~, not with ${operator}.`);
	return {kind: 'stream', part, value: checkedExpression(value.join('*'), false, at), except};
}

/** A line's time, by the names that programs give it. */
const timeNames: ReadonlySet<string> = new Set(['time', 'timestamp', '@timestamp', 'ts']);
const typedTime = /-?\d+(?:\.\d+)?\s*[smhd][a-z]*\s+ago\b|\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}[^\s()]*)?(?=[\s()]|$)|[^\s()]+/iy;

/** What compares with a time; undefined, with nothing read, for a figure: `time > 1s` asks how long something took. */
function timeCondition(reader: Reader, order: Exclude<Order, '=' | '!='>): Condition | undefined {
	const start = reader.at();
	const text = reader.quoted()?.join('*') ?? reader.match(typedTime) ?? '';
	if (quantityOf(text) !== undefined) {
		reader.back(start);
		return undefined;
	}
	const at = parseNearestMoment(text, reader.moments);
	if (typeof at === 'number' && !Number.isNaN(at)) return {kind: 'time', order, at};
	const why = typeof at === 'number' ? 'write a full date such as 2026-11-20T08:33' : at.problem;
	throw new UserError(`"${text}" at character ${start + 1} is not a time: ${why}.`);
}

/** The operator here; undefined where what is here is part of words (`http://`, `a::b`). Throws for one that does not exist. */
function readOperator(reader: Reader, name: string): Operator | undefined {
	const start = reader.at();
	const typed = reader.match(anyOperator);
	if (typed === undefined) return undefined;
	const known = operators[typed];
	// A closing quote, a path or a scheme behind a colon: what was typed is a text, not a question.
	const isText = (typed.startsWith(':') && known === undefined) || (typed === ':' && reader.peek(/\/\//y) !== undefined) || typed === '!';
	if (isText) {
		reader.back(start);
		return undefined;
	}
	if (known === undefined)
		throw new UserError(
			`There is no operator ${typed} (after "${name}", at character ${start + 1}): write =, !=, =~, !~, >, >=, < or <=, or put the text into quotes.`,
		);
	return known;
}

/** What follows a field's name: operator and value. Undefined, with nothing read, where no operator follows. */
export function fieldTerm(reader: Reader, name: string): Condition | undefined {
	const start = reader.at();
	const operator = readOperator(reader, name);
	if (operator === undefined) return undefined;
	const isMessage = name === 'message' || name === 'msg';
	const spaced = reader.peek(/\s+[^\s"/]/y) !== undefined;
	if (operator === ':' && spaced && !isMessage && reader.peek(wholeWord) === undefined) {
		reader.back(start);
		return undefined;
	}
	reader.space();
	const at = reader.at();
	if (reader.closes()) throw new UserError(`A value is missing after "${name} ${operator}", at character ${at + 1}.`);
	const low = name.toLowerCase();
	const isOrder = operator === '>' || operator === '>=' || operator === '<' || operator === '<=';
	const time = isOrder && timeNames.has(low) ? timeCondition(reader, operator) : undefined;
	if (time) return time;
	const quoted = reader.quoted();
	const value = quoted ?? reader.expression() ?? (operator === ':' && isMessage && spaced ? [reader.phrase()] : reader.word());
	const part = streamParts.find((word) => word === low);
	if (low === 'level' && !isExpression(value) && operator !== '=~' && operator !== '!~') return levelCondition(operator, value, at);
	if (low === 'pattern' && operator === ':' && quoted) return {kind: 'pattern', template: quoted.join('*')};
	if (part) return streamCondition(part, operator, value, at);
	if ((low === 'exists' || low === '_exists_') && operator === ':' && !isExpression(value))
		return {kind: 'field', name: value.join('*').replace(/\?$/, ''), test: {kind: 'exists'}, except: false};
	return fieldCondition(name, operator, value, at);
}

/** A term that begins with a name: `status>=500`, `message: "…"`, `operation?`. Undefined, with nothing read, where it is none. */
export function namedTerm(reader: Reader): Condition | undefined {
	const start = reader.at();
	const present = reader.match(presence);
	if (present !== undefined) return {kind: 'field', name: present.slice(0, -1), test: {kind: 'exists'}, except: false};
	const name = reader.match(nameAndOperator);
	if (name === undefined) return undefined;
	const condition = fieldTerm(reader, name);
	if (!condition) reader.back(start);
	return condition;
}
