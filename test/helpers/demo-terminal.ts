/** The built `rounds` in a real terminal, walked by keys: what the end-to-end tests read like. */
import {execa} from 'execa';
import {existsSync} from 'node:fs';
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished, vi} from 'vitest';
import {parseDocument} from 'yaml';
import {cliEnv, cliPath, homeAt} from './cli.ts';
import {openTerminal, type TestTerminal} from './terminal.ts';

/** A directory that is gone after the test. */
export async function scratch(): Promise<string> {
	const directory = await mkdtemp(join(tmpdir(), 'walk-'));
	onTestFinished(() => rm(directory, {recursive: true, force: true, maxRetries: 5}));
	return directory;
}

export interface RoundsOptions {
	/** Words after `rounds`. */
	readonly args: readonly string[];
	/** HOME and every XDG path lie below it. */
	readonly home: string;
	readonly operator?: string;
	readonly columns?: number;
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string | undefined>>;
	readonly cwd?: string;
}

export interface RoundsTerminal extends TestTerminal {
	/** Waits until the cursor of the checklist is at this check and its source has answered. */
	readonly at: (title: string) => Promise<string>;
	/** Presses the keys, then waits for the text. */
	readonly pressFor: (keys: string | readonly string[], what: string | RegExp) => Promise<string>;
	/** Waits until the status bar counts so many verdicts. */
	readonly decided: (count: number) => Promise<string>;
	/** Waits until the round on disk holds the text: what is typed is saved a moment after it shows. */
	readonly saved: (text: string) => Promise<void>;
	/** Waits for the end: its exit code, with the terminal as it found it. */
	readonly ended: () => Promise<{readonly exitCode: number; readonly alternate: boolean; readonly cursorShown: boolean}>;
}

/** True where the last word on the cursor was to show it. */
function cursorShown(raw: string): boolean {
	return raw.lastIndexOf('\u001B[?25h') > raw.lastIndexOf('\u001B[?25l');
}

/** Where rounds are kept. */
export const draftsOf = (home: string) => join(homeAt(home)['XDG_STATE_HOME'] ?? home, 'rounds', 'drafts');

async function draftsHold(home: string, text: string): Promise<boolean> {
	const directory = draftsOf(home);
	const names = (await readdir(directory)).filter((name) => name.endsWith('.json'));
	const texts = await Promise.all(names.map((name) => readFile(join(directory, name), 'utf8')));
	return texts.some((one) => one.includes(text));
}

/** Opens `rounds` at 120x40 unless told, as alice unless told. */
export function openRounds(options: RoundsOptions): RoundsTerminal {
	const {args, home, operator = 'alice', columns = 120, rows = 40, env = {}, cwd = home} = options;
	const terminal = openTerminal(process.execPath, ['--disable-warning=ExperimentalWarning', cliPath, ...args], {
		columns,
		rows,
		cwd,
		env: {...cliEnv({...homeAt(home), ROUNDS_OPERATOR: operator}), ...env},
	});
	// The last to be registered ends first: what the program wrote to is still there when it ends.
	onTestFinished(async () => {
		terminal.close();
		await terminal.exited;
	});
	return {
		...terminal,
		at: (title) => terminal.waitFor(new RegExp(`▌[✓!✗?] ?\\d+ ${title}\\b`)),
		pressFor(keys, what) {
			terminal.press(...(typeof keys === 'string' ? [keys] : keys));
			return terminal.waitFor(what);
		},
		decided: (count) => terminal.waitFor(new RegExp(`\\b${count} of \\d+ `)),
		async saved(text) {
			await vi.waitUntil(() => draftsHold(home, text), {timeout: 15_000});
		},
		async ended() {
			const {exitCode} = await terminal.exited;
			return {exitCode, alternate: terminal.alternate(), cursorShown: cursorShown(terminal.raw())};
		},
	};
}

/** Where the demo of that scenario keeps the team's files. */
export function demoRepository(home: string, scenario = 'morning'): string {
	return join(homeAt(home)['XDG_STATE_HOME'] ?? home, 'rounds', 'demo', scenario);
}

/** The entries of an ops log: its lines that begin with a dash. */
export async function entriesOf(file: string): Promise<readonly string[]> {
	if (!existsSync(file)) return [];
	return (await readFile(file, 'utf8')).split('\n').filter((line) => line.startsWith('- '));
}

export interface ServedCompany {
	/** What its clients find their tokens in. */
	readonly environment: Readonly<Record<string, string>>;
	/** The text of its rounds.yaml. */
	readonly config: string;
}

/** Keeps the simulated company up for several operators, as `rounds demo --serve` does, until the test ends. */
export async function serveCompany(scenario: string): Promise<ServedCompany> {
	const child = execa(process.execPath, [cliPath, 'demo', scenario, '--serve'], {
		env: cliEnv(homeAt(await scratch())),
		extendEnv: false,
		reject: false,
		buffer: false,
	});
	onTestFinished(async () => {
		child.kill('SIGTERM');
		await child;
	});
	const printed = await new Promise<string>((resolve, reject) => {
		let text = '';
		child.stdout.on('data', (chunk: Buffer) => {
			text += chunk.toString();
			if (text.includes('# Ctrl-C ends it.')) resolve(text);
		});
		child.stdout.once('end', () => reject(new Error(`the company ended, having printed: ${text}`)));
	});
	const environment = Object.fromEntries(
		[...printed.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name = '', value = '']) => [name, value]),
	);
	const configPath = /--config '(.*)'/.exec(printed)?.[1] ?? '';
	return {environment, config: await readFile(configPath, 'utf8')};
}

/** A team's repository with the company's rounds.yaml in it; `checks` are the kinds it keeps, all of them unless told. */
export async function repositoryOf(company: ServedCompany, checks?: readonly string[]): Promise<string> {
	const directory = await scratch();
	const config = parseDocument(company.config);
	const entries = config.toJS().checks as readonly (string | {readonly check: string})[];
	if (checks)
		config.set('checks', config.createNode(entries.filter((entry) => checks.includes(typeof entry === 'string' ? entry : entry.check))));
	await writeFile(join(directory, 'rounds.yaml'), String(config));
	return directory;
}

/** A round of the company that walks these kinds of checks only. */
export async function openCompany(
	scenario: string,
	{checks, args = []}: {readonly checks: readonly string[]; readonly args?: readonly string[]},
): Promise<RoundsTerminal> {
	const company = await serveCompany(scenario);
	return openRounds({args, home: await scratch(), cwd: await repositoryOf(company, checks), env: company.environment});
}

/** Skips what is left of a round with an investigation, and writes all that is planned. */
export async function skipAndClose(rounds: RoundsTerminal): Promise<void> {
	const total = Number(/ \d+ of (\d+) /.exec(rounds.screen())?.[1]);
	for (let decided = Number(/ (\d+) of \d+ /.exec(rounds.screen())?.[1]); decided < total; decided++) {
		rounds.press('N');
		// oxlint-disable-next-line no-await-in-loop -- one check after the other
		await rounds.pressFor('s', /Skip .*: for what reason\?/);
		rounds.press('later', 'Enter');
		// oxlint-disable-next-line no-await-in-loop -- as above
		await rounds.decided(decided + 1);
	}
	await rounds.pressFor('c', /write .*investigation.* y or n$/m);
	await rounds.pressFor('y', /append one line .* y or n$/m);
	await rounds.pressFor('y', /write the record .*y or n/);
	await rounds.pressFor('y', 'The round is closed');
}
