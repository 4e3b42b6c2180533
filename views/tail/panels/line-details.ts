/**
 * One line with nothing cut off: the lines that continue with it (a stack trace), what is known of it, its fields one below
 * the other, then the bytes as they came.
 */
import {formatBytes, plural} from '../../../src/base/figures.ts';
import {continuationOf, headOf, levelWithHead} from '../../../src/logs/query/continuation.ts';
import {parseLine} from '../../../src/logs/formats/fields.ts';
import {type Level, lineFlags} from '../../../src/logs/log-lines.ts';
import {sanitize, sanitizeMultiline} from '../../../src/base/terminal/sanitize.ts';
import {wrapWords} from '../../../src/base/terminal/wrap.ts';
import {draw, type Part, rule} from '../../kit/line.ts';
import {isPinned} from '../moves/line-evidence.ts';
import type {TailSession} from '../lines/tail-session.ts';
import {levelTones} from './counts.ts';

/** Longer ones are shown to here: what is beyond is in the saved view. Bytes. */
const most = 256 * 1024;

/** Of a line that continues with another, bytes: a frame is short. */
const mostOfFrame = 4096;

type Fact = readonly [name: string, value: string, tone?: Part['tone']];

function wrapped(text: string, columns: number): readonly string[] {
	return sanitizeMultiline(text)
		.split('\n')
		.flatMap((line) => wrapWords(line, columns));
}

/** Indented where the value is JSON of its own. */
function pretty(value: string): string {
	if (!/^\s*[[{]/.test(value)) return value;
	try {
		return JSON.stringify(JSON.parse(value), undefined, 2);
	} catch {
		return value;
	}
}

/** The lines that continue with the line, as they came: the trace is what one opens the line for. */
function trace(
	{
		app: {
			tail: {lines},
		},
		theme,
	}: TailSession,
	line: number,
	columns: number,
): readonly string[] {
	const frames = continuationOf(lines, line);
	const head = headOf(lines, line);
	const row = (at: number) => wrapped(lines.text(at, mostOfFrame), columns - 2).map((text) => draw(theme, [`  ${text}`], columns));
	return [
		...(head === undefined ? [] : ['', rule(theme, columns, {text: 'continued by', tone: 'dim'}), ...row(head)]),
		...(frames.length === 0
			? []
			: ['', rule(theme, columns, {text: `and ${plural(frames.length, 'line')} more of it`, tone: 'dim'}), ...frames.flatMap(row)]),
	];
}

function known(session: TailSession, line: number, level: Level | undefined): readonly Fact[] {
	const {lines, streams} = session.app.tail;
	const at = lines.time(line);
	const stream = streams.get()[lines.stream(line)];
	const length = lines.length(line);
	return [
		['time', Number.isNaN(at) ? 'none' : new Date(at).toISOString()],
		['stream', stream?.name ?? 'unknown'],
		...(['context', 'namespace', 'container'] as const).flatMap((part): readonly Fact[] =>
			stream?.[part] === undefined ? [] : [[part, stream[part]]],
		),
		['level', level ?? 'none', level === undefined ? 'dim' : levelTones[level]],
		...(length > most ? [['length', `${formatBytes(length)}, showing the first ${formatBytes(most)}`, 'amber'] satisfies Fact] : []),
		...((lines.flags(line) & lineFlags.late) === 0 ? [] : [['late', 'arrived out of order, sorted by timestamp', 'amber'] satisfies Fact]),
		...(isPinned(session, line) ? [['pinned', 'as evidence. Press b to unpin.', 'strong'] satisfies Fact] : []),
	];
}

/** The line's rows, each at most `columns` wide; more of them than the screen holds, where it is long. */
export function wholeLine(session: TailSession, line: number, columns: number): readonly string[] {
	const {theme, app} = session;
	const {lines} = app.tail;
	if (line < lines.first() || line >= lines.end()) return ['this line was dropped from memory'];
	const text = lines.text(line, most);
	const {level, message, logger, fields} = parseLine(text);
	const facts: readonly Fact[] = [
		...known(session, line, level ?? levelWithHead(lines, line)),
		...(logger === undefined ? [] : [['logger', logger] satisfies Fact]),
	];
	const names = Object.keys(fields);
	const width = Math.min(28, Math.max(8, ...[...facts.map(([name]) => name), ...names].map((name) => sanitize(name).length)));
	const row = ([name, value, tone]: Fact) =>
		wrapped(value, Math.max(10, columns - width - 2)).map((part, index) =>
			draw(
				theme,
				[
					{text: `${(index === 0 ? sanitize(name) : '').padEnd(width).slice(0, width)}  `, tone: 'dim'},
					{text: part, tone},
				],
				columns,
			),
		);
	const heading = (word: string) => ['', rule(theme, columns, {text: word, tone: 'dim'})];
	return [
		...wrapped(message, columns).map((part) => draw(theme, [{text: part, tone: 'strong'}], columns)),
		...trace(session, line, columns),
		'',
		...facts.flatMap(row),
		...(names.length === 0 ? [] : [...heading('fields'), ...names.flatMap((name) => row([name, pretty(fields[name] ?? '')]))]),
		...(message === text ? [] : [...heading('as it came'), ...wrapped(text, columns)]),
	];
}
