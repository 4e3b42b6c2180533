/** A line that is a JSON object, or ends with one. */
import {createFields, firstOf, type Form, loggerKeys, messageKeys} from './line-form.ts';

type Json = null | boolean | number | string | readonly Json[] | {readonly [key: string]: Json};

/** Deeper than this, a value stays JSON text. */
const deepest = 12;
/** A double may not hold a number of so many digits: ids and nanoseconds keep theirs as text. */
const manyDigits = 16;

const isDigitAt = (text: string, at: number): boolean => text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57;

/** Looks at every sixteenth place only: such a number covers one of them. */
function hasLongNumber(text: string): boolean {
	for (let at = manyDigits - 1; at < text.length; at += manyDigits) {
		if (!isDigitAt(text, at)) continue;
		let [from, to] = [at, at];
		while (isDigitAt(text, from - 1)) from -= 1;
		while (isDigitAt(text, to + 1)) to += 1;
		if (to - from + 1 >= manyDigits) return true;
	}
	return false;
}

function keepDigits(_key: string, value: unknown, context?: {readonly source?: string}): unknown {
	return typeof value === 'number' && context?.source !== undefined && String(value) !== context.source ? context.source : value;
}

function readObject(text: string): {readonly [key: string]: Json} | undefined {
	try {
		const value = (hasLongNumber(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)) as Json;
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as {readonly [key: string]: Json}) : undefined;
	} catch {
		return undefined;
	}
}

function textOf(value: Json): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function flatten(value: {readonly [key: string]: Json}, prefix: string, depth: number, into: Record<string, string>): void {
	for (const key of Object.keys(value)) {
		const own = value[key] ?? null;
		const name = prefix === '' ? key : `${prefix}.${key}`;
		if (typeof own === 'object' && own !== null && !Array.isArray(own) && depth < deepest) {
			flatten(own as {readonly [key: string]: Json}, name, depth + 1, into);
		} else into[name] = textOf(own);
	}
}

/** The journal writes text that is no UTF-8, or has control characters, as an array of bytes. */
function decodeBytes(text: string): string {
	if (!/^\[\d+(?:,\d+)*\]$/.test(text)) return text;
	return Buffer.from(JSON.parse(text) as readonly number[]).toString('utf8');
}

/** The fields of the object that the text is, nested names joined by dots; undefined where it is none. */
export function jsonFields(text: string): Record<string, string> | undefined {
	const object = readObject(text);
	if (object === undefined) return undefined;
	const fields = createFields();
	try {
		flatten(object, '', 0, fields);
	} catch {
		// Nested beyond what can be written back as text: no one's log line.
		return undefined;
	}
	if (fields['MESSAGE'] !== undefined) fields['MESSAGE'] = decodeBytes(fields['MESSAGE']);
	return fields;
}

/** A line that is an object as a whole. */
export function parseJson(text: string): Form | undefined {
	if (!text.startsWith('{')) return undefined;
	const fields = jsonFields(text);
	if (fields === undefined) return undefined;
	const logger = firstOf(fields, loggerKeys);
	return {format: 'json', message: firstOf(fields, messageKeys) ?? text, ...(logger === undefined ? {} : {logger}), fields};
}

/** The object that ends the text, and where it begins; only the first few places are tried. */
export function trailingObject(text: string): {readonly at: number; readonly fields: Record<string, string>} | undefined {
	if (!text.endsWith('}')) return undefined;
	let at = text.indexOf('{');
	for (let tries = 0; at >= 0 && tries < 3; tries++) {
		const fields = jsonFields(text.slice(at));
		if (fields) return {at, fields};
		at = text.indexOf('{', at + 1);
	}
	return undefined;
}
