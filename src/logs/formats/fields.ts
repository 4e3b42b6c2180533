/** A line of any of the usual formats as fields: for the lines that are shown, filtered or counted by a field. */
import {parseAccess} from './access-log.ts';
import {parseCommon} from './common.ts';
import {createFields, type Fields, firstOf, type Form, type LineFormat, messageKeys} from './line-form.ts';
import {parseJson, trailingObject} from './json-line.ts';
import {parseKlog} from './klog.ts';
import {pairsIn, parseLogfmt} from './logfmt.ts';
import {requestField} from './request-keys.ts';
import {levelIn} from './level.ts';
import {timeIn, type TimeOptions} from './line-time.ts';
import type {Level} from '../log-lines.ts';

export interface ParsedLine {
	readonly format: LineFormat;
	readonly level?: Level;
	/** Epoch milliseconds with a fraction, where the line tells a time itself. */
	readonly time?: number;
	/** The human text; the whole line where no part of it is more so. */
	readonly message: string;
	readonly logger?: string;
	/** Everything the line tells by name, as text; names of nested JSON joined by dots. */
	readonly fields: Fields;
}

/** `2026-11-20T08:33:04.118Z stdout F …`: how a node's container runtime keeps a container's own line. */
const runtimeLine = /^\d{4}-\d\d-\d\dT\S{8,30} (stdout|stderr) [FP] /;

/** The container's or service's own line in one of Docker or of the journal. */
function unwrapped({fields}: Form): Form | undefined {
	const docker = fields['log'] !== undefined && fields['stream'] !== undefined;
	const text = docker ? fields['log'] : fields['MESSAGE'];
	if (text === undefined) return undefined;
	const inner = parseForm(text.replace(/\r?\n$/, ''), false);
	const {log: _log, MESSAGE: _message, ...rest} = fields;
	const logger = inner.logger ?? fields['SYSLOG_IDENTIFIER'];
	return {
		...inner,
		...(logger === undefined ? {} : {logger}),
		fields: Object.assign(createFields(), rest, inner.fields),
	};
}

/** `2026-11-20 08:33:04 INFO started {"port":8080}`, `api-1 | {"msg":"started"}`. */
function parsePrefixed(text: string): Form | undefined {
	const tail = trailingObject(text);
	if (!tail || tail.at === 0) return undefined;
	const before = text.slice(0, tail.at);
	const head = parseCommon(before);
	const said = head?.message.trim() ?? '';
	return {
		format: 'json',
		message: (said === '' ? firstOf(tail.fields, messageKeys) : said) ?? text,
		...(head?.logger === undefined ? {} : {logger: head.logger}),
		fields: Object.assign(createFields(), head?.fields, tail.fields),
	};
}

/** A line within a line is taken out once, and no further. */
function parseForm(text: string, mayWrap: boolean): Form {
	const bare = text.trim();
	const json = parseJson(bare);
	if (json) return (mayWrap ? unwrapped(json) : undefined) ?? json;
	const runtime = mayWrap ? runtimeLine.exec(bare) : null;
	if (runtime) {
		const inner = parseForm(bare.slice(runtime[0].length), false);
		return {...inner, fields: Object.assign(createFields(), {stream: runtime[1] ?? ''}, inner.fields)};
	}
	return (
		parseKlog(bare) ??
		parseLogfmt(bare) ??
		parseAccess(bare) ??
		parsePrefixed(bare) ??
		parseCommon(bare) ?? {format: 'plain', message: bare === '' ? text : bare, fields: pairsIn(bare)}
	);
}

/** Where level and time are looked for, UTF-16 units. */
const longestHead = 32_768;
// oxlint-disable-next-line no-control-regex -- escape sequences are what this is about
const escapes = /\u001b\[[0-9;:?]*[A-Za-z]/g;

/**
 * The line taken apart, whatever it is: a line of no known format is its own message. Never throws; time linear in its length.
 * @param options For times without a year or a zone, as `createTimeReader` takes them.
 */
export function parseLine(text: string, options?: TimeOptions): ParsedLine {
	const bare = text.includes('\u001b') ? text.replace(escapes, '') : text;
	const {format, message, logger, fields} = parseForm(bare, true);
	const bytes = Buffer.from(bare.length > longestHead ? bare.slice(0, longestHead) : bare);
	const level = levelIn(bytes, 0, bytes.length);
	const time = timeIn(bytes, options);
	return {
		format,
		...(level === undefined ? {} : {level}),
		...(Number.isNaN(time) ? {} : {time}),
		message,
		...(logger === undefined ? {} : {logger}),
		fields,
	};
}

/**
 * The value under that name: `message`, `level` and `logger` of the line, then the field of exactly that name, then in any
 * case, then the one whose last part it is (`status` of `http.status`), then what `status`, `duration`, `method` and
 * `path` are called elsewhere (a duration with its unit). Undefined where the line has none.
 */
export function fieldOf(parsed: ParsedLine, name: string): string | undefined {
	const {fields} = parsed;
	const wanted = name.toLowerCase();
	if (wanted === 'message' || wanted === 'msg') return parsed.message;
	if (wanted === 'level') return parsed.level ?? fields[name];
	if (wanted === 'logger' && parsed.logger !== undefined) return parsed.logger;
	const exact = fields[name];
	if (exact !== undefined) return exact;
	let last: string | undefined;
	for (const key in fields) {
		const own = key.toLowerCase();
		if (own === wanted) return fields[key];
		if (last === undefined && own.endsWith(`.${wanted}`)) last = fields[key];
	}
	return last ?? requestField(fields, wanted);
}
