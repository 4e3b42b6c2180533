/** The file of patterns seen at the same logs before: one per place, on disk before `remember` returns. */
import {createHash} from 'node:crypto';
import {readFileSync, renameSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {writeAtomicallyNow} from '../../base/atomic-file.ts';
import {
	createIsNew,
	formatSeenPatterns,
	nothingSeen,
	parseSeenPatterns,
	remember,
	type SeenPatterns,
} from '../../logs/patterns/seen-patterns.ts';
import type {PatternMemory} from '../../logs/patterns/pattern-memory.ts';

export interface SeenPatternsOptions {
	/** Where the files are kept; made with the first `remember`. */
	readonly directory: string;
	/** Which logs: `checkout production deploy/api`, a file's path. The same words, the same memory. */
	readonly of: string;
	/** Epoch milliseconds. */
	readonly now: () => number;
}

export interface SeenPatternsFile extends PatternMemory {
	/** One sentence about a file that could not be read or written; undefined where all is well. */
	readonly problem: () => string | undefined;
}

/** A file of ours is never larger: what is came from elsewhere. */
const mostBytes = 32 * 1024 * 1024;

function read(path: string, now: () => number): {readonly seen: SeenPatterns; readonly problem: string | undefined} {
	let why: string;
	try {
		const seen = statSync(path).size > mostBytes ? {problem: 'it is too large'} : parseSeenPatterns(readFileSync(path, 'utf8'));
		if (!('problem' in seen)) return {seen, problem: undefined};
		why = seen.problem;
		const movedTo = `${path}.broken-${now()}`;
		renameSync(path, movedTo);
		why += `; it was moved to ${movedTo}, and the memory of patterns begins anew`;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {seen: nothingSeen, problem: undefined};
		why = (error as Error).message;
	}
	return {seen: nothingSeen, problem: `${path} could not be read: ${why}.`};
}

/**
 * Opens the memory of these logs. A broken file is put aside under another name and said in `problem`; nothing here
 * throws, because patterns are shown with or without a memory.
 */
export function openSeenPatterns({directory, of, now}: SeenPatternsOptions): SeenPatternsFile {
	const path = join(directory, `patterns-${createHash('sha256').update(of).digest('hex').slice(0, 16)}.json`);
	const opened = read(path, now);
	let {problem} = opened;
	return {
		isNew: createIsNew(opened.seen),
		since: opened.seen.lookedAt,
		remember: (templates) => {
			try {
				// Another program may have written meanwhile.
				const latest = read(path, now);
				writeAtomicallyNow(path, formatSeenPatterns(remember(latest.seen, templates, now())), {sync: 'file', private: true});
			} catch (error) {
				problem = `${path} could not be written: ${(error as Error).message}.`;
			}
		},
		problem: () => problem,
	};
}
