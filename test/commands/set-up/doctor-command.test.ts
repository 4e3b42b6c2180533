import {mkdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {doctor, type DoctorInput} from '../../../src/commands/set-up/doctor-command.ts';
import {loadConfig} from '../../../src/config/load-config-file.ts';
import type {DoctorLine} from '../../../src/ports/doctor-line.ts';
import type {CommandRunner} from '../../../src/ports/commands.ts';
import {minimal, scratch} from '../../config/scratch.ts';

/** git as this test's machine has it: words after `-C DIRECTORY` to what they print; anything else fails. */
function git(answers: Readonly<Record<string, string>> = {}): CommandRunner {
	return {
		async run(argv) {
			const stdout = answers[argv.slice(3).join(' ')];
			return {exitCode: stdout === undefined ? 128 : 0, stdout: stdout ?? '', stderr: '', durationMs: 1};
		},
	};
}

const works: DoctorLine = {subject: 'Kubernetes', status: 'ok', text: 'answers'};
/** A PATH on which `node` means an editor. */
const bin = dirname(process.execPath);

async function examine(
	files: Readonly<Record<string, string>>,
	over: Partial<DoctorInput> = {},
): Promise<{readonly code: number; readonly text: string; readonly cwd: string}> {
	const cwd = scratch(files);
	const printed: string[] = [];
	const code = await doctor({
		out: (text) => printed.push(text),
		env: {LANG: 'C.UTF-8', EDITOR: 'node', PATH: bin},
		colour: false,
		terminal: {isTty: true, columns: 120, rows: 40, colourDepth: 8},
		node: '24.1.0',
		commands: git(),
		load: () => loadConfig({cwd, env: {}}),
		probe: async () => [works],
		signal: AbortSignal.timeout(10_000),
		...over,
	});
	return {code, text: printed.join(''), cwd};
}

/** The line of this subject, and the advice below it. */
function lineOf(text: string, subject: string): string {
	const lines = text.split('\n');
	const at = lines.findIndex((line) => line.includes(` ${subject} `));
	return lines.slice(at, lines[at + 1]?.includes('→') ? at + 2 : at + 1).join('\n');
}

describe('doctor', () => {
	it('says line by line what works, aligned, and ends with 0', async () => {
		const {code, text, cwd} = await examine({'rounds.yaml': minimal()});
		expect(text).toBe(
			[
				'This machine',
				'  ✓ ok        Node        24.1.0',
				'  ✓ ok        Terminal    120x40, UTF-8, 256 colours',
				'  ✓ ok        Editor      node (EDITOR)',
				'rounds.yaml',
				`  ✓ ok        File        ${cwd}/rounds.yaml is valid`,
				`  ✓ ok        Ops log     ${cwd}/docs/ops/ops-log.md will be made with the first round`,
				`  ✓ ok        Records     ${cwd}/docs/ops/rounds will be made with the first round`,
				'checkout production',
				'  ✓ ok        Kubernetes  answers',
				'7 ok',
				'',
			].join('\n'),
		);
		expect(code).toBe(0);
	});

	it.each([
		['warning', 1],
		['critical', 2],
		['unknown', 3],
	] as const)('ends with the code of the worst line: %s is %i, with its advice below', async (status, expected) => {
		const {code, text} = await examine(
			{'rounds.yaml': minimal()},
			{probe: async () => [works, {subject: 'Sentry', status, text: 'no token', advice: 'export SENTRY_AUTH_TOKEN=…'}]},
		);
		expect(code).toBe(expected);
		expect(lineOf(text, 'Sentry')).toMatch(new RegExp(`${status} +Sentry +no token\n +→ export SENTRY_AUTH_TOKEN=…$`));
	});

	it('tells every mistake of the file and continues with the machine', async () => {
		const {code, text} = await examine({'rounds.yaml': minimal('operater: a\nopsLog: b\n')});
		expect(code).toBe(2);
		expect(text).toContain('unknown key "operater"');
		expect(text).toContain('opsLog is "b"');
		expect(lineOf(text, 'Node')).toContain('24.1.0');
	});

	it('leaves a mistyped service to the command line', async () => {
		await expect(examine({'rounds.yaml': minimal()}, {service: 'chekout'})).rejects.toMatchObject({exitCode: 64});
	});

	it('examines every environment of the service side by side, or the one that is named', async () => {
		const text = minimal('      - name: staging\n  - {name: other, owner: me, environments: [{name: live}]}\n');
		const probe: DoctorInput['probe'] = async ({environment}) => [{subject: 'Probe', status: 'ok', text: environment.name}];
		const all = await examine({'rounds.yaml': text}, {probe});
		expect(all.text).toMatch(/checkout production\n.*Probe +production\ncheckout staging\n.*Probe +staging\n/);
		expect(all.text).toContain('Other services: other');
		const one = await examine({'rounds.yaml': text}, {probe, environment: 'staging'});
		expect(one.text).not.toContain('checkout production');
	});

	it('warns where nothing is configured', async () => {
		const {code, text} = await examine({'rounds.yaml': minimal()}, {probe: async () => []});
		expect(code).toBe(1);
		expect(lineOf(text, 'Sources')).toContain('none configured');
	});

	it('lets no control sequence of a source through', async () => {
		const {text} = await examine(
			{'rounds.yaml': minimal()},
			{probe: async () => [{subject: 'A\u001B[31m', status: 'ok', text: 'b\u0007\u202E'}]},
		);
		// oxlint-disable-next-line no-control-regex -- they are what must not be there
		expect(text).not.toMatch(/[\u001B\u0007\u202E]/);
	});
});

describe('what it says of the machine', () => {
	it.each([
		['an old Node', {node: '20.11.0'}, 'Node', /critical +Node +20\.11\.0 is too old\n.*22\.12/],
		[
			'a small terminal',
			{terminal: {isTty: true, columns: 60, rows: 20, colourDepth: 8}},
			'Terminal',
			/warning +Terminal +60x20 is small\n.*80x24/,
		],
		['a dumb terminal', {env: {TERM: 'dumb', EDITOR: 'node', PATH: bin}}, 'Terminal', /TERM=dumb/],
		['no colours', {env: {LANG: 'C.UTF-8', NO_COLOR: '1', EDITOR: 'node', PATH: bin}}, 'Terminal', /no colours \(NO_COLOR\)/],
		[
			'a missing editor',
			{env: {LANG: 'C.UTF-8', VISUAL: 'no-such-editor --wait', PATH: bin}},
			'Editor',
			/warning +Editor +no-such-editor is not installed \(VISUAL\)/,
		],
	])('%s', async (_, over, subject, expected) => {
		expect(lineOf((await examine({'rounds.yaml': minimal()}, over)).text, subject)).toMatch(expected);
	});

	it('a locale without UTF-8, in plain ASCII', async () => {
		const {text} = await examine({'rounds.yaml': minimal()}, {env: {LANG: 'C', EDITOR: 'node', PATH: bin}});
		expect(text).toMatch(/! warning +Terminal +120x40, but no UTF-8 locale/);
		expect(text).not.toMatch(/[✓✗→]/);
	});
});

describe('what it says of the files', () => {
	const commit = minimal('    runbooks: docs/runbooks\nopsLog: {commit: true, push: true}\n');

	it('an ops log that is a directory', async () => {
		const cwd = scratch({'rounds.yaml': minimal()});
		mkdirSync(join(cwd, 'docs/ops/ops-log.md'), {recursive: true});
		const {code, text} = await examine({}, {load: () => loadConfig({cwd, env: {}})});
		expect(code).toBe(2);
		expect(lineOf(text, 'Ops log')).toMatch(/critical +Ops log +\S+ is a directory/);
	});

	it('records that are a file', async () => {
		const {text} = await examine({'rounds.yaml': minimal(), 'docs/ops/rounds': ''});
		expect(lineOf(text, 'Records')).toMatch(/critical +Records/);
	});

	it('no repository to commit to, and no runbooks', async () => {
		const {code, text} = await examine({'rounds.yaml': commit});
		expect(code).toBe(2);
		expect(lineOf(text, 'Git')).toMatch(/critical +Git +\S+ is in no git repository, but opsLog\.commit is set/);
		expect(lineOf(text, 'Runbooks')).toMatch(/warning +Runbooks/);
	});

	it('a repository without and with an upstream, and the team’s runbooks', async () => {
		const files = {'rounds.yaml': commit, 'docs/runbooks/pods.md': '', 'docs/runbooks/notes.txt': ''};
		const without = await examine(files, {commands: git({'rev-parse --show-toplevel': '/repo\n'})});
		expect(lineOf(without.text, 'Git')).toMatch(/warning +Git +the branch of \/repo has no upstream/);
		expect(lineOf(without.text, 'Runbooks')).toContain('1 of the team’s own');
		const upstream = {'rev-parse --show-toplevel': '/repo\n', 'rev-parse --abbrev-ref @{upstream}': 'origin/main\n'};
		expect(lineOf((await examine(files, {commands: git(upstream)})).text, 'Git')).toMatch(
			/ok +Git +commits in \/repo and pushes to origin\/main/,
		);
	});
});
