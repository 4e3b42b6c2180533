/** Drives whatever counts the matching lines: shows every line to every pass once, oldest first, in slices. */
import {noteFlags} from '../query/line-under-test.ts';
import type {LogLines, Moved} from '../log-lines.ts';
import {countBelow} from '../query/match-blocks.ts';
import type {Matches} from '../query/matches.ts';

/** Counts lines. Late lines come out of order; lines that leave the ring stay counted. */
export interface Pass {
	readonly look: (lines: LogLines, line: number) => void;
	/** Forgets all: another filter, another selection of lines. */
	readonly reset: () => void;
	/** Lines left the ring before they were shown: what was counted so far has holes, and none of it is held any more. */
	readonly missed?: () => void;
}

export interface Passes {
	/** Shows the pass all matching lines held, then those that come; returns what ends it. */
	readonly add: (pass: Pass) => () => void;
	/** Works until the deadline; true once all passes have seen all matches that are known. */
	readonly work: (deadline: number) => boolean;
	readonly progress: () => {readonly looked: number; readonly of: number};
	/** Ends the keeping up with moves. */
	readonly stop: () => void;
}

interface Course {
	readonly pass: Pass;
	/** All lines before it have been shown, but for the late ones. */
	next: number;
	/** Late lines among those shown, ascending. */
	late: number[];
}

const stepLines = 16;
const turnSteps = 16;

/** Makes the driver. The program's own rows are not shown. `now` is the clock of the deadlines, in milliseconds. */
export function createPasses(lines: LogLines, matches: Matches, now: () => number = () => performance.now()): Passes {
	const courses = new Set<Course>();
	let generation = matches.generation();

	function show(pass: Pass, line: number): void {
		if ((lines.flags(line) & noteFlags) === 0) pass.look(lines, line);
	}

	/** Follows the ring and the filter before anything is shown. */
	function prepare(): void {
		if (generation !== matches.generation()) {
			generation = matches.generation();
			for (const course of courses) {
				course.pass.reset();
				course.next = lines.first();
				course.late = [];
			}
		}
		for (const course of courses) {
			if (course.next >= lines.first()) continue;
			course.next = lines.first();
			course.pass.missed?.();
		}
	}

	/** Shows a few lines; true when there is nothing to show. */
	function step(course: Course, {from, to}: {from: number; to: number}): boolean {
		for (let shown = 0; shown < stepLines; shown++) {
			const late = course.late[0];
			if (late !== undefined && (late < lines.first() || (late >= from && late < to))) {
				course.late.shift();
				if (matches.has(late)) show(course.pass, late);
				continue;
			}
			if (course.next < from || course.next >= to) return true;
			const line = matches.next(course.next - 1);
			if (line === undefined || line >= to) {
				course.next = to;
				return true;
			}
			course.next = line + 1;
			show(course.pass, line);
		}
		return false;
	}

	function onMoved({from, moved, inserted}: Moved): void {
		for (const course of courses) {
			if (course.next > from) course.next = moved(course.next - 1) + 1;
			const shown = inserted.slice(0, countBelow(inserted, inserted.length, course.next));
			const late = course.late.map((line) => (line < from ? line : moved(line)));
			course.late = shown.length === 0 ? late : [...late, ...shown].toSorted((a, b) => a - b);
		}
	}
	const stop = lines.onMoved(onMoved);

	return {
		add(pass) {
			const course: Course = {pass, next: lines.first(), late: []};
			pass.reset();
			courses.add(course);
			return () => {
				courses.delete(course);
			};
		},
		work(deadline) {
			prepare();
			let waiting = [...courses];
			while (waiting.length > 0) {
				const looked = matches.looked();
				waiting = waiting.filter((course) => {
					for (let turn = 0; turn < turnSteps; turn++) {
						if (now() >= deadline) return true;
						if (step(course, looked)) return false;
					}
					return true;
				});
				if (now() >= deadline) break;
			}
			return waiting.length === 0;
		},
		progress() {
			prepare();
			const shown = Math.min(lines.end(), ...[...courses].map(({next}) => next));
			return {looked: shown - lines.first(), of: lines.end() - lines.first()};
		},
		stop,
	};
}
