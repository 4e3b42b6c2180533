/** Finds the level of a line in its bytes, without parsing it: the words of a level, or what else tells how grave it is. */
import {afterEscape, createWords, isBlank, isDigit, isLetter, isUpper, isWordByte, standsAt} from './ascii.ts';
import {closingQuote, visitKeys} from './json-keys.ts';
import {type LevelCode, levelOfLetter, levelOfNumber, levelOfSeverity, levelOfStatus, levelOfWord} from './level-words.ts';
import {type Level, levels} from '../log-lines.ts';

/** A level is at a line's head; JSON may name it after its message. */
const head = 256;
const jsonHead = 8192;

const isLevelKey = createWords('level severity lvl loglevel log.level log_level levelname severity_text severitytext @l'.split(' '));
const isStatusKey = createWords('status status_code statuscode http_status response_code'.split(' '));

/** The number that at most `longest` digits write there; -1 where none stand there, or more. */
function numberAt(bytes: Uint8Array, at: number, end: number, longest: number): number {
	let value = 0;
	let next = at;
	for (; next < end && isDigit(bytes[next] ?? 0); next++) {
		if (next - at === longest) return -1;
		value = value * 10 + (bytes[next] ?? 0) - 48;
	}
	return next === at ? -1 : value;
}

/** The level that a value is: a word, a letter, a number; with quotes or without. */
function levelOfValue(bytes: Uint8Array, at: number, end: number): LevelCode {
	const start = bytes[at] === 34 ? at + 1 : at;
	const number = numberAt(bytes, start, end, 3);
	if (number >= 0) return levelOfNumber(number);
	let next = start;
	while (next < end && isWordByte(bytes[next] ?? 0)) next += 1;
	return next === start + 1 ? levelOfLetter((bytes[start] ?? 0) & ~32) : levelOfWord(bytes, start, next);
}

/**
 * What counts as a level: what the line states, and where it states none also what else tells it (`derive`): the status
 * of a request, a panic.
 */
interface Rules {
	readonly derive: boolean;
}

const stated: Rules = {derive: false};
const derived: Rules = {derive: true};

/** The level of the text that a JSON string holds, which may well be JSON itself. */
function levelOfString(bytes: Uint8Array, at: number, end: number, rules: Rules): LevelCode {
	if (bytes[at] !== 34) return 0;
	const close = closingQuote(bytes, at, end);
	const text = new Uint8Array(close - at);
	let length = 0;
	for (let next = at + 1; next < close; next++) {
		const escaped = bytes[next] === 92;
		if (escaped) next += 1;
		const byte = bytes[next] ?? 0;
		// Of the escapes only those of quotes and backslashes matter here; the others are some blank.
		text[length++] = escaped && isLetter(byte) ? 32 : byte;
	}
	return levelBy(rules, text, 0, length);
}

function levelOfJson(bytes: Uint8Array, start: number, end: number, rules: Rules): LevelCode {
	let code: LevelCode = 0;
	let otherwise: LevelCode = 0;
	visitKeys(bytes, start, Math.min(end, start + jsonHead), (from, to, value) => {
		if (isLevelKey(bytes, from, to)) code = levelOfValue(bytes, value, end);
		// MongoDB's key is one letter, and so may others be: only capitals are levels there.
		else if (to - from === 1 && bytes[from] === 115 && bytes[value] === 34 && bytes[value + 2] === 34)
			code = levelOfLetter(bytes[value + 1] ?? 0);
		// Docker keeps the program's own line under this key, ECS an object that has the level.
		else if (to - from === 3 && standsAt(bytes, from, to, 'log'))
			code = bytes[value] === 123 ? levelOfJson(bytes, value, end, stated) : levelOfString(bytes, value, end, rules);
		// The journal gives all that a service prints one priority, so the service's own word goes first.
		else if (to - from === 7 && standsAt(bytes, from, to, 'MESSAGE')) code = levelOfString(bytes, value, end, rules);
		else if (to - from === 8 && standsAt(bytes, from, to, 'PRIORITY')) otherwise = levelOfValue(bytes, value, end);
		else if (rules.derive && isStatusKey(bytes, from, to))
			otherwise ||= levelOfStatus(numberAt(bytes, bytes[value] === 34 ? value + 1 : value, end, 3));
		return code !== 0;
	});
	return code === 0 ? otherwise : code;
}

/** Whether a bare level in capitals may follow that byte: `auth_ERROR` and `/ERROR` are no levels. */
const mayPrecede = (byte: number): boolean =>
	isBlank(byte) || byte === 91 || byte === 40 || byte === 124 || byte === 60 || byte === 58 || byte === 61 || byte === 44 || byte === 27;
const mayFollow = (byte: number): boolean =>
	isBlank(byte) || byte === 93 || byte === 41 || byte === 124 || byte === 62 || byte === 58 || byte === 44 || byte === 27 || byte === 10;

/** Lower case right behind the time, as zap, winston and Python's structlog write it; `alert` and its like are mostly words there. */
const plainAfterTime = createWords('trace debug info notice warn warning error err fatal crit critical'.split(' '));

interface Word {
	readonly start: number;
	readonly end: number;
	/** The byte before it and the one behind it; blanks at the line's edges. */
	readonly before: number;
	readonly after: number;
	/** No letter is before it in the line but those of a time. */
	readonly first: boolean;
	readonly lineStart: number;
}

/** The level that a word is where it is. In capitals it needs room around it; in lower case a place where levels are. */
function levelOfPlaced(bytes: Uint8Array, {start, end, before, after, first, lineStart}: Word): LevelCode {
	const byte = bytes[start] ?? 0;
	if ((before === 91 || before === 60 || before === 40) && (after === 93 || after === 62 || after === 41))
		return levelOfWord(bytes, start, end);
	// `[core:error]` of Apache.
	if (before === 58 && after === 93) return levelOfWord(bytes, start, end);
	if (after === 61 && isLevelKey(bytes, start, end)) return levelOfValue(bytes, end + 1, lineStart + head * 4);
	const capitals = isUpper(byte) && isUpper(bytes[end - 1] ?? 0) && isUpper(bytes[start + 1] ?? 0);
	if (capitals && mayPrecede(before) && mayFollow(after)) {
		// Words in capitals that are mostly something else are levels only as a label.
		const label = after === 58;
		if (end - start === 3 && standsAt(bytes, start, end, 'LOG')) return label ? 2 : 0;
		if (
			standsAt(bytes, start, end, 'FINE') ||
			standsAt(bytes, start, end, 'NOTE') ||
			standsAt(bytes, start, end, 'SYSTEM') ||
			standsAt(bytes, start, end, 'FAIL')
		)
			return label ? levelOfWord(bytes, start, end) : 0;
		return levelOfWord(bytes, start, end);
	}
	if (!first) return 0;
	// `panic:` of Go is what happened, not a level that someone chose.
	if (start === lineStart && standsAt(bytes, start, end, 'panic')) return 0;
	if (start === lineStart) return after === 58 || standsAt(bytes, end, end + 7, ' error:') ? levelOfWord(bytes, start, end) : 0;
	return start >= lineStart + 8 && !isUpper(byte) && mayFollow(after) && plainAfterTime(bytes, start, end)
		? levelOfWord(bytes, start, end)
		: 0;
}

/** `<34>` of syslog, and `<3>` as systemd takes it: the severity is in the low three bits. */
function levelOfPriority(bytes: Uint8Array, start: number, end: number): LevelCode {
	if (bytes[start] !== 60) return 0;
	const priority = numberAt(bytes, start + 1, end, 3);
	return priority >= 0 && priority < 192 && bytes[start + (priority > 99 ? 4 : priority > 9 ? 3 : 2)] === 62
		? levelOfSeverity(priority & 7)
		: 0;
}

/** `"GET /api HTTP/1.1" 502 `: the status behind the request that is quoted from `at` to `close`; -1 where none is. */
function statusBehind(bytes: Uint8Array, at: number, close: number, end: number): number {
	if (!isUpper(bytes[at + 1] ?? 0) || bytes[close + 1] !== 32) return -1;
	const protocol = standsAt(bytes, close - 8, close, 'HTTP/') || standsAt(bytes, close - 6, close, 'HTTP/');
	return protocol ? numberAt(bytes, close + 2, end, 3) : -1;
}

function levelOfText(bytes: Uint8Array, start: number, end: number, rules: Rules): LevelCode {
	// `I1120 08:33:04.118423 …` of klog, `I, [2026-…` of Ruby.
	if (numberAt(bytes, start + 1, end, 4) >= 101 && bytes[start + 5] === 32) {
		const letter = levelOfLetter(bytes[start] ?? 0);
		if (letter !== 0) return letter;
	}
	if (standsAt(bytes, start + 1, end, ', [')) return levelOfLetter(bytes[start] ?? 0);
	const limit = Math.min(end, start + head);
	const otherwise: LevelCode = rules.derive ? levelOfBeginning(bytes, start, end) : 0;
	let first = true;
	let before = 32;
	for (let at = start; at < limit; at++) {
		const byte = bytes[at] ?? 0;
		if (isLetter(byte)) {
			let next = at + 1;
			while (next < end && isWordByte(bytes[next] ?? 0)) next += 1;
			const after = next < end ? (bytes[next] ?? 0) : 10;
			// Most words are neither the first, nor in capitals, nor set off: told here, at the least cost.
			if ((first || !isBlank(before) || isUpper(byte) || after === 61) && !isWordByte(before)) {
				const code = levelOfPlaced(bytes, {start: at, end: next, before, after, first, lineStart: start});
				if (code !== 0) return code;
				first = false;
			}
			at = next - 1;
			before = 97;
		} else if (byte === 27) {
			at = afterEscape(bytes, at, end) - 1;
			before = 27;
		} else if (byte === 34 && (isBlank(before) || before === 61)) {
			// What is quoted is what the line talks of.
			const close = closingQuote(bytes, at, Math.min(end, start + jsonHead));
			const status = statusBehind(bytes, at, close, end);
			// An access line has its level before the request, if any.
			if (status >= 0) return rules.derive ? levelOfStatus(status) : 0;
			at = close;
			before = 34;
		} else {
			const code = byte === 123 && bytes[at + 1] === 34 ? levelOfJson(bytes, at, end, rules) : 0;
			if (code !== 0) return code;
			before = byte;
		}
	}
	return levelOfPriority(bytes, start, end) || otherwise;
}

/** Redis marks its lines `.`, `-`, `*` and `#`: `1:M 20 Nov 2026 08:33:04.118 # …`. */
function levelOfRedis(bytes: Uint8Array, start: number, end: number): LevelCode {
	let at = start;
	while (at < end && isDigit(bytes[at] ?? 0)) at += 1;
	if (at === start || bytes[at] !== 58 || !isUpper(bytes[at + 1] ?? 0) || bytes[at + 2] !== 32 || bytes[at + 27] !== 32) return 0;
	const mark = bytes[at + 28];
	if (mark === 35) return 3;
	if (mark === 42) return 2;
	return mark === 45 || mark === 46 ? 1 : 0;
}

/** What a line's beginning tells where no word does. */
function levelOfBeginning(bytes: Uint8Array, start: number, end: number): LevelCode {
	const byte = bytes[start] ?? 0;
	if (isDigit(byte)) return levelOfRedis(bytes, start, end);
	// `[GIN] 2026/11/20 - 08:33:04 | 502 |` of gin, which quotes no protocol.
	if (byte === 91) return standsAt(bytes, start, end, '[GIN] ') ? levelOfStatus(numberAt(bytes, start + 30, end, 3)) : 0;
	if (byte === 112) return standsAt(bytes, start, end, 'panic:') ? 5 : 0;
	return standsAt(bytes, start, end, 'Traceback (') || standsAt(bytes, start, end, 'Exception in thread ') ? 4 : 0;
}

function levelBy(rules: Rules, bytes: Uint8Array, start: number, end: number): LevelCode {
	let from = start;
	while (from < end && isBlank(bytes[from] ?? 0)) from += 1;
	return bytes[from] === 123 ? levelOfJson(bytes, from, end, rules) : levelOfText(bytes, from, end, rules);
}

/**
 * The level of the line in those bytes: the one it states (JSON, logfmt, klog, syslog, `WARN`, `[warning]`), else what its
 * form tells (5xx and 4xx of a request, a panic, a traceback). TRACE counts as debug, NOTICE as info, CRITICAL, ALERT,
 * EMERG and PANIC as fatal. Looks at the line's head only.
 */
export function levelIn(bytes: Uint8Array, start: number, end: number): Level | undefined {
	return levels[levelBy(derived, bytes, start, end) - 1];
}

/** The level of a line of text, by the rules of `levelIn`. */
export function levelOf(text: string): Level | undefined {
	const bytes = Buffer.from(text.length > jsonHead ? text.slice(0, jsonHead) : text);
	return levelIn(bytes, 0, bytes.length);
}

/** Whether the line states its level itself, as the log standard wants it. */
export function statesLevel(bytes: Uint8Array): boolean {
	return levelBy(stated, bytes, 0, bytes.length) !== 0;
}
