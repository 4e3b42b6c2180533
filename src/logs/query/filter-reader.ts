/** Walks over what was typed as a filter: quotes, expressions, words, and where each ends. */
import {UserError} from '../../base/user-error.ts';
import type {Expression, Wild} from './condition.ts';
import {type Moments, noMoments} from '../../base/moment.ts';

export interface Reader {
	/** Whether parentheses group here, or are part of the words. */
	readonly groups: boolean;
	/** What a time that was typed is told by. */
	readonly moments: Moments;
	readonly at: () => number;
	readonly back: (at: number) => void;
	readonly space: () => void;
	readonly take: (character: string) => boolean;
	/** What the sticky expression matches here, trimmed, and moves behind it. */
	readonly match: (pattern: RegExp) => string | undefined;
	readonly peek: (pattern: RegExp) => string | undefined;
	/** Whether the text, or the group that is open, ends here. */
	readonly closes: () => boolean;
	/** Whether a term ends here: white space or the end of text or group. */
	readonly ends: () => boolean;
	readonly enter: (at: number) => void;
	readonly leave: () => void;
	/** `"…"` with `\"`, `\\` and `\*`; undefined where no quote is here. */
	readonly quoted: () => Wild | undefined;
	/** `/…/` or `/…/i` that ends where a term may end; undefined for a path such as `/api/v1`. */
	readonly expression: () => Expression | undefined;
	/** One word, with its wildcards. */
	readonly word: () => Wild;
	/** The words up to AND, OR, NOT or the end, as they were typed. */
	readonly phrase: () => string;
}

/** The texts between unescaped `*`; `\*`, `\"` and `\\` mean the character. */
function wild(text: string): Wild {
	const parts = [''];
	for (const piece of text.match(/\\["*\\]|\*|[^*\\]+|\\/g) ?? []) {
		if (piece === '*') parts.push('');
		else parts[parts.length - 1] += piece.length === 2 && piece.startsWith('\\') ? piece.slice(1) : piece;
	}
	return parts;
}

/** Throws a UserError with one sentence for a source that is not a regular expression; `at` is where it was typed. */
export function checkedExpression(source: string, ignoreCase: boolean, at: number): Expression {
	try {
		void new RegExp(source, ignoreCase ? 'i' : '');
		return {source, ignoreCase};
	} catch (error) {
		const why = error instanceof Error ? error.message.slice(error.message.lastIndexOf(': ') + 2).toLowerCase() : String(error);
		throw new UserError(`The regular expression /${source}/ at character ${at + 1} is wrong: ${why}.`);
	}
}

/** Whether parentheses mean groups: there is an operator outside of quotes, or one pair encloses everything. */
function hasGroups(text: string): boolean {
	const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, (quoted) => '_'.repeat(quoted.length));
	if (/(?:^|[\s()])(?:AND|OR|NOT)(?=[\s(]|$)/.test(bare)) return true;
	const inner = /^\s*(?:(?:not\s|[!-])\s*)?\((.*)\)\s*$/.exec(bare)?.[1];
	if (inner === undefined) return /^\s*(?:(?:not\s|[!-])\s*)?\([^)]*$/.test(bare);
	let depth = 0;
	for (const character of inner) {
		depth += character === '(' ? 1 : character === ')' ? -1 : 0;
		if (depth < 0) return false;
	}
	return depth === 0;
}

/** Makes a reader at the start of the text. Its steps throw a UserError with one sentence that names the place. */
export function createReader(text: string, moments: Moments = noMoments): Reader {
	const groups = hasGroups(text);
	let at = 0;
	const open: number[] = [];
	const peek = (pattern: RegExp) => {
		pattern.lastIndex = at;
		return pattern.exec(text)?.[0];
	};
	const match = (pattern: RegExp) => {
		const found = peek(pattern);
		at += found?.length ?? 0;
		return found?.trim();
	};
	const closesAt = (place: number) => place >= text.length || (groups && text[place] === ')');
	const endsAt = (place: number) => closesAt(place) || /\s/.test(text[place] ?? '');
	/** The characters from here to where `stops` says; parentheses opened within belong to them. */
	const run = (stops: (place: number) => boolean) => {
		const from = at;
		let depth = 0;
		while (at < text.length && !(depth === 0 && closesAt(at)) && !stops(at)) {
			if (text[at] === '(') depth++;
			else if (text[at] === ')' && depth > 0) depth--;
			at++;
		}
		return text.slice(from, at);
	};
	return {
		groups,
		moments,
		at: () => at,
		back: (to) => {
			at = to;
		},
		space: () => {
			match(/\s*/y);
		},
		take(character) {
			if (text[at] !== character) return false;
			at++;
			return true;
		},
		match,
		peek,
		closes: () => closesAt(at),
		ends: () => endsAt(at),
		enter: (place) => {
			open.push(place);
		},
		leave() {
			const place = open.pop() ?? 0;
			if (text[at] !== ')') throw new UserError(`The parenthesis at character ${place + 1} is not closed.`);
			at++;
		},
		quoted() {
			if (text[at] !== '"') return undefined;
			const found = match(/"(?:[^"\\]|\\.)*"/y);
			if (found === undefined) throw new UserError(`The quote at character ${at + 1} is not closed.`);
			return wild(found.slice(1, -1));
		},
		expression() {
			if (text[at] !== '/') return undefined;
			for (let close = at + 2; close < text.length; close++) {
				if (text[close - 1] === '\\') close++;
				const flag = text[close + 1] === 'i' ? 1 : 0;
				if (text[close] !== '/' || !(endsAt(close + 1 + flag) || endsAt(close + 1))) continue;
				const start = at;
				at = close + 1 + flag;
				return checkedExpression(text.slice(start + 1, close), flag === 1, start);
			}
			return undefined;
		},
		word: () => wild(run((place) => /\s/.test(text[place] ?? ''))),
		phrase() {
			const stop = /\s(?:AND|OR|NOT)(?=[\s(]|$)/y;
			return run((place) => {
				stop.lastIndex = place;
				return stop.test(text);
			}).trim();
		},
	};
}
