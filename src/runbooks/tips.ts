/** A tip, typed at a check or on a runbook's page: the end of the runbook's `## Tips`, with date and operator. Pure. */
import {dayOf} from '../base/times.ts';
import {bodyStart, insertLines, linesOf} from './insert.ts';
import {outline} from './outline.ts';

export interface Tip {
	readonly text: string;
	readonly operator: string;
	/** Epoch milliseconds. */
	readonly at: number;
}

/**
 * The runbook's whole text with the tip at the end of its `## Tips` section, which is made at the end of the file
 * where there is none. Every other byte stays as it is, line endings too.
 */
export function appendTip(source: string, {text, operator, at}: Tip): string {
	const [first = '', ...more] = linesOf(text.trim());
	const item = [`- ${dayOf(at)}, ${operator}: ${first}`, ...more.map((line) => (line.trim() ? `  ${line.trim()}` : ''))];
	const lines = linesOf(source);
	const start = bodyStart(lines);
	const {headings} = outline(lines.slice(start));
	const index = headings.findIndex((heading) => heading.level === 2 && heading.text.toLowerCase() === 'tips');
	const tips = headings[index];
	const next = tips && headings.slice(index + 1).find(({level}) => level <= 2);
	const body = tips ? start + tips.next : 0;
	let end = next ? start + next.line : lines.length;
	while (end > body && lines[end - 1]?.trim() === '') end -= 1;
	if (!tips) return insertLines(source, end, [...(end > 0 ? [''] : []), '## Tips', '', ...item]);
	return insertLines(source, end, [...(end === body ? [''] : []), ...item]);
}
