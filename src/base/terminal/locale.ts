/** What the terminal can draw, from the environment. */

export type Environment = Readonly<Record<string, string | undefined>>;

/** The marks that carry meaning next to their colour. */
export interface Symbols {
	readonly ok: string;
	readonly warning: string;
	readonly critical: string;
	readonly unknown: string;
	readonly waiting: string;
	readonly cursor: string;
	readonly rule: string;
	readonly verticalRule: string;
	readonly ellipsis: string;
	readonly separator: string;
	readonly arrow: string;
	/** Points to what lies before the left edge. */
	readonly earlier: string;
	/** Eight heights, lowest first. */
	readonly bars: readonly string[];
}

export const unicodeSymbols: Symbols = {
	ok: '✓',
	warning: '!',
	critical: '✗',
	unknown: '?',
	waiting: '·',
	cursor: '▌',
	rule: '─',
	verticalRule: '│',
	ellipsis: '…',
	separator: '·',
	arrow: '→',
	earlier: '←',
	bars: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
};

export const asciiSymbols: Symbols = {
	ok: '+',
	warning: '!',
	critical: 'x',
	unknown: '?',
	waiting: '.',
	cursor: '>',
	rule: '-',
	verticalRule: '|',
	ellipsis: '~',
	separator: '-',
	arrow: '>',
	earlier: '<',
	bars: ['_', '_', '.', '-', '-', '=', '=', '#'],
};

/** True where the locale is UTF-8 and the terminal has a font for it; POSIX precedence: LC_ALL, LC_CTYPE, LANG. */
export function supportsUnicode(env: Environment, platform: NodeJS.Platform = process.platform): boolean {
	if (env['TERM'] === 'dumb' || env['TERM'] === 'linux') return false;
	if (platform === 'win32') return Boolean(env['WT_SESSION'] ?? env['TERM_PROGRAM']) || (env['TERM'] ?? '').startsWith('xterm');
	const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
	return /utf-?8/i.test(locale);
}

/** True where the terminal says that its background is light (`COLORFGBG=0;15`) and it can draw a colour that is told from it. */
export function hasLightBackground(env: Environment): boolean {
	const background = Number(/;(\d+)$/.exec(env['COLORFGBG'] ?? '')?.[1]);
	const manyColours = Boolean(env['COLORTERM']) || (env['TERM'] ?? '').includes('256color');
	return manyColours && (background === 7 || (background >= 9 && background <= 15));
}

/** The marks this terminal can draw. */
export function symbolsFor(env: Environment, platform?: NodeJS.Platform): Symbols {
	return supportsUnicode(env, platform) ? unicodeSymbols : asciiSymbols;
}

/** The punctuation that our own sentences use, each by one character of ASCII. */
const plain: Readonly<Record<string, string>> = {
	'·': '-',
	'…': '~',
	'’': "'",
	'‘': "'",
	'“': '"',
	'”': '"',
	'–': '-',
	'—': '-',
	'→': '>',
	'×': 'x',
	'•': '*',
	µ: 'u',
};

/** The text with our own punctuation in ASCII, as wide as before; what came from outside stays as it is. */
export function asciiPunctuation(text: string): string {
	return text.replaceAll(/[·…’‘“”–—→×•µ]/g, (character) => plain[character] ?? character);
}

/** A text for people as this locale can show it. */
export function localText(text: string, env: Environment): string {
	return supportsUnicode(env) ? text : asciiPunctuation(text.replaceAll('…', '...'));
}
