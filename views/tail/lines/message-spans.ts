/** What a line says, as one text with tones: the message first, then its fields. Pure. */
import {type ParsedLine, parseLine} from '../../../src/logs/formats/fields.ts';
import {plainName} from '../../../src/logs/formats/request-keys.ts';
import {sanitize} from '../../../src/base/terminal/sanitize.ts';
import {inOrder} from './field-order.ts';
import type {Span, SpanText} from './spans.ts';

/** Longer lines are shown as they came: taking one apart would cost a frame. Bytes. */
export const longestParsed = 16 * 1024;

/** What the time and the level column tell already, or what is of no use to the eye. */
const told = new Set(
	(
		'time ts timestamp @timestamp datetime date eventtime asctime ' +
		'level lvl severity loglevel levelname log.level level_name level_value msg message @version v'
	).split(' '),
);

/** A value as `key=value` shows it: quoted where a blank would hide its end. */
const shownValue = (value: string) => (value === '' || /[\s"]/.test(value) ? JSON.stringify(value) : value);

/** What an access line is about; its other fields follow. */
const asked = new Set(['method', 'path', 'status', 'protocol', 'host']);

function headline({format, message, fields}: ParsedLine): string {
	const {method, path, status} = fields;
	return format === 'access' && method !== undefined && path !== undefined ? `${method} ${path} ${status ?? ''}`.trimEnd() : message;
}

/** The line's message and the fields that `apart` does not show, those dim. */
export function messageOf(parsed: ParsedLine, text: string, apart: ReadonlySet<string>): SpanText {
	const {format, message} = parsed;
	if (format === 'plain') return {text: sanitize(text), spans: []};
	let shown = sanitize(headline(parsed));
	const spans: Span[] = [];
	for (const name of inOrder(Object.keys(parsed.fields))) {
		const value = parsed.fields[name] ?? '';
		if (apart.has(name) || apart.has(plainName(name) ?? name) || value === message || told.has(name.toLowerCase())) continue;
		if (format === 'access' && asked.has(name)) continue;
		// Pairs that were found within the message stand there already.
		if ((format === 'common' || format === 'klog') && message.includes(`${name}=`)) continue;
		const start = shown.length;
		shown += `${shown === '' ? '' : '  '}${sanitize(name)}=${sanitize(shownValue(value))}`;
		spans.push({start, end: shown.length, tone: 'dim'});
	}
	return {text: shown === '' ? sanitize(text) : shown, spans};
}

/** The line taken apart; undefined for one too long to be. */
export function parsedOrNot(text: string, length: number): ParsedLine | undefined {
	return length > longestParsed ? undefined : parseLine(text);
}
