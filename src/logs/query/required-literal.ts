/** What every match of a regular expression holds, whatever else it is. */

/** A class with its closing bracket. */
const characterClass = /\[(?:[^\]\\]|\\.)*\]/y;

/** The end of the group that begins there: behind its closing parenthesis. */
function groupEnd(source: string, start: number): number {
	let depth = 0;
	let at = start;
	while (at < source.length) {
		characterClass.lastIndex = at;
		if (source[at] === '\\') at += 2;
		else if (source[at] === '[') at += characterClass.exec(source)?.[0].length ?? 1;
		else {
			depth += source[at] === '(' ? 1 : source[at] === ')' ? -1 : 0;
			at++;
			if (depth === 0) return at;
		}
	}
	return source.length;
}

/** The longest run of ASCII characters that each match must hold as it is; empty where there is none. Groups are not looked into. */
export function requiredLiteral(source: string): string {
	let longest = '';
	let run = '';
	const end = () => {
		if (run.length > longest.length) longest = run;
		run = '';
	};
	for (let at = 0; at < source.length;) {
		const character = source[at] ?? '';
		const escaped = source[at + 1] ?? '';
		if (character === '|') return '';
		if (character === '\\' && /[!-/:-@[-`{-~]/.test(escaped)) {
			run += escaped;
			at += 2;
		} else if (character === '\\') {
			end();
			// What follows `\x`, `\u`, `\c` and digits belongs to the escape.
			at += 2 + (/^(?:x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|c[A-Za-z]|k<\w+>|\d+)/.exec(source.slice(at + 1))?.[0].length ?? 1) - 1;
		} else if (character === '(') {
			end();
			at = groupEnd(source, at);
		} else if (character === '[') {
			end();
			characterClass.lastIndex = at;
			at += characterClass.exec(source)?.[0].length ?? 1;
		} else if (/[*?{]/.test(character)) {
			// The character before need not be there at all.
			run = run.slice(0, -1);
			end();
			at += /^\{\d+(?:,\d*)?\}/.exec(source.slice(at))?.[0].length ?? 1;
		} else if (/[$)+.\]^}]|[^ -~]/.test(character)) {
			end();
			at++;
		} else {
			run += character;
			at++;
		}
	}
	end();
	return longest;
}
