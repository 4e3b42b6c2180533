import {expect, test} from 'vitest';
import {type LintInput, lintRunbooks} from '../../src/runbooks/lint-runbook.ts';
import {parseRunbook, type RunbookFile} from '../../src/runbooks/parse.ts';

const good = 'title: A\nowner: alice\nlast_reviewed_on: 2026-11-01\n';
const file = (id: string, text: string): RunbookFile => ({id, path: `/team/${id}.md`, embedded: false, text});
const page = (frontMatter: string, body = 'Text.\n') => `---\n${frontMatter}---\n${body}`;

async function lint(files: readonly RunbookFile[], over: Partial<LintInput> = {}): Promise<readonly string[]> {
	const problems = await lintRunbooks({
		files,
		others: [],
		checks: [],
		knownChecks: ['pods', 'promql', 'orders-lag'],
		openKinds: ['promql'],
		now: Date.UTC(2026, 10, 20, 8, 31),
		target: (from, path) =>
			Promise.resolve(
				from.startsWith('/team/') && path === 'pods.md'
					? {kind: 'page', text: '# Pods\n## Undo\n'}
					: path === 'a.png'
						? {kind: 'other'}
						: undefined,
			),
		...over,
	});
	return problems.map(({path, line, level, text}) => `${path}:${line}: ${level}: ${text}`);
}

test('a good one', async () => {
	expect(
		await lint([
			file('a', page(`${good}checks: [pods]\nweight: 3\n`, '# A\n\n[x](pods.md#undo) [y](#a) ![z](a.png#x)\n\n```sh\nls\n```\n')),
		]),
	).toEqual([]);
});

test.each([
	['a wrong value', page(`${good}checks: pods\n`), '5: error: front matter: checks should be a list'],
	['no YAML', `---\nowner: alice\nlast_reviewed_on: [\n---\nText.\n`, '3: error: front matter is not YAML'],
	['a wrong owner', page('owner: [a]\nlast_reviewed_on: 2026-11-01\n'), '2: error: front matter: owner should be a text'],
	['a wrong day', page('owner: alice\nlast_reviewed_on: soon\n'), '3: error: front matter: last_reviewed_on should be'],
	[
		'no regular expression',
		page(`${good}matches: ['(']\n`),
		'5: error: front matter: matches holds "(", which is not a regular expression',
	],
	['a dead link', page(good, '\n\nx\n[a](gone.md)\n'), '9: error: the link gone.md leads nowhere'],
	[
		'a missing anchor',
		page(good, '[a](pods.md#unod)\n'),
		'6: error: the link pods.md#unod names no heading of pods.md. Did you mean "undo"?',
	],
	['a missing anchor here', page(good, '[a](#gone)\n'), '6: error: the link #gone names no heading of this page'],
	['code without an end', page(good, '```sh\nls\n'), '6: error: this code block is never closed'],
	['code without a language', page(good, '\n\nx\n```\nls\n```\n'), '9: warning: a code block without a language'],
	['no owner', page('last_reviewed_on: 2026-11-01\n'), '1: warning: no owner'],
	['never reviewed', page('owner: alice\n'), '1: warning: never reviewed'],
	[
		'overdue',
		page('owner: alice\nlast_reviewed_on: 2026-01-01\nreview_in: 90d\n'),
		'3: warning: review overdue since 2026-04-01, last reviewed on 2026-01-01',
	],
	['overdue by what is usual', page('owner: alice\nlast_reviewed_on: 2026-01-01\n'), '3: warning: review overdue since 2026-06-30'],
	[
		'reviewed in the future',
		page('owner: alice\nlast_reviewed_on: 2062-01-01\n'),
		'3: warning: last reviewed on 2062-01-01, which is still to come',
	],
	['a check that does not exist', page(`${good}checks: [pod]\n`), '5: warning: there is no check "pod". Did you mean "pods"?'],
	['no text', page(good, '\n'), 'warning: no text below the front matter'],
	['far too long', page(good, `${'text '.repeat(1_000_000)}[a](gone.md)\n`), '6: warning: 4.8 MB is too long to read at night'],
])('%s', async (_, text, expected) => {
	const problems = await lint([file('a', text)]);
	expect(problems).toHaveLength(1);
	expect(problems[0]).toContain(expected);
	expect(problems[0]).toMatch(/^\/team\/a\.md:\d+: (error|warning): [^\n]+[^.]$/);
});

test('two files with one name', async () => {
	const text = page(good);
	expect(await lint([file('a', text), {...file('A', text), path: '/team/deep/A.md'}])).toEqual([
		'/team/deep/A.md:1: error: the name A is taken by /team/a.md: give one of them another name',
	]);
});

test('in the order of files and lines', async () => {
	const problems = await lint([file('b', 'x\n```\n```\n'), file('a', 'x')]);
	expect(problems.map((problem) => problem.split(': ', 1)[0])).toEqual([
		'/team/a.md:1',
		'/team/a.md:1',
		'/team/b.md:1',
		'/team/b.md:1',
		'/team/b.md:2',
	]);
});

const at = {path: '/rounds.yaml', line: 9};
const general = parseRunbook({id: 'promql', path: '/e/promql.md', embedded: true, text: '---\nchecks: [promql]\n---\n'}).runbook;

test.each([
	['of a kind with a runbook', {id: 'pods-eu', kind: 'pods', runbook: 'pods'}, page(`${good}checks: [pods]\n`), []],
	['of a kind with none', {id: 'pods', kind: 'pods', runbook: 'pods'}, page(good), ['the check pods has no runbook: write one']],
	[
		'of an open kind, general only',
		{id: 'orders-lag', kind: 'promql', runbook: 'promql'},
		page(good),
		['the check orders-lag has no runbook, only the general one of promql'],
	],
	['of an open kind, named there', {id: 'orders-lag', kind: 'promql', runbook: 'a'}, page(good), []],
	[
		'of an open kind, listed by the runbook',
		{id: 'orders-lag', kind: 'promql', runbook: 'promql'},
		page(`${good}checks: [orders-lag]\n`),
		[],
	],
])('a check %s', async (_, check, text, expected) => {
	const problems = await lint([file('a', text)], {checks: [{...check, ...at}], others: [general]});
	expect(problems).toEqual(expected.map((words) => expect.stringContaining(`/rounds.yaml:9: warning: ${words}`)));
});
