/** Text measured in terminal columns. All functions expect sanitised text: no escape sequence, no line break. */
import stringWidth from 'string-width';

const ascii = /^[ -~]*$/;
/** Made at the first text that needs one: making it costs ten milliseconds, which a headless command does not wait for. */
let graphemes: Intl.Segmenter | undefined;

export type Align = 'left' | 'right';

/** Columns the text takes: wide characters two, combining marks none. */
export function width(text: string): number {
	return ascii.test(text) ? text.length : stringWidth(text);
}

/** At most `columns` columns of the text; where something had to go, `ellipsis` is in its place. Never cuts a character in two. */
export function truncate(text: string, columns: number, ellipsis = '…'): string {
	if (columns <= 0) return '';
	// A character takes at least one code unit and at most two columns: short text needs no measuring.
	if (text.length * 2 <= columns) return text;
	if (ascii.test(text)) {
		if (text.length <= columns) return text;
		const room = columns - width(ellipsis);
		return room < 0 ? text.slice(0, columns) : text.slice(0, room) + ellipsis;
	}
	const room = columns - width(ellipsis);
	let used = 0;
	/** End of the part that leaves room for the ellipsis, in code units. */
	let cut = 0;
	graphemes ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
	for (const {segment, index} of graphemes.segment(text)) {
		used += stringWidth(segment);
		if (used > columns) return room < 0 ? '' : text.slice(0, cut) + ellipsis;
		if (used <= room) cut = index + segment.length;
	}
	return text;
}

/** The text with spaces added up to `columns`; longer text comes back whole. */
export function pad(text: string, columns: number, align: Align = 'left'): string {
	const missing = columns - width(text);
	if (missing <= 0) return text;
	const spaces = ' '.repeat(missing);
	return align === 'left' ? text + spaces : spaces + text;
}

/** Exactly `columns` columns: cut where too long, padded where too short; what a table cell needs. */
export function fit(text: string, columns: number, align: Align = 'left'): string {
	return pad(truncate(text, columns), columns, align);
}
