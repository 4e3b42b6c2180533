/** “This step was wrong”: written below the step's heading, in the runbook's own file. Pure. */
import {dayOf} from '../base/times.ts';
import {bodyStart, insertLines, linesOf} from './insert.ts';
import {outline, plainHeading} from './outline.ts';
import type {Tip} from './tips.ts';

/** A heading of a page, plain; `nth` tells it from those with the same words before it, 0 for the first. Empty for what is before any. */
export interface HeadingPlace {
	readonly heading: string;
	readonly nth: number;
}

/**
 * The runbook's whole text with the note at the end of the heading's own section, as a quote; at the end of the text
 * where there is no such heading. Every other byte stays as it is, line endings too.
 */
export function appendWrongStep(source: string, {text, operator, at, heading, nth}: Tip & HeadingPlace): string {
	const [first = '', ...more] = linesOf(text.trim());
	const note = [`> **Wrong**, ${dayOf(at)}, ${operator}: ${first}`, ...more.map((line) => `> ${line.trim()}`.trimEnd())];
	const lines = linesOf(source);
	const start = bodyStart(lines);
	const {headings} = outline(lines.slice(start));
	const same = headings.flatMap((one, index) => (plainHeading(one.text) === heading ? [index] : []));
	const index = heading === '' ? -1 : (same[nth] ?? same[0]);
	const next = index === undefined ? undefined : headings[index + 1];
	let end = next ? start + next.line : lines.length;
	while (end > start && lines[end - 1]?.trim() === '') end -= 1;
	// Quotes that touch become one, and a line without a blank before it would continue the quote.
	const after = lines[end]?.trim() ? [''] : [];
	return insertLines(source, end, [...(end > 0 ? [''] : []), ...note, ...after]);
}
