/**
 * Command text taken apart into words, as POSIX shells quote them, without a shell: nothing is expanded, globbed or
 * substituted. A variable is a part of its word and nothing else; its value never meets the text. Pure.
 */

/** A part of a word: its letters, or a variable whose value will be there as one piece. */
export type Piece = {readonly text: string} | {readonly variable: string; readonly quoted: boolean};
export type Word = readonly Piece[];

/** Words of one program, up to the operator that ends it. */
export interface Command {
	readonly words: readonly Word[];
	/** `|`, `&&`, `||`, `;`, a line's end; `end` after the last. */
	readonly endedBy: Operator;
}
type Operator = '|' | '&&' | '||' | ';' | '\n' | 'end';

export type Lexed =
	| {
			readonly commands: readonly Command[];
			/** `2>&1`, `>/dev/null`, `</dev/null`: redirections that write nothing. */
			readonly redirects: boolean;
			/** `{a,b}` outside of quotes: letters here, and several words to some shells. */
			readonly expands: boolean;
	  }
	/** What only a shell could read: `>`, `$(`, `(`; `unclosed` for a quote that is never closed. */
	| {readonly needsShell: string};

const harmlessRedirect = /^(?:[12]?>\s*\/dev\/null|<\s*\/dev\/null|&>\s*\/dev\/null|2>&1|1>&2|>&2)(?=[\s;|&]|$)/;
const placeholder = /^<([A-Za-z][A-Za-z0-9_.-]{0,40})>/;
const variableName = /^(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})/;

/** `<pod-name>` is asked for as POD_NAME. */
const placeholderVariable = (name: string) => name.replaceAll(/[^A-Za-z0-9]/g, '_').toUpperCase();

/** What has been read so far, and the two ways of quoting. */
function createReader(text: string, placeholders: boolean) {
	const commands: Command[] = [];
	let words: Word[] = [];
	let word: Piece[] | undefined;
	const reader = {
		text,
		placeholders,
		at: 0,
		redirects: false,
		expands: false,
		put(more: string): void {
			word ??= [];
			const last = word.at(-1);
			if (last && 'text' in last) word[word.length - 1] = {text: last.text + more};
			else word.push({text: more});
		},
		variable(name: string, quoted: boolean): void {
			(word ??= []).push({variable: name, quoted});
		},
		betweenWords: () => word === undefined,
		endWord(): void {
			if (word) words.push(word);
			word = undefined;
		},
		endCommand(endedBy: Operator): void {
			reader.endWord();
			if (words.length > 0) commands.push({words, endedBy});
			words = [];
		},
		finish(): readonly Command[] {
			reader.endCommand('end');
			return commands;
		},
		/** Reads `$…`; undefined where it is one plain variable or a plain dollar, else what needs a shell. */
		dollar(quoted: boolean): string | undefined {
			const rest = text.slice(reader.at + 1, reader.at + 130);
			const match = variableName.exec(rest);
			if (match) {
				reader.variable(match[1] ?? match[2] ?? '', quoted);
				reader.at += 1 + match[0].length;
				return undefined;
			}
			const next = rest[0] ?? '';
			// Between double quotes `$'` and `$"` are a dollar and what follows.
			if (/[({0-9?@*#!$-]/.test(next) || (!quoted && /['"]/.test(next))) return `$${next}`;
			reader.put('$');
			reader.at += 1;
			return undefined;
		},
		/** Reads what is between double quotes; undefined where it ends well. */
		doubleQuoted(): string | undefined {
			reader.at += 1;
			reader.put('');
			while (reader.at < text.length) {
				const character = text[reader.at] ?? '';
				const next = text[reader.at + 1] ?? '';
				if (character === '"') {
					reader.at += 1;
					return undefined;
				}
				if (character === '`') return '`';
				if (character === '$') {
					const needs = reader.dollar(true);
					if (needs !== undefined) return needs;
				} else if (character === '\\' && /["\\$`\n]/.test(next)) {
					if (next !== '\n') reader.put(next);
					reader.at += 2;
				} else {
					reader.put(character);
					reader.at += 1;
				}
			}
			return 'unclosed';
		},
		singleQuoted(): string | undefined {
			const end = text.indexOf("'", reader.at + 1);
			if (end < 0) return 'unclosed';
			reader.put(text.slice(reader.at + 1, end));
			reader.at = end + 1;
			return undefined;
		},
	};
	return reader;
}

/** One character outside of quotes; undefined where it could be read, else what needs a shell. */
function readPlain(reader: ReturnType<typeof createReader>): string | undefined {
	const {text} = reader;
	const character = text[reader.at] ?? '';
	const rest = text.slice(reader.at, reader.at + 64);
	switch (character) {
		case "'":
			return reader.singleQuoted();
		case '"':
			return reader.doubleQuoted();
		case '$':
			return reader.dollar(false);
		case '\\':
			// A line that continues.
			if (/^\\\r?\n/.test(rest)) reader.at += rest[1] === '\r' ? 3 : 2;
			else if (reader.at + 1 < text.length) {
				reader.put(text[reader.at + 1] ?? '');
				reader.at += 2;
			} else return 'unclosed';
			return undefined;
		case ' ':
		case '\t':
		case '\r':
			reader.endWord();
			reader.at += 1;
			return undefined;
		case '\n':
		case ';':
			if (rest.startsWith(';;')) return ';;';
			reader.endCommand(character);
			reader.at += 1;
			return undefined;
		case '#': {
			if (!reader.betweenWords()) break;
			const end = text.indexOf('\n', reader.at);
			reader.at = end < 0 ? text.length : end;
			return undefined;
		}
		case '|':
		case '&': {
			const redirect = character === '&' ? harmlessRedirect.exec(rest)?.[0] : undefined;
			if (redirect !== undefined) {
				reader.endWord();
				reader.redirects = true;
				reader.at += redirect.length;
				return undefined;
			}
			if (rest.startsWith(character + character)) {
				reader.endCommand(character === '|' ? '||' : '&&');
				reader.at += 2;
				return undefined;
			}
			if (character === '&' || rest[1] === '&') return rest.slice(0, rest[1] === '&' ? 2 : 1);
			reader.endCommand('|');
			reader.at += 1;
			return undefined;
		}
		case '<': {
			const named = reader.placeholders ? placeholder.exec(rest) : undefined;
			const redirect = named ? undefined : harmlessRedirect.exec(rest)?.[0];
			if (redirect !== undefined) {
				reader.endWord();
				reader.redirects = true;
				reader.at += redirect.length;
				return undefined;
			}
			if (!named) return '<';
			reader.variable(placeholderVariable(named[1] ?? ''), true);
			reader.at += named[0].length;
			return undefined;
		}
		case '1':
		case '2':
		case '>': {
			const redirect = reader.betweenWords() ? harmlessRedirect.exec(rest)?.[0] : undefined;
			if (redirect !== undefined) {
				reader.redirects = true;
				reader.at += redirect.length;
				return undefined;
			}
			if (character === '>') return '>';
			break;
		}
		case '(':
		case ')':
		case '`':
			return character;
		case '{':
			reader.expands = true;
			break;
		default:
	}
	reader.put(character);
	reader.at += 1;
	return undefined;
}

/**
 * The commands of the text. `*`, `?`, `~`, `{` and `[` are letters like any other.
 * @param options.placeholders Reads `<pod-name>` as the variable POD_NAME, which is how manuals ask for a value.
 */
export function lexCommands(text: string, {placeholders}: {readonly placeholders: boolean}): Lexed {
	const reader = createReader(text, placeholders);
	while (reader.at < text.length) {
		const needs = readPlain(reader);
		if (needs !== undefined) return {needsShell: needs};
	}
	return {commands: reader.finish(), redirects: reader.redirects, expands: reader.expands};
}

/** The word's letters where it holds no variable; undefined where a value decides. */
export function literalOf(word: Word): string | undefined {
	return word.every((piece) => 'text' in piece) ? word.map((piece) => ('text' in piece ? piece.text : '')).join('') : undefined;
}
