/**
 * What may be typed as a filter, from the plainest to the richest:
 *
 * - words: looked for as they are, in any case unless there is a capital; `"in quotes"` where they would mean more
 * - `/regex/`, `/regex/i`
 * - `level >= warn`; `pod=api-*`, `stream:`, `container=`, `namespace=`, `context=` with wildcards or `/regex/`
 * - `time >= 08:33`, `time < 2026-11-20T09:00`, `time > 10m ago`, of the line's time whatever its form calls it
 * - `operation=createIssue`, `status>=500`, `duration>1s`, `!=`, `=~`, `!~`, `exists: field`, `field?`, `field: *`
 * - `name: value` as Lucene has it: `message:` contains, other fields equal, `*` means anything
 * - `not`, `!` or `-` before any of it; AND, OR, NOT (in capitals) and parentheses between
 *
 * Neighbours without a word between them must both hold. Words continue up to AND, OR, NOT or a closing parenthesis.
 */
import {UserError} from '../../base/user-error.ts';
import type {Query} from './condition.ts';
import {createReader, type Reader} from './filter-reader.ts';
import {fieldTerm, namedTerm} from './filter-term.ts';
import type {Moments} from '../../base/moment.ts';

const negation = /(?:not(?=\s)|NOT(?=[\s(])|!(?=[^\s=~])|-(?=["(/A-Z_a-z]))\s*/y;
const operator = /(?:AND|OR)(?=[\s(]|$)/y;

/** One term: a group, quoted or bare words, a regular expression, or something said of a field. */
function readPrimary(reader: Reader): Query {
	const start = reader.at();
	if (reader.groups && reader.take('(')) {
		reader.enter(start);
		const query = readOr(reader);
		reader.leave();
		return query;
	}
	const named = namedTerm(reader);
	if (named) return {kind: 'term', condition: named};
	const expression = reader.expression();
	if (expression) return {kind: 'term', condition: {kind: 'regex', value: expression}};
	const quoted = reader.quoted();
	if (quoted !== undefined) {
		const field = fieldTerm(reader, quoted.join('*'));
		if (field) return {kind: 'term', condition: field};
		const text = quoted.join('*');
		if (text === '') throw new UserError(`There is nothing between the quotes at character ${start + 1}.`);
		if (reader.ends()) return {kind: 'term', condition: {kind: 'text', text}};
		reader.back(start);
	}
	const text = reader.peek(operator) === undefined ? reader.phrase() : '';
	if (text === '') throw new UserError(`Something to look for is missing at character ${start + 1}.`);
	return {kind: 'term', condition: {kind: 'text', text}};
}

function readNot(reader: Reader): Query {
	reader.space();
	return reader.match(negation) === undefined ? readPrimary(reader) : {kind: 'not', part: readNot(reader)};
}

function readAnd(reader: Reader): Query {
	const parts = [readNot(reader)];
	for (;;) {
		reader.space();
		if (reader.closes() || reader.peek(operator) === 'OR') break;
		if (reader.match(operator) === 'AND') reader.space();
		parts.push(readNot(reader));
	}
	return parts.length === 1 ? (parts[0] as Query) : {kind: 'and', parts};
}

function readOr(reader: Reader): Query {
	const parts = [readAnd(reader)];
	while (reader.match(operator) === 'OR') parts.push(readAnd(reader));
	return parts.length === 1 ? (parts[0] as Query) : {kind: 'or', parts};
}

/**
 * Reads what was typed. Throws a UserError with one sentence that names the place (characters count from 1) for a wrong
 * regular expression, an unclosed quote or parenthesis, an operator that does not exist, or a value that cannot be compared.
 */
export function readFilter(text: string, moments: Moments): Query {
	const reader = createReader(text, moments);
	if (text.trim() === '') throw new UserError('Type what the lines must contain, such as `timeout`, `level >= warn` or `status>=500`.');
	const query = readOr(reader);
	if (reader.at() < text.length)
		throw new UserError(`Nothing was opened that the parenthesis at character ${reader.at() + 1} could close.`);
	return query;
}
