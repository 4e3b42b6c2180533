/** Where this program keeps its own files: the XDG base directories. */
import {homedir} from 'node:os';
import {isAbsolute, join} from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The specification says that a relative path in an XDG variable is to be ignored. */
function base(env: Environment, variable: string, fallback: readonly string[]): string {
	const value = env[variable];
	return join(value !== undefined && isAbsolute(value) ? value : join(homedir(), ...fallback), 'rounds');
}

/** Drafts and what must survive a restart: `$XDG_STATE_HOME/rounds`, else `~/.local/state/rounds`. */
export function stateDirectory(env: Environment = process.env): string {
	return base(env, 'XDG_STATE_HOME', ['.local', 'state']);
}

/** What can be made anew at any time: `$XDG_CACHE_HOME/rounds`, else `~/.cache/rounds`. */
export function cacheDirectory(env: Environment = process.env): string {
	return base(env, 'XDG_CACHE_HOME', ['.cache']);
}
