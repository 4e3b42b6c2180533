import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {runbook, type RunbookInput} from '../../../src/commands/runbook/runbook-command.ts';
import {UserError} from '../../../src/base/user-error.ts';
import {scratch} from '../../config/scratch.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';

const yaml = `services:
  - name: checkout
    owner: payments
    environments: [{name: production}]
    runbooks: docs/runbooks
  - name: search
    owner: search
    environments: [{name: production}]
    runbooks: docs/search
checks:
  - pods
  - check: command
    id: orders-lag
    options: {command: [echo, fine]}
`;
const files = {
	'rounds.yaml': yaml,
	'docs/runbooks/drain-queue.md':
		'---\ntitle: Drain the queue\nchecks: [pods]\nowner: alice\nlast_reviewed_on: 2026-11-01\n---\n\n## Symptom\n\nOrders wait.\n\n## Do\n\nAsk the broker.\n',
	'docs/search/reindex.md': '---\ntitle: Build the index again\nowner: bob\nlast_reviewed_on: 2026-01-01\n---\nIt takes an hour.\n',
	'embedded/pods.md': '---\ntitle: Pods fail or restart\nchecks: [pods]\nowner: us\n---\nLook at the queue.\n',
};

async function run(
	words: readonly string[],
	over: Partial<RunbookInput> & {readonly more?: Readonly<Record<string, string | Uint8Array>>} = {},
) {
	const {more = {}, ...input} = over;
	const root = scratch({...files, ...more});
	let [out, err] = ['', ''];
	const print = (text: string) => void (out += text);
	const code = await runbook({
		words,
		options: {format: 'text'},
		common: {},
		cwd: root,
		env: {HOME: join(root, 'home')},
		clock: createFakeClock(),
		columns: undefined,
		colour: false,
		embeddedDirectory: join(root, 'embedded'),
		out: print,
		say: print,
		err: (text) => void (err += text),
		...input,
	});
	return {code, out: out.replaceAll(root, ''), err: err.replaceAll(root, '')};
}

const json = async (words: readonly string[], over: Parameters<typeof run>[1] = {}) =>
	JSON.parse((await run(words, {...over, options: {...over?.options, format: 'json'}})).out) as unknown;

describe('rounds runbook', () => {
	it('lists all, the team’s of every service first, with a badge on the stale ones', async () => {
		expect(await run([])).toEqual({
			code: 0,
			err: '',
			out: [
				'NAME         TITLE                  CHECKS  REVIEWED',
				'drain-queue  Drain the queue        pods    2026-11-01',
				'reindex      Build the index again          2026-01-01, overdue since 2026-06-30',
				'pods         Pods fail or restart   pods    never reviewed',
				'',
			].join('\n'),
		});
	});

	it('lists one service’s', async () => {
		expect(await json([], {common: {service: 'search'}})).toMatchObject([{id: 'reindex'}, {id: 'pods'}]);
	});

	it('works without rounds.yaml, with the embedded ones', async () => {
		expect(await json([], {cwd: scratch(), env: {}})).toEqual([
			expect.objectContaining({id: 'pods', embedded: true, review: 'never', lastReviewedOn: null}),
		]);
	});

	it('cuts rows to the terminal, and paints a badge that is whole', async () => {
		const {out} = await run([], {columns: 44, colour: true});
		expect(out.split('\n').every((line) => line.length <= 44)).toBe(true);
		expect((await run([], {columns: 100, colour: true})).out).toContain('\u001B[33mnever reviewed\u001B[39m');
	});

	it('says what cannot be read, and of what front matter, and continues', async () => {
		const more = {'docs/runbooks/bad.md': '---\nchecks: pods\n---\nx', 'docs/runbooks/binary.md': Buffer.from([0, 1])};
		const {code, out, err} = await run([], {more});
		expect(code).toBe(0);
		expect(out).toContain('\nbad ');
		expect(err.split('\n')).toEqual([
			'rounds: docs/runbooks/binary.md is not UTF-8 text',
			expect.stringMatching(/^rounds: docs\/runbooks\/bad\.md:2: front matter: checks should be/),
			'',
		]);
	});

	it('says that a directory of rounds.yaml is not there', async () => {
		const more = {'rounds.yaml': yaml.replace('docs/search', 'docs/gone')};
		expect(await run(['queue'], {more})).toMatchObject({code: 0, err: 'rounds: docs/gone does not exist\n'});
	});

	it('refuses a service that does not exist', async () => {
		await expect(run([], {common: {service: 'serch'}})).rejects.toThrow(/Did you mean "search"/);
	});
});

describe('rounds runbook WORD...', () => {
	it('gives the best first, each with its section, its line and where that is', async () => {
		expect(await run(['queue'])).toEqual({
			code: 0,
			err: '',
			out: [
				'drain-queue  Drain the queue',
				'    Orders wait.',
				'    docs/runbooks/drain-queue.md:10',
				'',
				'pods  Pods fail or restart  (never reviewed)',
				'    Look at the queue.',
				'    embedded/pods.md:6',
				'',
			].join('\n'),
		});
		expect((await run(['broker'])).out).toContain('drain-queue  Drain the queue → Do\n    Ask the broker.\n');
	});

	it('in a terminal says how to continue', async () => {
		expect((await run(['queue'], {columns: 80})).err).toBe('rounds: `rounds runbook show drain-queue` prints the first\n');
		expect((await run(['queue'], {columns: 80, options: {limit: '1'}})).err).toContain('rounds: the best 1 of 2; --limit 2 shows all\n');
	});

	it('gives programs all of it', async () => {
		expect(await json(['broker', 'nonsense'])).toEqual([
			expect.objectContaining({
				id: 'drain-queue',
				heading: 'Do',
				line: 14,
				snippet: 'Ask the broker.',
				missing: ['nonsense'],
				review: 'fresh',
			}),
		]);
	});

	it('finds nothing: 1, as grep says', async () => {
		expect(await run(['zzz'])).toEqual({code: 1, out: '', err: 'rounds: nothing found in 3 runbooks\n'});
		expect(await json(['zzz'])).toEqual([]);
	});

	it.each(['0', 'x', '-1'])('refuses --limit %s', async (limit) => {
		await expect(run(['queue'], {options: {limit}})).rejects.toThrow(UserError);
	});

	it('--strict is for lint', async () => {
		await expect(run(['queue'], {options: {strict: true}})).rejects.toThrow(/--strict is for/);
	});
});

describe('rounds runbook show', () => {
	it('prints what the front matter says and the text as it is written', async () => {
		expect(await run(['show', 'drain-queue'])).toEqual({
			code: 0,
			err: '',
			out: 'Drain the queue\nchecks    pods\nowner     alice\nreviewed  2026-11-01\nfile      docs/runbooks/drain-queue.md\n\n## Symptom\n\nOrders wait.\n\n## Do\n\nAsk the broker.\n',
		});
	});

	it('takes an address, and only the section it names', async () => {
		const {out} = await run(['show', 'https://wiki.example.com/runbooks/Drain-Queue.md?x=1#do']);
		expect(out).toContain('drain-queue.md\n\n## Do\n\nAsk the broker.\n');
		expect(out).not.toContain('Symptom');
		expect(await run(['show', 'pods#gone'])).toMatchObject({
			code: 0,
			err: 'rounds: pods has no heading "gone". Showing the whole runbook.\n',
		});
	});

	it('is harmless', async () => {
		const more = {'docs/runbooks/evil.md': '---\ntitle: "\\e[31mred"\n---\n\u001B]0;x\u0007a\u202Eb\tc\n'};
		expect((await run(['show', 'evil'], {more})).out).toMatch(/^red\n[^]*\n\nab {4}c\n$/);
	});

	it('gives programs the markdown', async () => {
		expect(await json(['show', 'pods'])).toMatchObject({id: 'pods', owner: 'us', contacts: [], markdown: 'Look at the queue.\n'});
	});

	it('says who else has the name', async () => {
		const more = {'docs/search/drain-queue.md': '# Other'};
		expect((await run(['show', 'drain-queue'], {more})).err).toBe('rounds: docs/search/drain-queue.md has the same name\n');
	});

	it('knows no such name: 1, and the nearest', async () => {
		expect(await run(['show', 'drain', 'quue'])).toEqual({
			code: 1,
			out: '',
			err: 'rounds: there is no runbook "drain-quue". Did you mean "drain-queue"?\n',
		});
	});

	it('needs a name', async () => {
		await expect(run(['show'])).rejects.toThrow(/needs a name/);
	});
});

describe('rounds runbook lint', () => {
	it('looks at the team’s, and at the checks of rounds.yaml', async () => {
		expect(await run(['lint'])).toEqual({
			code: 0,
			out: [
				'docs/search/reindex.md:4: warning: review overdue since 2026-06-30, last reviewed on 2026-01-01\n',
				'rounds.yaml:12: warning: the check orders-lag has no runbook, only the general one of command: write one, and name it with runbook: there\n',
			].join(''),
			err: 'rounds: 2 runbooks, 0 errors, 2 warnings\n',
		});
	});

	it('--strict counts warnings', async () => {
		expect((await run(['lint'], {options: {strict: true}})).code).toBe(65);
		expect((await run(['lint', 'docs/runbooks'], {options: {strict: true}})).code).toBe(0);
	});

	it('follows links to files, to pages by name, to directories, and their anchors', async () => {
		const links = ['x.png', '../search/reindex', '../search', 'drain-queue.md#do', '../guide#set-up', 'gone.md', 'drain-queue.md#undo'];
		const more = {
			'docs/runbooks/a.md': `---\nowner: a\nlast_reviewed_on: 2026-11-01\n---\n${links.map((link) => `[l](${link})\n`).join('')}`,
			'docs/runbooks/x.png': 'x',
			'docs/guide/README.md': '# Set up\n',
		};
		expect(await run(['lint', 'docs/runbooks'], {more})).toMatchObject({
			code: 65,
			out: expect.stringMatching(
				/^docs\/runbooks\/a\.md:10: error: the link gone\.md leads nowhere[^\n]*\ndocs\/runbooks\/a\.md:11: error: the link drain-queue\.md#undo names no heading[^\n]*\n$/,
			) as string,
		});
	});

	it('takes single files', async () => {
		expect(await run(['lint', 'docs/search/reindex.md'])).toMatchObject({code: 0, err: 'rounds: 1 runbook, 0 errors, 1 warning\n'});
	});

	it('a file that cannot be read is an error', async () => {
		expect(await run(['lint', 'docs/runbooks'], {more: {'docs/runbooks/b.md': Buffer.from([0])}})).toMatchObject({
			code: 65,
			out: 'docs/runbooks/b.md:1: error: is not UTF-8 text\n',
		});
	});

	it('gives programs the problems', async () => {
		expect(await json(['lint', 'docs/search'])).toEqual([
			{
				path: expect.stringMatching(/reindex\.md$/) as string,
				line: 4,
				level: 'warning',
				text: expect.stringContaining('overdue') as string,
			},
		]);
	});

	it('says where nothing is to be looked at', async () => {
		await expect(run(['lint', 'gone'])).rejects.toMatchObject({exitCode: 66, message: 'gone does not exist'});
		await expect(run(['lint'], {cwd: scratch(), env: {}})).rejects.toMatchObject({exitCode: 66});
	});

	it('finds nothing to fix in the embedded ones', async () => {
		const embedded = join(import.meta.dirname, '../../../runbooks');
		expect(existsSync(embedded)).toBe(true);
		const {code, out, err} = await run(['lint', embedded], {options: {strict: true}, cwd: scratch(), env: {}});
		expect({code, out}).toEqual({code: 0, out: ''});
		expect(err).toMatch(/^rounds: \d\d runbooks, 0 errors, 0 warnings\n$/);
	});
});
