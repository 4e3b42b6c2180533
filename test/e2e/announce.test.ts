/** Announcing an outage by keys against the simulated company: filled in, shown, confirmed, edited when it is over, or refused. */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {
	entriesOf,
	openRounds,
	repositoryOf,
	type RoundsTerminal,
	scratch,
	type ServedCompany,
	serveCompany,
	skipAndClose,
} from '../helpers/demo-terminal.ts';

const altA = '\u001Ba';

interface Message {
	readonly ts: string;
	readonly text: string;
	readonly edited?: object;
}

/** What is in the company's own channel, or in the thread of a message there. */
async function channelOf({config, environment}: ServedCompany, thread?: string): Promise<readonly Message[]> {
	const {services} = parse(config) as {readonly services: readonly {readonly announce: {readonly slack: {readonly url: string}}}[]};
	const method = thread === undefined ? 'conversations.history?channel=checkout' : `conversations.replies?channel=checkout&ts=${thread}`;
	const headers = {authorization: `Bearer ${environment['ROUNDS_DEMO_SLACK_TOKEN'] ?? ''}`};
	const answer = await fetch(`${services[0]?.announce.slack.url ?? ''}/${method}`, {headers});
	return ((await answer.json()) as {readonly messages: readonly Message[]}).messages;
}

/** From the crashing pod's row through its triage to the last question. */
async function triage(rounds: RoundsTerminal): Promise<void> {
	await rounds.at('Health');
	rounds.press('2');
	await rounds.at('Pods');
	await rounds.pressFor('Tab', /▌ {2}\S+ +0\/1 +CrashLoopBackOff/);
	await rounds.pressFor('i', 'What is the problem');
	await rounds.pressFor(['C-u', 'api pods are killed', 'Enter'], '1  Why: api pods are killed?');
	await rounds.pressFor(['a cache without a bound', 'Tab'], 'What is the outcome?');
	await rounds.pressFor('1', 'Which users are affected?');
	await rounds.pressFor(['all who pay by card', 'Enter'], 'How many users?');
	await rounds.pressFor(['one in ten', 'Enter'], 'What can users not do?');
	await rounds.pressFor(['payment ends in an error', 'Enter'], 'Is it an outage?');
}

/** Says yes in production: y, the service's name. */
async function sayYes(rounds: RoundsTerminal, done: string): Promise<string> {
	await rounds.pressFor('y', 'This is production: type checkout to send');
	return rounds.pressFor(['checkout', 'Enter'], `✓ done: ${done}`);
}

test('an outage is announced from its triage, known after a kill, updated and resolved in the original', {timeout: 60_000}, async () => {
	const company = await serveCompany('morning');
	const home = await scratch();
	const options = {args: [], home, cwd: await repositoryOf(company, ['health', 'pods', 'errors']), env: company.environment};
	const first = openRounds(options);
	await triage(first);
	const form = await first.pressFor('1', '▌ from');
	expect(form).toMatch(/user impact +payment ends in an error \(all who pay by card, one in ten\)/);
	expect(form).toMatch(/what +api pods are killed/);
	expect(form).toMatch(/to +#checkout/);
	await first.pressFor(['C-u', '08:31'], /▌ from +08:31/);
	await first.saved('08:31');
	first.kill('SIGKILL');
	await first.exited;

	// Nothing was sent; what was typed is in the form again.
	expect(await channelOf(company)).toEqual([]);
	const second = openRounds(options);
	await second.waitFor('Your own round, not finished');
	await second.pressFor('g', /1 of 3/);
	second.press('2');
	await second.at('Pods');
	await second.waitFor('Not announced. Press A to announce this outage.');
	await second.pressFor('A', 'announce');
	await second.pressFor('2', /▌ from +08:31/);
	const preview = await second.pressFor('Enter', 'Press y to send, n to cancel.');
	for (const line of [
		'📟 Degraded service',
		'From: 08:31',
		'What: api pods are killed',
		'Communications owner: alice',
		'Investigation in progress.',
	])
		expect(preview).toContain(`│ ${line}`);
	expect(preview).toMatch(/POST http:\/\/127\.0\.0\.1:\d+\/api\/chat\.postMessage/);
	expect(preview).toContain('authorization: Bearer ••• from env:ROUNDS_DEMO_SLACK_TOKEN');
	await sayYes(second, 'announced: https://example.slack.com/archives/');
	const original =
		'📟 Degraded service\nFrom: 08:31\nUser impact: payment ends in an error (all who pay by card, one in ten)\nWhat: api pods are killed\nCommunications owner: alice\nInvestigation in progress.';
	expect(await channelOf(company)).toMatchObject([{text: original}]);
	second.kill('SIGKILL');
	await second.exited;

	// It is known as announced: nothing asks to announce it again.
	const rounds = openRounds(options);
	await rounds.waitFor('Your own round, not finished');
	await rounds.pressFor('g', /1 of 3/);
	rounds.press('2');
	await rounds.at('Pods');
	await rounds.waitFor(/announced \d\d:\d\d https:\/\/example\.slack\.com/);
	await rounds.pressFor('i', /\d\d:\d\d announced/);
	await rounds.pressFor(altA, '1  update');
	await rounds.pressFor('1', '▌ update');
	await rounds.pressFor(['rolled back, watching', 'Enter'], '"thread_ts"');
	await sayYes(rounds, 'update posted');
	await rounds.pressFor('Enter', 'Triage of pods');
	await rounds.pressFor(altA, '2  resolved');
	await rounds.pressFor('2', '▌ until');
	await rounds.pressFor(['C-u', '09:12', 'Enter'], '/api/chat.update');
	await sayYes(rounds, 'marked as resolved');
	const [message, ...others] = await channelOf(company);
	expect(others).toEqual([]);
	expect(message).toMatchObject({text: `${original}\n✅ Resolved\nUntil: 09:12`, edited: expect.any(Object)});
	expect((await channelOf(company, message?.ts)).map(({text}) => text)).toEqual([message?.text, 'rolled back, watching']);
	await rounds.pressFor('Enter', /\d\d:\d\d resolved/);

	// The line and the record tell it.
	await rounds.pressFor('Escape', 'verdict: anomaly');
	await skipAndClose(rounds);
	const ops = join(options.cwd, 'docs', 'ops');
	const [entry = ''] = await entriesOf(join(ops, 'ops-log.md'));
	expect(entry).toMatch(
		/api pods are killed serious \(a cache without a bound\) \[record\]\((\S+)\) \[announced \d\d:\d\d, resolved \d\d:\d\d\]\(https:\/\/example\.slack\.com\/archives\/\S+\)/,
	);
	const report = await readFile(join(ops, /\[record\]\((\S+)\)/.exec(entry)?.[1] ?? ''), 'utf8');
	expect(report).toMatch(/\| Announced \| .* \(\[Slack #checkout\]\(<https:\/\/example\.slack\.com\/.*>\)\), resolved /);
	expect(report).toMatch(/\| update \| /);
	rounds.press('q');
	expect(await rounds.ended()).toMatchObject({exitCode: 0});
});

test('--read-only announces nothing, and says so before the form', async () => {
	const company = await serveCompany('outage');
	const rounds = openRounds({
		args: ['--read-only'],
		home: await scratch(),
		cwd: await repositoryOf(company, ['health']),
		env: company.environment,
	});
	await rounds.at('Health');
	await rounds.pressFor('Tab', /▌/);
	await rounds.pressFor('A', /2  announce +not now: --read-only refuses every write outside this machine/);
	await rounds.pressFor('2', /^(?!.*not now).*--read-only refuses every write outside this machine/m);
	expect(rounds.screen()).not.toContain('▌ from');
	expect(await channelOf(company)).toEqual([]);
	rounds.press('C-c');
	await rounds.ended();
});

test('after kill -9 in the middle of announcing, the round says that it may be out', async () => {
	const home = await scratch();
	const config = join(home, 'rounds.yaml');
	const log = join(home, 'told.log');
	// It has told everybody, and never says so.
	const script = `require('node:fs').appendFileSync(${JSON.stringify(log)}, 'told\\n'); setTimeout(() => {}, 60_000)`;
	const announce = {command: [process.execPath, '-e', script]};
	const checks = [{check: 'command', options: {command: [process.execPath, '-e', 'console.log(1)']}}];
	await writeFile(
		config,
		JSON.stringify({version: 1, services: [{name: 'shop', owner: 'team', announce, environments: [{name: 'staging'}]}], checks}),
	);
	const options = {args: ['--config', config], home, cwd: home};
	const first = openRounds(options);
	await first.waitFor('suggested');
	await first.pressFor('A', '2  announce');
	await first.pressFor('2', '▌ from');
	await first.pressFor('Tab', '▌ user impact');
	await first.pressFor(['nobody can pay', 'Enter'], 'Press y to send');
	await first.pressFor('y', 'sending to the team’s own command');
	await expect.poll(async () => readFile(log, 'utf8').catch(() => '')).toBe('told\n');
	first.kill('SIGKILL');
	await first.exited;

	const second = openRounds(options);
	await second.waitFor('Your own round, not finished');
	await second.pressFor('g', /delivery unknown. Check before you resend./);
	await second.waitFor('suggested');
	await second.pressFor('A', '2  announce');
	// What was typed is there again, and what may have happened is told before the yes.
	await second.pressFor('2', /user impact +nobody can pay/);
	await second.pressFor('Enter', /Possibly sent by alice at \d\d:\d\d. Check .+ before you resend/);
	await second.pressFor('n', 'nothing was sent');
	expect(await readFile(log, 'utf8')).toBe('told\n');
	second.press('C-c');
	await second.ended();
});
