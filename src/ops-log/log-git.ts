/** Committing and pushing what the closing wrote: exactly those paths, by commands that are shown first. */
import type {CommandRunner} from '../ports/commands.ts';
import {SourceError} from '../base/source-error.ts';
import {sanitize} from '../base/terminal/sanitize.ts';
import {exitCodes, UserError} from '../base/user-error.ts';

const localMs = 60_000;
const networkMs = 120_000;

/** The argument lists of the commit, in order; other staged files stay out of it. */
export function commitCommands(paths: readonly string[], message: string): readonly (readonly string[])[] {
	return [
		['git', 'add', '--', ...paths],
		['git', 'commit', '-m', message, '--', ...paths],
	];
}

export const pushCommand: readonly string[] = ['git', 'push'];

export interface GitOptions {
	readonly commands: CommandRunner;
	/** Directory inside the repository. */
	readonly cwd: string;
}

/** Runs one git command and resolves to its output. @throws UserError with git's own last sentence. */
async function git(argv: readonly string[], {commands, cwd}: GitOptions, timeoutMs: number): Promise<string> {
	try {
		const {exitCode, stdout, stderr} = await commands.run(argv, {
			timeoutMs,
			cwd,
			// A password prompt would hang behind the screen.
			env: {GIT_TERMINAL_PROMPT: '0', GIT_LITERAL_PATHSPECS: '1', GIT_EDITOR: 'true', LC_ALL: 'C'},
		});
		if (exitCode === 0) return stdout;
		const said = `${stderr}\n${stdout}`
			.split('\n')
			.map(sanitize)
			.map((line) => line.trim())
			.filter(Boolean);
		const reason = said.find((line) => /^(fatal|error|!)/.test(line)) ?? said.at(-1) ?? `it ended with ${exitCode}`;
		throw new UserError(`${argv.slice(0, 2).join(' ')} failed: ${reason.replace(/^(fatal|error): /, '')}`, exitCodes.unavailable);
	} catch (error) {
		if (error instanceof SourceError) throw new UserError(`${argv.slice(0, 2).join(' ')} failed: ${error.message}`, exitCodes.unavailable);
		throw error;
	}
}

/** Commits exactly these paths; resolves to false if they are already committed. */
export async function commit(options: GitOptions & {readonly paths: readonly string[]; readonly message: string}): Promise<boolean> {
	const [add = [], commitPaths = []] = commitCommands(options.paths, options.message);
	await git(add, options, localMs);
	const changed = await git(['git', 'status', '--porcelain', '--', ...options.paths], options, localMs);
	if (changed.trim() === '') return false;
	await git(commitPaths, options, localMs);
	return true;
}

/** Pushes the current branch to its upstream. */
export async function push(options: GitOptions): Promise<void> {
	await git(pushCommand, options, networkMs);
}
