/** Terminals, outputs and signals that are not as one would wish them. */
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, existsSync, openSync, writeFileSync} from 'node:fs';
import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {execa} from 'execa';
import {beforeEach, describe, expect, it} from 'vitest';
import {closedPort, loopback} from '../adapters/loopback.ts';
import {cliEnv, cliPath, homeAt, runCli} from '../helpers/cli.ts';
import {openRounds, scratch} from '../helpers/demo-terminal.ts';

let home = '';

/** A round whose one check prints the words, for whoever reads no source. */
const prints = (...words: readonly string[]) => `services:
  - name: checkout
    owner: payments
    environments: [{name: production}]
checks:
  - {check: command, id: own, title: Own item, options: {command: ${JSON.stringify(words)}}}
`;

beforeEach(async () => {
	home = await scratch();
	writeFileSync(join(home, 'rounds.yaml'), prints('echo', 'fine'));
});

/** Every character of the text that plain ASCII does not have. */
const beyondAscii = (text: string) => text.match(/[^\p{ASCII}]/gu) ?? [];

describe('the terminal', () => {
	it('TERM=dumb: says so and prints the report', async () => {
		const rounds = openRounds({args: [], home, env: {TERM: 'dumb'}});
		await rounds.waitFor(/own +fine/);
		expect(await rounds.ended()).toMatchObject({exitCode: 0, alternate: false});
		expect(rounds.raw()).toMatch(
			/^rounds: No interactive terminal \(TERM=dumb, or no keyboard\)\. Printing the report instead\.\r\ncheckout/,
		);
		// oxlint-disable-next-line no-control-regex -- a dumb terminal shows escape sequences as rubbish
		expect(rounds.raw()).not.toMatch(/\u001B/);
		expect(beyondAscii(rounds.raw())).toEqual([]);
	});

	it('20x5: says what it needs, and shows the round as soon as it has it', async () => {
		const rounds = openRounds({args: [], home, columns: 20, rows: 5});
		const small = await rounds.waitFor('too small');
		expect(small).toMatch(/60x15 needed/);
		expect(small).toMatch(/ctrl-c\s+to\s+quit/);
		rounds.resize(120, 40);
		await rounds.at('Own item');
		rounds.resize(20, 5);
		await rounds.waitFor('too small');
		rounds.press('C-c');
		expect(await rounds.ended()).toEqual({exitCode: 0, alternate: false, cursorShown: true});
	});

	it.each([{LANG: 'C'}, {LANG: 'en_US.UTF-8', LC_ALL: 'POSIX'}, {LANG: undefined}])(
		'no UTF-8 locale (%j): marks, frames and words are ASCII',
		async (env) => {
			const rounds = openRounds({args: [], home, env});
			await rounds.waitFor(/>\+ 1 Own item/);
			await rounds.waitFor('suggested: ok (a)');
			expect(beyondAscii(rounds.raw())).toEqual([]);
			rounds.press('?');
			await rounds.waitFor('Write a note on this check');
			expect(beyondAscii(rounds.raw())).toEqual([]);
		},
	);

	it('a state directory that is a file: one sentence, and the terminal as it was', async () => {
		const state = join(home, 'rounds.yaml');
		const rounds = openRounds({args: [], home, columns: 200, env: {XDG_STATE_HOME: state}});
		const {exitCode, ...terminal} = await rounds.ended();
		expect(rounds.screen()).toContain(
			`rounds: cannot keep a round in ${state}/rounds/drafts: a part of its path is a file, not a directory. Fix this, or set XDG_STATE_HOME`,
		);
		expect({exitCode, ...terminal}).toEqual({exitCode: 73, alternate: false, cursorShown: true});
	});
});

describe('a headless run without a UTF-8 locale', () => {
	it.each([['check'], ['doctor'], ['--help'], ['rbac']])('rounds %s prints ASCII', async (command) => {
		const url = await closedPort();
		writeFileSync(
			join(home, 'rounds.yaml'),
			`services:
  - name: checkout
    owner: payments
    environments:
      - name: production
        health: [{url: "${url}/healthz"}]
        sources:
          kubernetes: {namespace: shop}
          prometheus: {url: "${url}", token: env:MISSING}
`,
		);
		const {stdout, stderr} = await runCli([command], {cwd: home, env: {LANG: 'C'}});
		expect(stdout.length).toBeGreaterThan(100);
		expect(beyondAscii(stdout + stderr)).toEqual([]);
	});

	it('leaves data for programs as it is', async () => {
		writeFileSync(join(home, 'rounds.yaml'), prints('echo', 'Größe 3 · 東京'));
		const {stdout} = await runCli(['check', '--format', 'json'], {cwd: home, env: {LANG: 'C'}});
		expect(JSON.parse(stdout)).toMatchObject({checks: [{summary: 'Größe 3 · 東京'}]});
	});
});

describe('the output', () => {
	const start = (args: readonly string[], stdout: 'pipe' | number) =>
		spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cliPath, ...args], {
			cwd: home,
			env: cliEnv(homeAt(home)),
			stdio: ['ignore', stdout, 'pipe'],
		});
	const ended = async (child: ReturnType<typeof start>) => {
		const [stderr, [exitCode]] = await Promise.all([child.stderr?.toArray(), once(child, 'exit')]);
		return {stderr: Buffer.concat(stderr ?? []).toString(), exitCode};
	};

	it.each([[['check']], [['--help']], [['--version']], [['completion', 'bash']]])(
		'rounds %j ends silently when nobody reads it any more',
		async (args) => {
			const child = start(args, 'pipe');
			child.stdout?.destroy();
			// As a program that SIGPIPE ends.
			expect(await ended(child)).toEqual({stderr: '', exitCode: 141});
		},
	);

	it('rounds check --demo | head -1', async () => {
		const {stdout, stderr} = await execa(
			'bash',
			['-c', `"$0" --disable-warning=ExperimentalWarning "$1" check --demo --format json | head -1`, process.execPath, cliPath],
			{
				env: cliEnv(homeAt(home)),
				extendEnv: false,
				reject: false,
			},
		);
		expect(stdout).toBe('{');
		expect(stderr).toBe('');
	});

	it.skipIf(!existsSync('/dev/full'))('says that the disk is full behind it', async () => {
		const full = openSync('/dev/full', 'w');
		expect(await ended(start(['check'], full))).toEqual({
			stderr: 'rounds: cannot write its output: No space left on device\n',
			exitCode: 74,
		});
		closeSync(full);
	});
});

describe('Ctrl-C during rounds check', () => {
	const interrupted = async (begun: Promise<unknown>) => {
		const startedAt = performance.now();
		const result = await runCli(['check'], {cwd: home, interruptAfter: begun});
		return {...result, quick: performance.now() - startedAt < 8000};
	};

	it('while a command runs', async () => {
		writeFileSync(join(home, 'rounds.yaml'), prints('sh', '-c', 'touch begun; exec sleep 20'));
		const begun = (async () => {
			while (!(await readdir(home)).includes('begun')) await sleep(5);
		})();
		expect(await interrupted(begun)).toEqual({exitCode: 130, stdout: '', stderr: '', quick: true});
	});

	it('while a server does not answer', async () => {
		let asked = () => {};
		const begun = new Promise<void>((resolve) => {
			asked = resolve;
		});
		const url = await loopback(() => asked());
		writeFileSync(
			join(home, 'rounds.yaml'),
			`services:
  - {name: checkout, owner: payments, environments: [{name: production, sources: {prometheus: {url: "${url}"}}}]}
checks: [alerts]
`,
		);
		expect(await interrupted(begun)).toEqual({exitCode: 130, stdout: '', stderr: '', quick: true});
	});
});
