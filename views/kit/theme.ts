/** Marks and colours. Colour only where it means something, and never alone: a mark or a word always says the same. */
import type {Status} from '../../src/base/status.ts';
import {asciiPunctuation, asciiSymbols, type Symbols, unicodeSymbols} from '../../src/base/terminal/locale.ts';

/** green: all right; amber: careful; red: broken; dim: can wait; strong: what the eye should find first. */
export type Tone = 'plain' | 'green' | 'amber' | 'red' | 'dim' | 'strong' | 'strong-red' | 'cursor';

const codes: Readonly<Record<Exclude<Tone, 'plain'>, readonly [string, string]>> = {
	green: ['\u001B[32m', '\u001B[39m'],
	amber: ['\u001B[33m', '\u001B[39m'],
	red: ['\u001B[31m', '\u001B[39m'],
	dim: ['\u001B[2m', '\u001B[22m'],
	strong: ['\u001B[1m', '\u001B[22m'],
	'strong-red': ['\u001B[1;31m', '\u001B[39;22m'],
	cursor: ['\u001B[7m', '\u001B[27m'],
};

/** The palette’s yellow is not to be read on white; this brown is. */
const amberOnLight = ['\u001B[38;5;130m', '\u001B[39m'] as const;

export interface Theme {
	readonly symbols: Symbols;
	/** The text in the tone's colour, its punctuation such as the terminal can draw; expects sanitised text. */
	readonly paint: (tone: Tone | undefined, text: string) => string;
	/** The text that is at the cursor of a text field: inverse, or between brackets without any attribute. */
	readonly colour: boolean;
}

/** A theme for this terminal. Without colour only the text field's cursor keeps an attribute, for it has no other sign. */
export function createTheme(options: {readonly unicode: boolean; readonly colour: boolean; readonly light?: boolean}): Theme {
	return {
		symbols: options.unicode ? unicodeSymbols : asciiSymbols,
		colour: options.colour,
		paint(tone, given) {
			const text = options.unicode ? given : asciiPunctuation(given);
			if (tone === undefined || tone === 'plain' || text === '' || (!options.colour && tone !== 'cursor')) return text;
			const [on, off] = tone === 'amber' && options.light ? amberOnLight : codes[tone];
			return on + text + off;
		},
	};
}

export const statusTones = {ok: 'green', warning: 'amber', critical: 'red', unknown: 'amber'} as const satisfies Record<Status, Tone>;

/** The mark of a status; the waiting mark where there is none yet. */
export function markOf(theme: Theme, status: Status | undefined): string {
	return theme.symbols[status ?? 'waiting'];
}
