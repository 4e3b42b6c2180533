/** The program that edits a text: `$VISUAL`, `$EDITOR` or the system's own. */
import type {Environment} from './locale.ts';

/** Words of `$EDITOR` as a shell would cut them: blanks separate, quotes and backslashes keep; nothing is expanded. */
function words(command: string): string[] {
	const result: string[] = [];
	let word: string | undefined;
	let quote: string | undefined;
	for (let at = 0; at < command.length; at++) {
		const character = command.charAt(at);
		if (quote === undefined && /\s/.test(character)) {
			if (word !== undefined) result.push(word);
			word = undefined;
		} else if (quote === undefined && (character === '"' || character === "'")) {
			quote = character;
			word ??= '';
		} else if (character === quote) {
			quote = undefined;
		} else if (character === '\\' && quote !== "'" && at + 1 < command.length) {
			at++;
			word = (word ?? '') + command.charAt(at);
		} else {
			word = (word ?? '') + character;
		}
	}
	if (word !== undefined) result.push(word);
	return result;
}

/** The editor as program and arguments: `$VISUAL`, then `$EDITOR`, then `vi` (`notepad` on Windows). */
export function editorArgv(env: Environment, platform: NodeJS.Platform = process.platform): readonly string[] {
	for (const name of ['VISUAL', 'EDITOR']) {
		// A Windows path holds backslashes that escape nothing.
		const argv = words(platform === 'win32' ? (env[name] ?? '').replaceAll('\\', '\\\\') : (env[name] ?? ''));
		if (argv.length > 0) return argv;
	}
	return [platform === 'win32' ? 'notepad' : 'vi'];
}
