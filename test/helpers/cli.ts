/** Runs the built bin as a user would: its own process, an empty home, nothing of this machine's environment but PATH. */
import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {execa} from 'execa';

/** The bin as `npm run build` makes it. */
export const cliPath = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

/** Every path of the XDG specification below one directory, so that no run touches the real home. */
export function homeAt(home: string): Readonly<Record<string, string>> {
	return {
		HOME: home,
		XDG_CONFIG_HOME: join(home, 'config'),
		XDG_STATE_HOME: join(home, 'state'),
		XDG_CACHE_HOME: join(home, 'cache'),
		XDG_DATA_HOME: join(home, 'data'),
	};
}

/** A fresh directory; scratch-file.ts removes it after the file's tests. */
export function temporaryDirectory(): string {
	return mkdtempSync(join(tmpdir(), 'e2e-'));
}

export interface CliOptions {
	readonly cwd: string;
	/** Next to PATH and an empty home; undefined takes a variable away. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	readonly input?: string;
	/** Ends the run with SIGINT. */
	readonly interruptAfter?: Promise<unknown>;
}

export interface CliResult {
	/** 128 and the signal's number where a signal ended it. */
	readonly exitCode: number | undefined;
	readonly stdout: string;
	readonly stderr: string;
}

/** The environment of a run. */
export function cliEnv(env: CliOptions['env'] = {}): Record<string, string> {
	const all = {
		PATH: process.env['PATH'],
		LANG: 'C.UTF-8',
		TZ: 'UTC',
		USER: 'alice',
		TMPDIR: tmpdir(),
		...homeAt(temporaryDirectory()),
		...env,
	};
	return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Runs `rounds` with these words; a failure is a result, not an exception. Killed, and so failing, after 25 s. */
export async function runCli(args: readonly string[], {cwd, env, input = '', interruptAfter}: CliOptions): Promise<CliResult> {
	const child = execa(process.execPath, ['--disable-warning=ExperimentalWarning', cliPath, ...args], {
		cwd,
		env: cliEnv(env),
		extendEnv: false,
		input,
		reject: false,
		stripFinalNewline: false,
		timeout: 25_000,
		killSignal: 'SIGKILL',
	});
	void interruptAfter?.then(() => child.kill('SIGINT'));
	const {exitCode, stdout, stderr} = await child;
	return {exitCode, stdout, stderr};
}
