/** “This step was wrong”: written below the step's heading, in the runbook's own file. Pure. */
import {dayOf} from '../times.ts';
import {outline, plainHeading} from './outline.ts';
import type {Tip} from './tips.ts';

/**
 * The runbook's whole text with the note at the end of the heading's own section, as a quote; at the end of the text
 * where there is no such heading. Every other byte stays as it is, line endings too.
 */
export function appendWrongStep(source: string, {text, operator, at, heading}: Tip & {readonly heading: string}): string {
	const newline = source.includes('\r\n') ? '\r\n' : '\n';
	const [first = '', ...more] = text.trim().split(/\r?\n/);
	const note = [`> **Wrong**, ${dayOf(at)}, ${operator}: ${first}`, ...more.map((line) => `> ${line.trim()}`)];
	const lines = source.split(/\r?\n/);
	const {headings} = outline(lines);
	const index = headings.findIndex((one) => plainHeading(one.text) === heading);
	const next = index < 0 ? undefined : headings[index + 1];
	let end = next?.line ?? lines.length;
	while (end > 0 && lines[end - 1]?.trim() === '') end -= 1;
	const rest = lines.slice(end);
	// Quotes that touch become one.
	return [...lines.slice(0, end), '', ...note, ...(rest.length > 0 ? rest : [''])].join(newline);
}
