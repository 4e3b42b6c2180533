/** The lines that the filter stack lets through, kept up to date in slices while lines come, move and go. */
import {candidatesIn, type Region, regionBefore, regionFrom} from './candidates.ts';
import type {CompiledFilter} from './compile-filter.ts';
import {forgetHeadsBehind} from './continuation.ts';
import type {LogLines, Moved} from '../log-lines.ts';
import {countBelow, createMatchBlocks} from './match-blocks.ts';

export interface Matches {
	/** Takes another filter and begins to look anew, at the newest lines first; without one every line matches, at once. */
	readonly set: (filter: CompiledFilter | undefined) => void;
	/** Looks at lines until the deadline (on the clock given, performance.now's as a rule); true once all have been looked at. */
	readonly work: (deadline: number) => boolean;
	readonly progress: () => {readonly looked: number; readonly of: number};
	/** The lines looked at so far: from `from` up to, without, `to`. Only what lies within can be told to match or not. */
	readonly looked: () => {readonly from: number; readonly to: number};
	/** Matches found among the lines held. */
	readonly count: () => number;
	readonly has: (line: number) => boolean;
	/** The first match behind the line. */
	readonly next: (line: number) => number | undefined;
	/** The last match before the line. */
	readonly previous: (line: number) => number | undefined;
	/** The line itself, else the last match before it, else the first behind it. */
	readonly nearest: (line: number) => number | undefined;
	/** How many matches come before the line. */
	readonly rank: (line: number) => number;
	/** The match with so many matches before it. */
	readonly at: (rank: number) => number | undefined;
	/** Changes whenever an answer may have changed. */
	readonly revision: () => number;
	/** Counts the filters set: whoever counts matches begins anew when it changes. */
	readonly generation: () => number;
	/** Ends the keeping up with moves. */
	readonly stop: () => void;
}

/** Late lines that are looked at on the spot; where there are more, all lines behind the first are looked at again. */
const fewLate = 256;
/** A step between two looks at the clock: so many tests of a line, or tests of so many bytes. */
const stepLines = 64;
const stepBytes = 65_536;
/** Lines of a region in which each is tested: their answers appear when all of it is done. */
const testedLines = 1024;

/** A region that is being looked at. */
interface Scan {
	readonly region: Region;
	readonly backwards: boolean;
	/** Those to be tested; undefined where every line of the region is. */
	readonly candidates: readonly number[] | undefined;
	next: number;
	readonly kept: number[];
}

/** Keeps the matches of one ring. `now` is the clock of the deadlines, in milliseconds. */
export function createMatches(lines: LogLines, now: () => number = () => performance.now()): Matches {
	const blocks = createMatchBlocks();
	let filter: CompiledFilter | undefined;
	let scan: Scan | undefined;
	let generation = 0;
	let changes = 0;
	/** Whether heads of traces may have been noted with the lines. */
	let notesHeads = false;
	let seen = {first: 0, end: 0};

	/** Forgets lines that made room for new ones. */
	function trim(): void {
		const first = lines.first();
		if (scan && scan.region.from < first) scan = undefined;
		if (!filter || first <= blocks.looked().from) return;
		if (first >= blocks.looked().to) blocks.clear(first);
		else blocks.dropBefore(first);
		changes++;
	}

	/** New arrivals first, then further back into the past; the first look goes into the past. */
	function begin({needle}: CompiledFilter): Scan | undefined {
		const {from, to} = blocks.looked();
		const ahead = to < lines.end();
		const region = ahead ? regionFrom(lines, to, lines.end()) : regionBefore(lines, from, lines.first());
		if (!region) return undefined;
		if (!needle) {
			const part = ahead
				? {from: region.from, to: Math.min(region.to, region.from + testedLines)}
				: {from: Math.max(region.from, region.to - testedLines), to: region.to};
			return {region: part, backwards: !ahead, candidates: undefined, next: 0, kept: []};
		}
		const found = candidatesIn(lines, region, needle);
		return {
			region,
			backwards: !ahead,
			candidates: found.lines,
			next: found.exact ? found.lines.length : 0,
			kept: found.exact ? [...found.lines] : [],
		};
	}

	/** Tests the next few candidates; true when none is left. */
	function test({passes}: CompiledFilter, work: Scan): boolean {
		const {region, candidates, kept} = work;
		const total = candidates ? candidates.length : region.to - region.from;
		const stop = Math.min(total, work.next + stepLines);
		for (let bytes = 0; work.next < stop && bytes < stepBytes; work.next++) {
			const line = candidates ? (candidates[work.next] ?? 0) : region.from + work.next;
			bytes += lines.length(line);
			if (passes(lines, line)) kept.push(line);
		}
		return work.next >= total;
	}

	function work(deadline: number): boolean {
		trim();
		if (!filter) return true;
		while (now() < deadline) {
			if (!scan) {
				scan = begin(filter);
				if (!scan) return true;
				continue;
			}
			if (!test(filter, scan)) continue;
			const {region, backwards, kept} = scan;
			if (backwards) blocks.prepend(region.from, kept);
			else blocks.append(region.to, kept);
			scan = undefined;
			changes++;
		}
		return !scan && blocks.looked().to >= lines.end() && blocks.looked().from <= lines.first();
	}

	function onMoved(change: Moved): void {
		changes++;
		scan = undefined;
		const moved = notesHeads ? change.inserted.flatMap((line) => forgetHeadsBehind(lines, line)) : [];
		if (!filter) return;
		const {from, to} = blocks.looked();
		// What is put in before the lines looked at is found when the looking comes there.
		const late = from === to ? 0 : change.inserted.length - countBelow(change.inserted, change.inserted.length, change.moved(from));
		if (from === to) blocks.clear(lines.end());
		else if (late <= fewLate) {
			blocks.move(change, keeps);
			if (filter.looksBack) for (const line of moved) blocks.set(line, keeps(line));
		} else if (change.from > from) blocks.dropFrom(change.from);
		else blocks.clear(lines.end());
		trim();
	}
	const keeps = (line: number) => line >= lines.first() && filter !== undefined && filter.passes(lines, line);
	const stop = lines.onMoved(onMoved);

	/** Every line matches where there is no filter. */
	const all = {
		looked: () => ({from: lines.first(), to: lines.end()}),
		count: () => lines.end() - lines.first(),
		has: (line: number) => line >= lines.first() && line < lines.end(),
		next: (line: number) => inAll(Math.max(line + 1, lines.first())),
		previous: (line: number) => inAll(Math.min(line, lines.end()) - 1),
		rank: (line: number) => Math.max(0, Math.min(line, lines.end()) - lines.first()),
		at: (rank: number) => (rank >= 0 ? inAll(lines.first() + rank) : undefined),
	};
	const inAll = (line: number) => (line >= lines.first() && line < lines.end() ? line : undefined);
	const found = () => {
		trim();
		return filter ? blocks : all;
	};

	return {
		set(wanted) {
			filter = wanted;
			notesHeads ||= wanted?.looksBack === true;
			scan = undefined;
			blocks.clear(lines.end());
			generation++;
			changes++;
		},
		work,
		progress() {
			const {from, to} = found().looked();
			return {looked: to - from, of: lines.end() - lines.first()};
		},
		looked: () => found().looked(),
		count: () => found().count(),
		has: (line) => found().has(line),
		next: (line) => found().next(line),
		previous: (line) => found().previous(line),
		nearest(line) {
			const matches = found();
			return matches.has(line) ? line : (matches.previous(line) ?? matches.next(line));
		},
		rank: (line) => found().rank(line),
		at: (rank) => found().at(rank),
		revision() {
			trim();
			if (!filter && (lines.first() !== seen.first || lines.end() !== seen.end)) {
				seen = {first: lines.first(), end: lines.end()};
				changes++;
			}
			return changes;
		},
		generation: () => generation,
		stop,
	};
}
