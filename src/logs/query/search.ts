/** Finds the next line that holds something, among the matching ones, in slices. */
import {expressionNeedle, type Needle, textNeedle} from './bulk-pattern.ts';
import {candidatesIn, type Region, regionBefore, regionFrom} from './candidates.ts';
import {ignoresCase, literalSource} from './condition.ts';
import {createReader} from './filter-reader.ts';
import {longestLookedAt, withoutEscapes} from './line-under-test.ts';
import type {LogLines} from '../log-lines.ts';
import type {Matches} from './matches.ts';
import {UserError} from '../../base/user-error.ts';

export interface Searching {
	/** Looks until the deadline: the line found, `none` once there is none in that direction, `more` while there may be. */
	readonly work: (deadline: number) => number | 'none' | 'more';
}

export interface Search {
	/** Begins to look for the next match behind the line (1) or before it (-1); a search that is still under way ends with `none`. */
	readonly find: (pattern: RegExp, from: number, direction: 1 | -1) => Searching;
	/** Ends the keeping up with moves. */
	readonly stop: () => void;
}

interface Course {
	readonly pattern: RegExp;
	readonly needle: Needle | undefined;
	readonly direction: 1 | -1;
	/** Where the search began: itself not looked at. */
	origin: number;
	/** The last line that was looked at; all lines from the beginning of the search to it hold nothing. */
	at: number;
	/** Lines still to be tested, in the direction of the search, and the last line that they mean. */
	candidates: readonly number[];
	next: number;
	reaches: number;
}

const stepLines = 64;
const stepBytes = 65_536;
/** In a region with so few matches each is tested; among more, the bytes are searched. */
const fewMatches = 32;

/** What is typed at the search prompt: `/regex/`, `/regex/i`, or a text (in any case unless there is a capital). */
export function parseSearch(text: string): RegExp | {readonly problem: string} {
	try {
		if (text === '') throw new UserError('Type what to search for.');
		const reader = createReader(text);
		const expression = reader.expression();
		if (expression && reader.at() === text.length) return new RegExp(expression.source, expression.ignoreCase ? 'i' : '');
		return new RegExp(literalSource(text), ignoresCase(text) ? 'i' : '');
	} catch (error) {
		if (error instanceof UserError) return {problem: error.message};
		throw error;
	}
}

/** The needle of a text that was made an expression is found as bytes where its case counts. */
function needleOf(pattern: RegExp): Needle | undefined {
	const text = /^(?:[\w \-:",;<>=@#%&!~'`]|\\[$()*+.?[\\\]^{|}/])+$/.test(pattern.source) && pattern.source.replace(/\\(.)/g, '$1');
	return text === false ? expressionNeedle(pattern) : textNeedle(text, pattern.ignoreCase);
}

/** Makes the search among the matches of one ring. `now` is the clock of the deadlines, in milliseconds. */
export function createSearch(lines: LogLines, matches: Matches, now: () => number = () => performance.now()): Search {
	let current: Course | undefined;
	const stop = lines.onMoved(({from, moved, inserted}) => {
		if (!current) return;
		const renumbered = (line: number) => (line >= from && line < lines.end() ? moved(line) : line);
		current.origin = renumbered(current.origin);
		current.at = renumbered(current.at);
		const [low, high] = [Math.min(current.origin, current.at), Math.max(current.origin, current.at)];
		// A late line among those that were looked at already: back to the beginning.
		if (inserted.some((line) => line > low && line < high)) current.at = current.origin;
		current.candidates = [];
		current.next = 0;
		current.reaches = current.at;
	});

	/** The next region in the direction of the search, of lines that are known to match or not. */
	function regionOf({at, direction}: Course): Region | 'none' | 'more' {
		const {from, to} = matches.looked();
		const first = lines.first();
		if (direction === 1) {
			const start = Math.max(at + 1, first);
			if (start >= lines.end()) return 'none';
			return start < from || start >= to ? 'more' : (regionFrom(lines, start, to) ?? 'more');
		}
		const end = Math.min(at, lines.end());
		if (end <= first) return 'none';
		return end > to || end <= from ? 'more' : (regionBefore(lines, end, from) ?? 'more');
	}

	/** Takes up the next region; false where there is none, or none yet. */
	function advance(course: Course): 'none' | 'more' | undefined {
		const region = regionOf(course);
		if (typeof region === 'string') return region;
		const before = matches.rank(region.from);
		const inside = matches.rank(region.to) - before;
		let found: readonly number[];
		if (inside === 0) found = [];
		else if (inside <= fewMatches || !course.needle) found = Array.from({length: inside}, (_, k) => matches.at(before + k) ?? region.from);
		else found = candidatesIn(lines, region, course.needle).lines;
		course.candidates = course.direction === 1 ? found : found.toReversed();
		course.next = 0;
		course.reaches = course.direction === 1 ? region.to - 1 : region.from;
		// Where the bytes hold nothing, no line is tested, and the course must continue all the same.
		if (found.length === 0) course.at = course.reaches;
		return undefined;
	}

	/** Tests a few candidates; the line found, or undefined. */
	function test(course: Course): number | undefined {
		const stop = Math.min(course.candidates.length, course.next + stepLines);
		for (let bytes = 0; course.next < stop && bytes < stepBytes; course.next++) {
			const line = course.candidates[course.next] ?? 0;
			if (line < lines.first() || !matches.has(line)) continue;
			bytes += lines.length(line);
			if (course.pattern.test(withoutEscapes(lines.text(line, longestLookedAt)))) return line;
		}
		if (course.next >= course.candidates.length) course.at = course.reaches;
		return undefined;
	}

	return {
		find(pattern, from, direction) {
			const plain = new RegExp(pattern.source, pattern.flags.replaceAll(/[gy]/g, ''));
			const course: Course = {
				pattern: plain,
				needle: needleOf(plain),
				direction,
				origin: from,
				at: from,
				candidates: [],
				next: 0,
				reaches: from,
			};
			current = course;
			return {
				work(deadline) {
					while (current === course && now() < deadline) {
						if (course.next >= course.candidates.length) {
							const end = advance(course);
							if (end === 'more') return 'more';
							if (end === 'none') current = undefined;
							if (end) break;
							continue;
						}
						const line = test(course);
						if (line === undefined) continue;
						current = undefined;
						return line;
					}
					return current === course ? 'more' : 'none';
				},
			};
		},
		stop,
	};
}
