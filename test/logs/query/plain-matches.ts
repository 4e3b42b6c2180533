import {expect} from 'vitest';
import type {CompiledFilter} from '../../../src/logs/query/compile-filter.ts';
import type {LogLines} from '../../../src/logs/log-lines.ts';
import type {Matches} from '../../../src/logs/query/matches.ts';

/** Expects of every answer that it is the one of a plain filter over all lines. */
export function expectPlain(lines: LogLines, matches: Matches, filter: CompiledFilter | undefined): void {
	const wanted: number[] = [];
	for (let line = lines.first(); line < lines.end(); line++) if (!filter || filter.passes(lines, line)) wanted.push(line);
	expect(Array.from({length: matches.count()}, (_, rank) => matches.at(rank))).toEqual(wanted);
	expect(matches.at(wanted.length)).toBeUndefined();
	expect(matches.at(-1)).toBeUndefined();
	for (let line = lines.first() - 1; line <= lines.end(); line++) {
		const before = wanted.filter((match) => match < line);
		const after = wanted.filter((match) => match > line);
		const own = wanted.includes(line);
		expect(matches.has(line)).toBe(own);
		expect(matches.rank(line)).toBe(before.length);
		expect(matches.previous(line)).toBe(before.at(-1));
		expect(matches.next(line)).toBe(after[0]);
		expect(matches.nearest(line)).toBe(own ? line : (before.at(-1) ?? after[0]));
	}
	expect(matches.progress()).toEqual({looked: lines.end() - lines.first(), of: lines.end() - lines.first()});
}
