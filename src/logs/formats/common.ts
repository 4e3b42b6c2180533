/**
 * "time level logger message" in the manners of log4j, logback, Spring Boot, Python, Ruby, zap's console, Go's log, nginx's
 * and Apache's error logs, PostgreSQL, MySQL, Redis and syslog. One walk from left to right: every step takes one part of the
 * head, and what no step takes is the message.
 */
import {isBlank, isDigit, isUpper} from './ascii.ts';
import {createFields, type Form} from './line-form.ts';
import {levelOfWord} from './level-words.ts';
import {readPairs} from './logfmt.ts';
import {createTimeCursor, readClock, readTime, type TimeCursor} from './time-forms.ts';

/** Bytes of a line that may be its head. */
const longestHead = 512;

interface Head {
	readonly text: string;
	/** One byte for each UTF-16 unit, so that places are the same in both. */
	readonly bytes: Uint8Array;
	readonly cursor: TimeCursor;
	readonly fields: Record<string, string>;
	at: number;
	time: boolean;
	level: boolean;
	/** A mark stood there that only log frameworks write: what follows with a colon is the logger. */
	framed: boolean;
	logger: string | undefined;
}

/** Takes what is at `head.at`, moving it on; false where it is not this step's. */
type Step = (head: Head) => boolean;

/** Matches at the place with a sticky expression; moves behind the match. */
function take(head: Head, pattern: RegExp): RegExpExecArray | undefined {
	pattern.lastIndex = head.at;
	const match = pattern.exec(head.text);
	if (match) head.at = pattern.lastIndex;
	return match ?? undefined;
}

function timeEnd(head: Head, at: number): number | undefined {
	const {bytes, cursor} = head;
	if (!Number.isNaN(readTime(bytes, at, bytes.length, cursor, at === 0))) return cursor.end;
	return Number.isNaN(readClock(bytes, at, bytes.length, cursor)) ? undefined : cursor.end;
}

const separator: Step = (head) => {
	const byte = head.bytes[head.at] ?? 0;
	if (isBlank(byte)) head.at += 1;
	else if (!head.time && !head.level) return false;
	else if (take(head, /(?:\||:|,|-)(?=[ \t])/y)) return true;
	else if (take(head, /-{2,3}(?=[ \t])/y)) head.framed = true;
	else return false;
	return true;
};

const weekday = /(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? /y;

const time: Step = (head) => {
	if (head.time) return false;
	const {at} = head;
	take(head, weekday);
	const end = timeEnd(head, head.at);
	head.time = end !== undefined;
	head.at = end ?? at;
	return head.time;
};

/** `[…]`: a time, a level, `core:error`, a process, else a thread. */
const bracketed: Step = (head) => {
	const {at} = head;
	const match = take(head, /\[([^[\]]{1,200})\]/y);
	if (!match) return false;
	const content = match[1] ?? '';
	const from = content.startsWith(' ') ? at + 2 : at + 1;
	weekday.lastIndex = from;
	const end = head.time ? undefined : timeEnd(head, weekday.test(head.text) ? weekday.lastIndex : from);
	const rest = end === undefined ? '' : head.text.slice(end, head.at - 1).trim();
	const word = rest === '' ? content.slice(content.lastIndexOf(':') + 1) : rest;
	const wordAt = head.at - 1 - word.length;
	if (end !== undefined) {
		head.time = true;
		if (rest.startsWith('#')) head.fields['pid'] = rest.slice(1);
	}
	if (!head.level && levelOfWord(head.bytes, wordAt, head.at - 1) !== 0) {
		head.level = true;
		if (end === undefined && word !== content) head.fields['module'] = content.slice(0, -word.length - 1);
		return true;
	}
	if (end !== undefined) return true;
	const pid = /^(?:pid )?(\d{1,10})(?:$|:)/.exec(content);
	if (pid) head.fields['pid'] ??= pid[1] ?? '';
	else if ((head.time || head.level) && head.fields['thread'] === undefined) {
		head.fields['thread'] = content.trim();
		// Apache names whom it answers there, not a thread.
		head.framed = !content.startsWith('client ');
	} else {
		head.at = at;
		return false;
	}
	return true;
};

const word = /[A-Za-z]{3,13}(?=[\s:|]|$)/y;

const level: Step = (head) => {
	if (head.level) return false;
	const {at} = head;
	const match = take(head, word);
	if (!match) return false;
	const capitals = isUpper(head.bytes[at] ?? 0) && isUpper(head.bytes[at + 1] ?? 0);
	const labelled = head.text[head.at] === ':';
	head.level =
		(capitals || head.time || labelled) &&
		(levelOfWord(head.bytes, at, head.at) !== 0 || (labelled && /^(?:LOG|STATEMENT|DETAIL|HINT|CONTEXT)$/.test(match[0])));
	if (!head.level) head.at = at;
	else if (labelled) {
		head.at += 1;
		// `INFO:root:message` of Python.
		head.logger ??= take(head, /([\w.]{1,128}):(?! )/y)?.[1];
	}
	return head.level;
};

/** A process number: only where more of the head follows, else the message begins with a number. */
const processId: Step = (head) => {
	if (!head.time || head.fields['pid'] !== undefined || !isDigit(head.bytes[head.at] ?? 0)) return false;
	const match = take(head, /(\d{1,10})(?: (?=--- )|#\d{1,10}:|[ \t]+(?=\[|[A-Z]{4,8}[\s:]))/y);
	if (match) head.fields['pid'] = match[1] ?? '';
	return match !== undefined;
};

/** `main.go:12: ` of Go's log, `server/main.go:12` between tabs of zap. */
const caller: Step = (head) => {
	if (!head.time) return false;
	const match = take(head, /([\w./@-]{1,200}\.[a-z]{1,4}:\d{1,7})(?::|(?=[ \t]))/y);
	if (match) head.fields['caller'] = match[1] ?? '';
	return match !== undefined;
};

const logger: Step = (head) => {
	if (head.logger !== undefined) return false;
	const before = head.time && !head.level ? take(head, /([A-Za-z_$][\w.$/-]{0,200})(?: - | +)(?=[A-Z]{4,8}[\s:])/y) : undefined;
	// Behind the level a name is one with dots, one that a mark announced, or one that a dash sets off.
	const behind =
		!before && (head.level || head.framed)
			? take(head, /([A-Za-z_$][\w.$/@-]{0,200}(?:\[[\w.-]{0,60}\])?)(?: {0,40}:(?=\s)| +-(?= )|(?= \[)|(?=\t\S{1,200}\.\w{1,4}:\d))/y)
			: undefined;
	const name = (before ?? behind)?.[1];
	if (name === undefined) return false;
	const mark = head.text[head.at - 1];
	if (behind && mark !== '-' && !head.framed && head.text[head.at] !== '\t' && !/[.$/]\w/.test(name)) {
		head.at -= behind[0].length;
		return false;
	}
	head.logger = name;
	return true;
};

/** Behind each other, and each once: the walk ends where none takes anything. */
const steps: readonly Step[] = [separator, time, bracketed, level, processId, caller, logger];

/** `<34>1 2026-… host app 123 ID47 [id k="v"] message`, of which the time has been taken. */
const syslog5424 = / (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) (-|(?:\[[^\]]{0,2000}\]){1,20})(?: |$)/y;
/** ` host sshd[24200]: ` behind the time. */
const syslog3164 = / (\S{1,255}) ([\w./@-]{1,128})(?:\[(\d{1,10})\])?:(?: |$)/y;

function takeSyslog(head: Head, version: boolean): void {
	const match = take(head, version ? syslog5424 : syslog3164);
	if (!match) return;
	const [, host = '', name = '', pid = '-', , data = '-'] = match;
	head.fields['host'] = host;
	head.logger = name === '-' ? undefined : name;
	if (pid !== '-' && pid !== '') head.fields['pid'] = pid;
	if (data !== '-') readPairs(data, 0, head.fields);
}

/** What can be only at the very beginning. */
function begin(head: Head): void {
	const priority = take(head, /<(\d{1,3})>(1 )?/y);
	if (priority) head.fields['priority'] = priority[1] ?? '';
	// `I, [2026-…` of Ruby, `1:M 20 Nov …` of Redis.
	const redis = priority || take(head, /[A-Z], (?=\[)/y) ? undefined : take(head, /(\d{1,10}):[A-Z] (?=\d\d )/y);
	const isName = isUpper(head.bytes[head.at] ?? 0);
	const source = head.at === 0 ? /(\S{1,200})(?: +\|)? (?=\d{4}[-/]\d\d[-/]\d\d[T ])/y : undefined;
	const from = source ? take(head, source)?.[1] : undefined;
	if (from !== undefined && !isName) head.fields['source'] = from;
	else if (from !== undefined) head.at = 0;
	if (redis) head.fields['pid'] = redis[1] ?? '';
	if (time(head)) {
		if (priority || isName) takeSyslog(head, priority?.[2] !== undefined);
		if (redis) take(head, / [.*#-](?= )/y);
	} else if (priority) head.level = true;
}

/** `, client: 10.0.0.1, server: example.com, request: "GET /api HTTP/1.1", upstream: "…"` of nginx's error log. */
const nginxParts = /, (client|server|request|upstream|host|referrer): (?:"([^"]{0,8192})"|([^,"]{0,1024}))/g;

/** A line whose head has a time or a level; undefined where it has neither. */
export function parseCommon(text: string): Form | undefined {
	const head: Head = {
		text: text.length > longestHead ? text.slice(0, longestHead) : text,
		bytes: Buffer.from(text.slice(0, longestHead), 'latin1'),
		cursor: createTimeCursor(() => 0),
		fields: createFields(),
		at: 0,
		time: false,
		level: false,
		framed: false,
		logger: undefined,
	};
	begin(head);
	while (head.at < head.text.length && steps.some((step) => step(head)));
	if (!head.time && !head.level) return undefined;
	const {fields, logger} = head;
	const message = text.slice(head.at);
	if (message.includes('=')) readPairs(message, 0, fields);
	if (message.startsWith('*')) for (const [, name = '', quoted, bare] of message.matchAll(nginxParts)) fields[name] = quoted ?? bare ?? '';
	return {format: 'common', message, ...(logger === undefined ? {} : {logger}), fields};
}
