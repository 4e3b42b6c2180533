/** Log lines for pipes and plain terminals: a prefix, a template, or JSON. Pure. */
import {sanitize} from '../../base/terminal/sanitize.ts';
import {fieldOf, parseLine} from './fields.ts';
import type {StreamInfo} from '../../ports/log-feed.ts';
import type {LogLines} from '../log-lines.ts';

export interface PlainOptions {
	readonly format: 'text' | 'json';
	/** `{time} {pod} {level} {message}`: any field of the line by its name; the prefix and the text where absent. */
	readonly template?: string;
	/** Each line's time before it: the machine's zone, or UTC. */
	readonly timestamps?: 'local' | 'utc';
	/** The stream's name before each line. */
	readonly names: boolean;
	/** The name in a colour of its own. */
	readonly colour: boolean;
	/** For a terminal: nothing that acts on it. A pipe gets the bytes as they came. */
	readonly harmless: boolean;
}

/** None of green, amber, red: those mean something. */
const streamColours = [36, 35, 34, 96, 95, 94] as const;

/** What is before each line of a stream, coloured by its number. */
export function streamPrefix({name, container}: StreamInfo, id: number, {names, colour}: Pick<PlainOptions, 'names' | 'colour'>): string {
	if (!names) return '';
	const text = sanitize(container === undefined || name.endsWith(`/${container}`) ? name : `${name} ${container}`);
	return colour ? `\u001B[${streamColours[id % streamColours.length]}m${text}\u001B[39m ` : `${text} `;
}

/** The time with milliseconds: `2026-11-20T08:33:04.118Z`, or with the machine's offset; `-` where there is none. */
export function plainTime(at: number, zone: 'local' | 'utc'): string {
	if (Number.isNaN(at)) return '-';
	if (zone === 'utc') return new Date(at).toISOString();
	const offset = -new Date(at).getTimezoneOffset();
	const two = (value: number) => String(Math.abs(value)).padStart(2, '0');
	const local = new Date(at + offset * 60_000).toISOString().slice(0, -1);
	return `${local}${offset < 0 ? '-' : '+'}${two(Math.trunc(offset / 60))}:${two(offset % 60)}`;
}

function asJson(lines: LogLines, line: number, stream: StreamInfo | undefined): string {
	const text = lines.text(line, Infinity);
	const at = lines.time(line);
	const {level, message, fields} = parseLine(text);
	return JSON.stringify({
		...(Number.isNaN(at) ? {} : {time: new Date(at).toISOString()}),
		...(stream?.context === undefined ? {} : {context: stream.context}),
		...(stream?.namespace === undefined ? {} : {namespace: stream.namespace}),
		...(stream?.pod === undefined ? {} : {pod: stream.pod}),
		...(stream?.container === undefined ? {} : {container: stream.container}),
		stream: stream?.name,
		...(level === undefined ? {} : {level}),
		message,
		text,
		...(Object.keys(fields).length === 0 ? {} : {fields}),
	});
}

function fill(template: string, lines: LogLines, line: number, stream: StreamInfo | undefined, zone: 'local' | 'utc'): string {
	const text = lines.text(line, Infinity);
	let parsed: ReturnType<typeof parseLine> | undefined;
	return template.replace(/\{([^{}]+)\}/g, (_whole, name: string) => {
		switch (name) {
			case 'time':
				return plainTime(lines.time(line), zone);
			case 'text':
				return text;
			case 'pod':
			case 'container':
			case 'namespace':
			case 'context':
			case 'name':
				return stream?.[name] ?? '-';
			case 'stream':
				return stream?.name ?? '-';
			default:
				parsed ??= parseLine(text);
				return fieldOf(parsed, name) ?? '-';
		}
	});
}

/** One line as text, where a template or JSON is wanted; without a line break. */
export function composedLine(lines: LogLines, line: number, stream: StreamInfo | undefined, options: PlainOptions): string {
	const text =
		options.template === undefined
			? asJson(lines, line, stream)
			: fill(options.template, lines, line, stream, options.timestamps ?? 'local');
	return options.harmless ? sanitize(text) : text;
}
