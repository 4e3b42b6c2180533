/**
 * Lines of a screen: parts with a tone, cut and padded to columns. The one place where outside text meets the terminal,
 * so the one place that sanitises it.
 */
import {sanitize} from '../../src/base/terminal/sanitize.ts';
import {fit, truncate, width} from '../../src/base/terminal/width.ts';
import type {Theme, Tone} from './theme.ts';

export interface Part {
	readonly text: string;
	readonly tone?: Tone | undefined;
}

export type Parts = readonly (Part | string)[];

const asPart = (part: Part | string): Part => (typeof part === 'string' ? {text: part} : part);

/** Columns the parts take. */
export function partsWidth(parts: Parts): number {
	return parts.reduce((sum, part) => sum + width(sanitize(asPart(part).text)), 0);
}

function drawn(theme: Theme, parts: Parts, columns: number): {text: string; used: number} {
	let text = '';
	let used = 0;
	for (const part of parts) {
		const {text: raw, tone} = asPart(part);
		const clean = sanitize(raw);
		const room = columns - used;
		if (room <= 0) break;
		const cut = truncate(clean, room, theme.symbols.ellipsis);
		text += theme.paint(tone, cut);
		used += width(cut);
		if (cut !== clean) break;
	}
	return {text, used};
}

/** One line of at most `columns` columns; what is too long ends in an ellipsis. */
export function draw(theme: Theme, parts: Parts, columns: number): string {
	return drawn(theme, parts, columns).text;
}

/** One line of exactly `columns` columns. */
export function drawFull(theme: Theme, parts: Parts, columns: number): string {
	const {text, used} = drawn(theme, parts, columns);
	return text + ' '.repeat(Math.max(0, columns - used));
}

/** Left parts and right parts on one line of exactly `columns`; the right ones stay whole, the left ones give way. */
export function spread(theme: Theme, sides: {readonly left: Parts; readonly right: Parts}, columns: number): string {
	const right = drawn(theme, sides.right, columns);
	const room = columns - right.used - (right.used > 0 ? 1 : 0);
	const left = drawFull(theme, sides.left, Math.max(0, room));
	return columns - right.used <= 0 ? right.text : `${left}${right.used > 0 ? ' ' : ''}${right.text}`;
}

/** A thin rule across `columns`, with a word in it where there is one. */
export function rule(theme: Theme, columns: number, word?: Part): string {
	if (!word || word.text === '') return theme.paint('dim', theme.symbols.rule.repeat(columns));
	const text = truncate(sanitize(word.text), Math.max(0, columns - 6), theme.symbols.ellipsis);
	const rest = Math.max(0, columns - 4 - width(text));
	return `${theme.paint('dim', theme.symbols.rule.repeat(2))} ${theme.paint(word.tone, text)} ${theme.paint('dim', theme.symbols.rule.repeat(rest))}`;
}

/** A cell of exactly `columns`. */
export function cell(theme: Theme, part: Part, columns: number, align: 'left' | 'right' = 'left'): string {
	return theme.paint(part.tone, fit(sanitize(part.text), columns, align));
}
