/** Live logs of the simulated company: over the round, on their own, and against what its API says. */
import {readFile} from 'node:fs/promises';
import {get} from 'node:https';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {runCli} from '../helpers/cli.ts';
import {openCompany, openRounds, repositoryOf, scratch, serveCompany} from '../helpers/demo-terminal.ts';

/** Blank-free text of a screen, so that where a long line was wrapped does not matter. */
const unwrapped = (text: string) => text.replaceAll(/[\s│]+/g, '');
const cursorRow = (screen: string) => screen.split('\n').find((row) => row.startsWith('▌')) ?? '';

test('from the round to a pod’s logs and back: the line that was pinned is its evidence', async () => {
	const rounds = await openCompany('morning', {checks: ['health', 'alerts', 'pods', 'errors']});
	await rounds.at('Health');
	rounds.press('3');
	await rounds.at('Pods');
	await rounds.pressFor(['/', 'n4vkg'], /n4vkg .*1 of 38 pods/);
	await rounds.pressFor('Enter', /▌ {2}api-54fb9-n4vkg/);
	const logs = await rounds.pressFor('l', /errors .*\d+ error[^]*creating issue: operation/);
	expect(logs).toMatch(/^ checkout · PRODUCTION {3}api-54fb9-n4vkg in /);
	expect(logs).not.toContain('2jw8k');

	rounds.press('f', 'message: "creating issue" AND operation: "createIssue"', 'Enter');
	await rounds.waitFor(/1 message.*\b\d+ of \d+ lines/);
	await rounds.waitUntil((screen) => cursorRow(screen).includes('creating issue: operation'), 'a failure under the cursor');
	const pinned = await rounds.pressFor('b', 'pinned to the round');
	const [, time = '', operation = ''] = /^▌\*(\d\d:\d\d:\d\d\.\d{3}).*creating issue: operation (\w) failed/.exec(cursorRow(pinned)) ?? [];
	expect(time).not.toBe('');

	// Esc: the round as it was, with the pin in it.
	await rounds.pressFor('Escape', /pinned[^]*\* creating issue: operation/);
	await rounds.at('Pods');

	const previous = await rounds.pressFor('p', 'read to the end');
	expect(previous).toMatch(/the previous run of api-54fb9-n4v.* 1 ended /);
	expect(previous).toMatch(/ [1-9]\d* lines/);
	await rounds.waitFor(/errors .*\d+ error/);
	rounds.press('Escape');
	await rounds.at('Pods');

	await rounds.pressFor('x', 'Triage of pods');
	const evidence = unwrapped(await rounds.waitUntil((screen) => unwrapped(screen).includes(time), 'the pinned line among the evidence'));
	expect(evidence).toMatch(/evidence/i);
	expect(evidence).toContain(`creatingissue:operation${operation}failed`);
});

test('from an error and from an alert to the logs around them', async () => {
	const rounds = await openCompany('morning', {checks: ['health', 'alerts', 'pods', 'errors']});
	await rounds.at('Health');
	for (const [key, title, row] of [
		['4', 'Errors', /▌ +escalating/],
		['2', 'Alerts', /▌ +firing/],
	] as const) {
		rounds.press(key);
		await rounds.at(title);
		await rounds.waitFor(row);
		const logs = await rounds.pressFor('l', / in checkout-prod[^]*filters[^]* [1-9][\d,]* lines/);
		expect(logs).toContain('checkout · PRODUCTION');
		rounds.press('Escape');
		await rounds.at(title);
	}
});

test('rounds tail --demo: many pods, frozen while they continue, their streams and states', async () => {
	const tail = openRounds({args: ['tail', 'api', '--demo'], home: await scratch()});
	await tail.waitFor(/\d\d (?:streams )?live/);
	await tail.pressFor('L', /L level >= info.* [1-9][\d,]* of [\d,]+ lines/);
	const frozen = await tail.pressFor(' ', /paused .*\+\d+ new/);
	const lines = (screen: string) =>
		screen
			.split('\n')
			.slice(5, -2)
			.map((row) => row.slice(0, 15))
			.join('\n');
	const later = await tail.waitFor(/paused .*\+(?:[2-9]\d|[1-9][\d,]{2,}) new/);
	expect(lines(later)).toBe(lines(frozen));
	await tail.pressFor('i', /Streams · \d+[^]* live /);
	await tail.pressFor(['a', 'C-u', 'pod', 'Enter'], /By pod · 1\d values[^]*api-54fb9-n4vkg/);
	await tail.pressFor('t', /Patterns · \d+/);
	await tail.pressFor('r', /Requests · [\d,]+ in all [\d,]+ lines · 5xx/);
	tail.press('q');
	expect(await tail.ended()).toEqual({exitCode: 0, alternate: false, cursorShown: true});
});

interface KubeConfig {
	readonly clusters: readonly {readonly cluster: {readonly server: string}}[];
	readonly users: readonly {readonly user: {readonly token: string}}[];
}

/** A pod's log as the API gives it. */
async function logOf(kubeconfig: string, {pod, container}: {readonly pod: string; readonly container: string}): Promise<string> {
	const {clusters, users} = parse(await readFile(kubeconfig, 'utf8')) as KubeConfig;
	const url = `${clusters[0]?.cluster.server}/api/v1/namespaces/checkout-prod/pods/${pod}/log?container=${container}`;
	return new Promise((resolve, reject) => {
		get(url, {rejectUnauthorized: false, headers: {authorization: `Bearer ${users[0]?.user.token}`}}, (answer) => {
			let text = '';
			answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
			answer.on('end', () => (answer.statusCode === 200 ? resolve(text) : reject(new Error(text))));
		}).on('error', reject);
	});
}

test('plain lines of a pod are those of the API, each once and in order', async () => {
	const company = await serveCompany('morning');
	const cwd = await repositoryOf(company);
	const of = {pod: 'api-54fb9-7lchp', container: 'api'};
	const kubeconfig = company.environment['KUBECONFIG'] ?? '';
	const before = await logOf(kubeconfig, of);
	const {exitCode, stdout, stderr} = await runCli(
		['tail', `^${of.pod}$`, '-c', '^api$', '--plain', '--no-follow', '--no-names', '--tail', '1000000'],
		{cwd, env: company.environment},
	);
	const after = await logOf(kubeconfig, of);
	expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
	expect(before.split('\n').length).toBeGreaterThan(100);
	// What was there before comes first, and nothing comes that is not there afterwards.
	expect(stdout.startsWith(before)).toBe(true);
	expect(after.startsWith(stdout)).toBe(true);
});
