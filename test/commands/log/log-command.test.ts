import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {log} from '../../../src/commands/log/log-command.ts';
import type {LogInput} from '../../../src/commands/log/log-input.ts';
import {parseEntry} from '../../../src/ops-log/entry.ts';
import {writeRecord} from '../../../src/ops-log/record-file.ts';
import {createRound} from '../../../src/round/round.ts';
import {startInvestigation} from '../../../src/round/investigation/investigation.ts';
import {UserError} from '../../../src/base/user-error.ts';
import {scratch} from '../../config/scratch.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';

const yaml = `services:
  - name: checkout
    owner: payments
    environments: [{name: production}, {name: staging}]
checks:
  - {check: command, id: own, options: {command: [echo, fine]}}
`;
const lines = [
	'- 2026-11-18 08:30 +00:00 · checkout/production · alice · ok · pods 38/38 · own ok · no anomalies · 4m00s',
	'- 2026-11-19 08:30 +00:00 · checkout/production · bob · critical · pods 2/38 failing · own late · 1 anomaly: pods: api is killed serious · 6m00s',
];

interface Result {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

async function run(
	words: readonly string[],
	over: Partial<LogInput> & {readonly content?: string | undefined} = {},
): Promise<Result & {readonly path: string}> {
	const {content = `${lines.join('\n')}\n`, ...input} = over;
	const cwd = input.cwd ?? scratch({'rounds.yaml': yaml});
	const path = join(cwd, 'docs/ops/ops-log.md');
	if (content !== '' && input.cwd === undefined) {
		mkdirSync(join(cwd, 'docs/ops'), {recursive: true});
		writeFileSync(path, content);
	}
	let [out, err] = ['', ''];
	const print = (text: string) => void (out += text);
	const code = await log({
		words,
		options: {format: 'text'},
		common: {},
		env: {USER: 'carol', LANG: 'C.UTF-8'},
		clock: createFakeClock(),
		columns: undefined,
		colour: false,
		readInput: () => Promise.resolve('from a\nscript\n'),
		out: print,
		say: print,
		err: (text) => void (err += text),
		...input,
		cwd,
	});
	return {code, out, err, path};
}

const json = async (words: readonly string[], over: Partial<LogInput> = {}) =>
	JSON.parse((await run(words, {...over, options: {...over.options, format: 'json'}})).out) as unknown;

describe('rounds log', () => {
	it('prints the newest first on stdout and nothing else', async () => {
		const {code, out, err} = await run([]);
		expect({code, err}).toEqual({code: 0, err: ''});
		expect(out.split('\n').map((line) => line.slice(0, 10))).toEqual(['2026-11-19', '2026-11-18', '']);
	});

	it('names the lines that cannot be read, by file and line, and answers all the same', async () => {
		const broken = lines.map((line) => line.replace(/ · (ok|critical) · /, ' · red · '));
		const {code, out, err} = await run([], {content: [lines[0], ...broken, ...broken].join('\n')});
		expect(code).toBe(0);
		expect(out.split('\n')).toHaveLength(6);
		expect(err.split('\n')).toEqual([
			...[2, 3, 4].map((number) => expect.stringMatching(new RegExp(`^rounds: docs/ops/ops-log.md:${number}: .*found “red”`))),
			'rounds: docs/ops/ops-log.md: and 1 more such lines',
			'',
		]);
	});

	it('gives programs the parsed entries', async () => {
		expect(await json(['killed'])).toEqual([
			{
				at: '2026-11-19T08:30:00+00:00',
				service: 'checkout',
				environment: 'production',
				operator: 'bob',
				status: 'critical',
				findings: ['pods 2/38 failing', 'own late'],
				anomalies: ['pods: api is killed serious'],
				walkedMs: 360_000,
			},
		]);
	});

	it('says on stderr that nothing was found and ends with 1, as grep does', async () => {
		expect(await run(['nonsense'])).toMatchObject({code: 1, out: '', err: 'rounds: nothing found in docs/ops/ops-log.md\n'});
		expect(await run(['nonsense'], {options: {format: 'json'}})).toMatchObject({code: 1, out: '[]\n'});
		expect((await run([], {options: {check: 'pds'}})).err).toContain('. Did you mean "pods"?');
	});

	it('filters only where asked, by names that need not be in rounds.yaml any more', async () => {
		expect(await json([], {common: {environment: 'production'}})).toHaveLength(2);
		expect((await run([], {common: {service: 'gone'}})).code).toBe(1);
		expect(await json([], {options: {since: '2026-11-19'}})).toHaveLength(1);
		expect(await json([], {options: {until: '36h'}})).toHaveLength(1);
		expect((await run([], {options: {check: 'own'}})).out).toMatch(/own late\n.*own ok\n$/s);
	});

	it('shows twenty in a terminal and says how to get the others', async () => {
		const content = Array.from({length: 25}, (_, index) => `- note ${index}\n`).join('');
		expect(await run([], {content, columns: 80})).toMatchObject({err: 'rounds: the newest 20 of 25; --limit 25 shows all\n'});
		expect((await run([], {content, columns: 80, options: {limit: '3'}})).out).toBe('- note 24\n- note 23\n- note 22\n');
		expect((await run([], {content})).out.split('\n')).toHaveLength(26);
	});

	it('names what is not there in one sentence', async () => {
		const missing = await run([], {content: ''}).catch((error: unknown) => error);
		expect(missing).toBeInstanceOf(UserError);
		expect(missing).toMatchObject({
			exitCode: 66,
			message: 'No ops log at docs/ops/ops-log.md yet. Close a round or run `rounds log add` to create it.',
		});
		const cwd = scratch({'rounds.yaml': yaml});
		mkdirSync(join(cwd, 'docs/ops/ops-log.md'), {recursive: true});
		await expect(run([], {cwd})).rejects.toMatchObject({exitCode: 78, message: expect.stringContaining('is a directory')});
	});

	it.each([
		[{since: 'soon'}, '--since expects a day'],
		[{until: '2026-02-30'}, '--until expects a day'],
		[{limit: '0'}, '--limit takes a number from 1'],
		[{limit: 'all'}, '--limit takes a number from 1'],
	])('refuses %j', async (options, sentence) => {
		await expect(run([], {options})).rejects.toMatchObject({exitCode: 64, message: expect.stringContaining(sentence)});
	});
});

describe('rounds log add', () => {
	it('appends one line that reads back, and prints it', async () => {
		const {code, out, path} = await run(['add', 'restarted', 'redis · by hand'], {content: ''});
		expect(code).toBe(0);
		expect(readFileSync(path, 'utf8').endsWith(`\n\n${out}`)).toBe(true);
		expect(parseEntry(out)).toEqual({
			at: Date.UTC(2026, 10, 20, 8, 31),
			offsetMinutes: 0,
			service: 'checkout',
			environment: 'production',
			operator: 'carol',
			status: 'ok',
			findings: ['restarted redis · by hand'],
			anomalies: [],
			walkedMs: 0,
		});
	});

	it('takes operator, status, check and environment, and its text from standard input', async () => {
		const {out, path} = await run(['add', '-'], {
			options: {operator: 'dave', status: 'warning', check: 'pods'},
			common: {environment: 'staging'},
		});
		expect(parseEntry(out)).toMatchObject({operator: 'dave', status: 'warning', environment: 'staging', findings: ['pods from a\nscript']});
		expect(readFileSync(path, 'utf8')).toBe(`${lines.join('\n')}\n${out}`);
	});

	it('says so where the very same line is there already', async () => {
		const {path} = await run(['add', 'twice'], {content: ''});
		const cwd = join(path, '../../..');
		expect((await run(['add', 'twice'], {cwd})).err).toContain('has this line already');
		expect(readFileSync(path, 'utf8').split('twice')).toHaveLength(2);
	});

	it.each([
		[['add'], {}, 'needs the words to write'],
		[['add', ' '], {}, 'needs the words to write'],
		[['add', 'x'], {since: '7d'}, '--since is for reading'],
		[['add', 'x'], {check: 'pds'}, 'Did you mean "pods"?'],
	])('refuses %j %j', async (words, options, sentence) => {
		await expect(run(words, {options})).rejects.toMatchObject({exitCode: 64, message: expect.stringContaining(sentence)});
	});
});

describe('rounds log trends', () => {
	it('counts what the query finds', async () => {
		expect(await json(['trends'])).toMatchObject({
			rounds: 2,
			daysWithout: [],
			meanWalkedMs: 300_000,
			anomaliesByCheck: [{name: 'pods', count: 1}],
		});
		expect(await json(['trends', 'killed'])).toMatchObject({rounds: 1});
		expect((await run(['trends'])).out).toContain('2 from 2026-11-18 to 2026-11-19: 2.0 a week, 5m00s each on average');
	});

	it('ends with 1 where there is no round', async () => {
		expect(await run(['trends', 'nonsense'])).toMatchObject({code: 1, out: '', err: 'rounds: no round found in docs/ops/ops-log.md\n'});
	});
});

describe('rounds log investigations', () => {
	const at = Date.UTC(2026, 10, 19, 8, 30);
	const created = createRound({
		service: 'checkout',
		environment: 'production',
		operator: 'bob',
		startedAt: at,
		steps: [
			{id: 'pods', title: 'Pods'},
			{id: 'own', title: 'Own'},
		],
	});
	const taken = {...startInvestigation({step: 'pods', openedAt: at + 60_000}), problem: 'api is killed', whys: ['a cache']};
	const steps = created.steps.map((step) =>
		step.id === 'pods'
			? {
					...step,
					investigation: {...taken, outcome: 'serious' as const, closedAt: at + 367_000},
					tickets: [{url: 'https://t/1', title: 'one', at: at + 90_000, operator: 'bob', priority: 'P2' as const}],
				}
			: {...step, investigation: startInvestigation({step: 'own', openedAt: at + 400_000})},
	);
	async function recorded(): Promise<string> {
		const cwd = scratch({'rounds.yaml': yaml});
		await writeRecord({directory: join(cwd, 'docs/ops/rounds'), record: {version: 1, entry: '', round: {...created, steps}}});
		return cwd;
	}

	it('is the run table of every record, newest first; what is not known is not told', async () => {
		const cwd = await recorded();
		const {code, out, err} = await run(['investigations'], {cwd});
		expect({code, err}).toEqual({code: 0, err: ''});
		expect(out).toBe(
			[
				'AFFECTED ITEM        PROBLEM        DATE              PRIORITY  OUTCOME  TIME TO RESOLVE',
				'checkout production  -              2026-11-19 08:36  -         -        open',
				'checkout production  api is killed  2026-11-19 08:31  P2        serious  5m07s',
				'',
			].join('\n'),
		);
		expect(await json(['investigations', 'KILLED', 'p2'], {cwd})).toEqual([
			{
				at: '2026-11-19T08:31:00.000Z',
				affectedItem: 'checkout production',
				check: 'pods',
				problem: 'api is killed',
				priority: 'P2',
				outcome: 'serious',
				resolvedMs: 307_000,
				cause: 'a cache',
				tickets: ['https://t/1'],
				service: 'checkout',
				environment: 'production',
				round: '2026-11-19T0830-checkout-production-bob',
				operator: 'bob',
			},
		]);
	});

	it('takes the filters of the log', async () => {
		const cwd = await recorded();
		const count = async (options: LogInput['options'], common: LogInput['common'] = {}) => {
			const {out} = await run(['investigations'], {cwd, common, options: {...options, json: true}});
			return (JSON.parse(out) as readonly unknown[]).length;
		};
		expect(await count({check: 'pods'})).toBe(1);
		expect(await count({outcome: 'serious'})).toBe(1);
		expect(await count({outcome: 'not-triaged'})).toBe(1);
		expect(await count({operator: 'Bob'})).toBe(2);
		expect(await count({operator: 'alice'})).toBe(0);
		expect(await count({since: '2026-11-19T08:36'})).toBe(1);
		expect(await count({until: '2026-11-18'})).toBe(0);
		expect(await count({}, {service: 'other'})).toBe(0);
		expect(await count({limit: '1'})).toBe(1);
	});

	it('has words where there is none, and names a record that was broken by hand', async () => {
		const cwd = await recorded();
		expect(await run(['investigations', 'nonsense'], {cwd})).toMatchObject({
			code: 1,
			out: '',
			err: expect.stringContaining('no investigation found in '),
		});
		const file = '2026-11-18T0830-checkout-production-bob.json';
		writeFileSync(join(cwd, 'docs/ops/rounds', file), '{');
		const {code, out, err} = await run(['investigations'], {cwd});
		expect({code, lines: out.split('\n').length}).toEqual({code: 0, lines: 4});
		expect(err).toContain(`${file}, no record of a round any more: not valid JSON`);
		expect(err.match(/\n/g)).toHaveLength(1);
	});
});
