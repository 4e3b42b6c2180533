/** `key=value key="quoted value" bare`: logfmt as a whole line, and such pairs within other text. */
import {createFields, type Fields, firstOf, type Form, loggerKeys, messageKeys} from './line-form.ts';

const key = /[\w@][\w.@/:-]*/y;
const escapes: Readonly<Record<string, string>> = {n: '\n', t: '\t', r: '\r'};

/** The text between the quote at `at` and the one that closes it; without one, up to the end. */
export function readQuoted(text: string, at: number): {readonly value: string; readonly end: number} {
	let end = at + 1;
	let escaped = false;
	for (; end < text.length && text[end] !== '"'; end++)
		if (text[end] === '\\') {
			escaped = true;
			end += 1;
		}
	const raw = text.slice(at + 1, end);
	const value = escaped
		? raw.replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, hex?: string, one = '') =>
				hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (escapes[one] ?? one),
			)
		: raw;
	return {value, end: Math.min(end + 1, text.length)};
}

/**
 * The pairs of the text, in their order; `bare` is told of the words between them. Each place is looked at once.
 * @param from Where to begin.
 */
export function readPairs(text: string, from: number, into: Record<string, string>, bare?: (word: string) => void): number {
	let pairs = 0;
	let at = from;
	while (at < text.length) {
		while (at < text.length && text.charCodeAt(at) <= 32) at += 1;
		key.lastIndex = at;
		const name = key.exec(text)?.[0] ?? '';
		const equals = at + name.length;
		if (name !== '' && text[equals] === '=') {
			let end = equals + 1;
			if (text[end] === '"') {
				const quoted = readQuoted(text, end);
				into[name] = quoted.value;
				({end} = quoted);
			} else {
				while (end < text.length && text.charCodeAt(end) > 32) end += 1;
				into[name] = text.slice(equals + 1, end).replace(/[,;]$/, '');
			}
			pairs += 1;
			at = end;
		} else {
			let end = equals;
			while (end < text.length && text.charCodeAt(end) > 32) end += 1;
			if (end > at) bare?.(text.slice(at, end));
			at = end;
		}
	}
	return pairs;
}

/** The pairs that are in the text, among other words or not. */
export function pairsIn(text: string): Fields {
	const fields = createFields();
	if (text.includes('=')) readPairs(text, 0, fields);
	return fields;
}

/** A line that begins with a pair; bare words in it are keys that are set. */
export function parseLogfmt(text: string): Form | undefined {
	key.lastIndex = 0;
	const first = key.exec(text)?.[0];
	if (first === undefined || text[first.length] !== '=') return undefined;
	const fields = createFields();
	readPairs(text, 0, fields, (word) => {
		fields[word] ??= 'true';
	});
	const logger = firstOf(fields, loggerKeys);
	return {format: 'logfmt', message: firstOf(fields, messageKeys) ?? text, ...(logger === undefined ? {} : {logger}), fields};
}
