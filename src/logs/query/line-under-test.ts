/** The line that filters and counters look at just now: decoded, parsed and cleaned at most once. */
import {lineFlags, type LogLines} from '../log-lines.ts';
import {fieldOf, parseLine, type ParsedLine} from '../formats/fields.ts';

/** Bytes of a line that are looked at; what is behind them in a longer line is neither found nor parsed. */
export const longestLookedAt = 65_536;

/** The program's own rows among the lines. */
export const noteFlags = lineFlags.gap | lineFlags.mark;

export interface LineUnderTest {
	readonly set: (lines: LogLines, line: number) => void;
	readonly lines: () => LogLines;
	readonly line: () => number;
	/** What a person reads of the line: without escape sequences, its first 64 KiB. */
	readonly text: () => string;
	readonly parsed: () => ParsedLine;
	/** A field's text; `level` as found by the ring, where the line tells one. */
	readonly field: (name: string) => string | undefined;
}

const escapes =
	// oxlint-disable-next-line no-control-regex -- escape sequences are what this is about
	/\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]{0,4096}(?:\u0007|\u001B\\)|[ -/]*[0-Z\\^-~])/g;

/** The text without the escape sequences that colour it; what cannot be told for one stays. */
export function withoutEscapes(text: string): string {
	return text.includes('\u001B') ? text.replace(escapes, '') : text;
}

/** Makes a place for one line, to be used again for the next. */
export function createLineUnderTest(): LineUnderTest {
	let lines: LogLines | undefined;
	let line = -1;
	let text: string | undefined;
	let parsed: ParsedLine | undefined;
	const held = () => {
		if (!lines) throw new TypeError('no line is set');
		return lines;
	};
	const textOf = () => (text ??= withoutEscapes(held().text(line, longestLookedAt)));
	const parsedOf = () => (parsed ??= parseLine(textOf()));
	return {
		set(of, number) {
			lines = of;
			line = number;
			text = undefined;
			parsed = undefined;
		},
		lines: held,
		line: () => line,
		text: textOf,
		parsed: parsedOf,
		field: (name) => (name === 'level' ? (held().level(line) ?? fieldOf(parsedOf(), name)) : fieldOf(parsedOf(), name)),
	};
}
