/**
 * Lines that continue with the one before them: the frames of a stack trace, the rest of a message of several lines. They
 * tell no time and no level of their own, so that a filter on levels would hide a trace from the one who needs it.
 */
import {levelIn} from '../formats/level.ts';
import {createTimeReader} from '../formats/line-time.ts';
import {type Level, levels, lineFlags, type LogLines} from '../log-lines.ts';

/** Bytes of a line that tell whether it continues with another. */
const looked = 1024;
/** Lines of one trace. */
const longestTrace = 200;
/** Lines of all streams among which those of a trace stand. */
const farthest = 10_000;
/** As many, where each line of a screen is asked. */
const near = 2000;

/** What only a trace has; Java, Python, Node, Go, Ruby, .NET. */
const traceForm =
	/^(?:$|\s+\S|at \S|\.{3} \d+ (?:more|common)|(?:Caused by|Suppressed|Nested exception): |Traceback \(most recent|During handling of the above|The above exception was|goroutine \d+ \[|created by \S|exit status \d+$|[}\])]+[,;]?$|from \S+:\d+:in )/;
/** `ValueError: bad`, `java.sql.SQLException`, which end a trace or begin its next part. */
const exceptionName = /^(?:[\w$]+[.:]{1,2})*[A-Z][\w$]*(?:Error|Exception|Warning|Interrupt|Exit|Failure)\b(?:: |:?$)/;
/** `main.(*server).serve(0x1, 0x2)` of Go. */
const goFrame = /^[\w./-]+\.[\w.()*]+\([^()]*\)$/;

// The year of a time does not matter here, only that the line tells one.
const timeOf = createTimeReader({now: () => 0});
const tellsTime = (bytes: Uint8Array) => !Number.isNaN(timeOf(bytes, 0, bytes.length));
const firstBytes = (lines: LogLines, line: number) => lines.bytes(line).subarray(0, looked);

/** How a line is to the one before it: part of a trace by its form, bare of what heads have, or a head. */
function partOf(lines: LogLines, line: number): 'trace' | 'bare' | 'head' {
	const bytes = firstBytes(lines, line);
	if (bytes[0] === 123 || tellsTime(bytes)) return 'head';
	const text = Buffer.from(bytes).toString().trimEnd();
	if (traceForm.test(text)) return 'trace';
	if (levelIn(bytes, 0, bytes.length) !== undefined) return 'head';
	return exceptionName.test(text) || goFrame.test(text) ? 'trace' : 'bare';
}

/** The line of the same stream before it, not before `from`; the program's own gap ends what came before it. */
function previousOf(lines: LogLines, line: number, from: number): number | undefined {
	const stream = lines.stream(line);
	let before = line;
	while (before > from) {
		const chunk = lines.chunkOf(before - 1);
		if (!chunk) return undefined;
		const {first, streams, flags} = chunk;
		const low = Math.max(0, from - first);
		for (let at = before - 1 - first; at >= low; at--) {
			if (streams[at] !== stream) continue;
			const flag = flags[at] ?? 0;
			if ((flag & lineFlags.gap) !== 0) return undefined;
			if ((flag & lineFlags.mark) === 0) return first + at;
		}
		before = first + low;
	}
	return undefined;
}

/** In a line's flags: it was looked for a level, and told none. */
const toldNone = 1;
/** Places in a line's flags beyond those of its own level: it means itself, or its head's level (none first). */
const [forItself, ofHead] = [7, 8] as const;

interface Found {
	/** The line that it continues with; undefined where it means itself. */
	readonly head: number | undefined;
	/** Whether no form tells the line itself for part of a trace. */
	readonly bare: boolean;
}

/**
 * What the line continues with. A line that no form tells for part of a trace continues with another only where that one has
 * a time of its own: in a log without times every line would.
 * @param remembered Whether the search may end at a line above of which `levelWithHead` has noted the answer.
 */
function search(lines: LogLines, line: number, remembered: boolean): Found {
	const from = Math.max(lines.first(), line - farthest);
	/** Whether such a line was met, and whether the first one was. */
	let [bare, isBare] = [false, false];
	/** A traceback that nothing was said before: its first line tells a level by its form. */
	let first: number | undefined;
	for (let at: number | undefined = line, steps = 0; at !== undefined && steps <= longestTrace; at = previousOf(lines, at, from), steps++) {
		const noted = remembered && at !== line ? lines.flags(at) : 0;
		const code = noted & lineFlags.level;
		if (code === forItself) break;
		// A bare line that continues has a head with a time, and has answered for the bare ones behind it.
		if (code >= ofHead && (!bare || (noted & lineFlags.bare) !== 0)) return {head: at, bare: isBare};
		if (code >= ofHead) continue;
		const part = partOf(lines, at);
		if (part === 'head' && (at === line || (bare && !tellsTime(firstBytes(lines, at))))) break;
		if (part === 'head') return {head: at, bare: isBare};
		if (part === 'bare') {
			bare = true;
			isBare ||= at === line;
		} else if (!bare && at !== line && lines.level(at) !== undefined) first = at;
	}
	return {head: first, bare: isBare};
}

/** The head of the trace, or of the message of several lines, that the line is part of; undefined where it is none. */
export function headOf(lines: LogLines, line: number): number | undefined {
	return search(lines, line, false).head;
}

/**
 * The line's level; that of its head where it continues with another line. Remembered with the line, as its own level is:
 * it costs once, and only those who ask.
 */
export function levelWithHead(lines: LogLines, line: number): Level | undefined {
	const own = lines.level(line);
	if (own !== undefined) return own;
	const chunk = lines.chunkOf(line);
	if (!chunk) return undefined;
	const place = line - chunk.first;
	const noted = (chunk.flags[place] ?? 0) & lineFlags.level;
	if (noted >= forItself) return levels[noted - ofHead - 1];
	const {head, bare} = search(lines, line, true);
	const above = head === undefined ? 0 : lines.flags(head) & lineFlags.level;
	const level = head === undefined ? undefined : (lines.level(head) ?? levels[above - ofHead - 1]);
	const code = head === undefined ? forItself : ofHead + (level === undefined ? 0 : levels.indexOf(level) + 1);
	const sign = head !== undefined && bare ? lineFlags.bare : 0;
	chunk.flags[place] = ((chunk.flags[place] ?? 0) & ~lineFlags.level) | code | sign;
	return level;
}

interface Frames {
	/** Ascending. */
	readonly frames: readonly number[];
	/** Whether lines yet to come may be of them. */
	readonly open: boolean;
}

function framesOf(lines: LogLines, line: number, within: number): Frames {
	const stream = lines.stream(line);
	const timed = tellsTime(firstBytes(lines, headOf(lines, line) ?? line));
	const frames: number[] = [];
	const end = Math.min(lines.end(), line + within);
	let open = end === lines.end();
	for (let at = line + 1; at < end && frames.length < longestTrace; at++) {
		if (lines.stream(at) !== stream) continue;
		const flags = lines.flags(at);
		if ((flags & lineFlags.mark) !== 0) continue;
		const part = (flags & lineFlags.gap) === 0 ? partOf(lines, at) : 'head';
		if (part === 'head' || (part === 'bare' && !timed)) {
			open = false;
			break;
		}
		frames.push(at);
	}
	while (frames.length > 0 && lines.length(frames.at(-1) ?? line) === 0) frames.pop();
	return {frames, open: open && frames.length < longestTrace};
}

/** The lines that continue with that one, ascending; at most 200, and none beyond a gap. */
export function continuationOf(lines: LogLines, line: number): readonly number[] {
	return framesOf(lines, line, farthest).frames;
}

/**
 * How many of the lines that continue with that one are not `shown`; none for one that continues with another itself. Quick
 * enough for each line of a screen: among streams that write much, not all of a trace may be found.
 */
export function hiddenWith(
	lines: LogLines,
	line: number,
	shown: (line: number) => boolean,
): {readonly count: number; readonly open: boolean} {
	if (partOf(lines, line) !== 'head') return {count: 0, open: false};
	const {frames, open} = framesOf(lines, line, near);
	return {count: frames.filter((frame) => !shown(frame)).length, open};
}

/**
 * The lines behind one that was put in late that may continue with it now, ascending; what was noted of their heads is
 * forgotten, for another may be theirs.
 */
export function forgetHeadsBehind(lines: LogLines, line: number): readonly number[] {
	const stream = lines.stream(line);
	const found: number[] = [];
	const end = Math.min(lines.end(), line + farthest);
	for (let at = line + 1; at < end && found.length < longestTrace; at++) {
		if (lines.stream(at) !== stream || (lines.flags(at) & (lineFlags.mark | lineFlags.gap)) !== 0) continue;
		if (partOf(lines, at) === 'head') break;
		found.push(at);
		const chunk = lines.chunkOf(at);
		const flag = chunk?.flags[at - chunk.first] ?? 0;
		if (chunk && (flag & lineFlags.level) >= forItself)
			chunk.flags[at - chunk.first] = (flag & ~(lineFlags.level | lineFlags.bare)) | toldNone;
	}
	return found;
}
