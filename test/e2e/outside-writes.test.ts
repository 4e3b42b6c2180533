/** What sent to another system, walked by keys against the simulated company: shown, confirmed, done, or refused. */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openCompany, openRounds, type RoundsTerminal, scratch} from '../helpers/demo-terminal.ts';

/** The checks whose rows can be changed elsewhere. */
const touched = ['health', 'alerts', 'pods', 'errors', 'payments'];

/** Goes to the check of that title by name, and waits for its rows. */
async function goTo(rounds: RoundsTerminal, title: string): Promise<void> {
	rounds.press(':', title.toLowerCase());
	await rounds.waitFor(new RegExp(`▌.*${title}`));
	rounds.press('Enter');
	await rounds.at(title);
	await rounds.waitUntil((screen) => !screen.includes('asking'), `the rows of ${title}`);
}

/** Waits for what may be over several rows: long paths break it anywhere. */
async function shows(rounds: RoundsTerminal, what: RegExp): Promise<void> {
	await rounds.waitUntil((screen) => what.test(screen.replaceAll(/[\s│]+/g, '')), String(what));
}

/** Says yes in production: y, the service's name. */
async function sayYes(rounds: RoundsTerminal): Promise<string> {
	await rounds.pressFor('y', 'This is production: type checkout to send');
	return rounds.pressFor(['checkout', 'Enter'], '✓ done:');
}

test('a Sentry issue is resolved, an alert silenced and unsilenced, a webhook resent, a ticket written', async () => {
	const rounds = await openCompany('morning', {checks: touched});
	await rounds.at('Health');

	await goTo(rounds, 'Errors');
	const issues = Number(/(\d+) issues/.exec(await rounds.waitFor(/\d+ issues/))?.[1]);
	await rounds.pressFor('A', 'mark reviewed');
	await rounds.pressFor('2', 'Bob Okafor');
	await rounds.pressFor(['carol', 'Enter'], /"assignedTo": "user:102"/);
	expect(await sayYes(rounds)).toContain('is assigned to Carol Lindqvist in Sentry');
	await rounds.pressFor('Enter', 'suggested');
	await rounds.pressFor(['Enter', 'Enter'], /assignee +Carol Lindqvist/);
	await rounds.pressFor('Escape', /\d+ issues/);
	await rounds.pressFor('A', 'mark reviewed');
	const preview = await rounds.pressFor('3', '"status": "resolved"');
	expect(preview).toMatch(/PUT http:\/\/127\.0\.0\.1:\d+\/api\/0\/organizations\/example\/issues\/\d+\//);
	expect(preview).toContain('authorization: Bearer ••• from env:ROUNDS_DEMO_SENTRY_TOKEN');
	expect(await sayYes(rounds)).toContain('is resolved in Sentry');
	rounds.press('Enter');
	await rounds.waitFor(new RegExp(`\\b${issues - 1} issues`));

	await goTo(rounds, 'Alerts');
	await rounds.waitFor(/firing/);
	await rounds.pressFor('A', '1  silence');
	await rounds.pressFor('1', '▌ reason');
	await rounds.pressFor('Enter', 'a silence needs its reason');
	await rounds.pressFor(['rolling back', 'Enter'], /"comment": "rolling back"/);
	expect(rounds.screen()).toContain('"createdBy": "alice"');
	expect(await sayYes(rounds)).toMatch(/is silenced until (?:[\d-]{10} )?\d\d:\d\d \(silence [0-9a-f-]{36}\)/);
	rounds.press('Enter');
	await rounds.pressFor(['/', 'CheckoutHigh', 'Enter'], /silenced +\w+ +CheckoutHigh/);
	await rounds.pressFor('A', '2  end the silence');
	await rounds.pressFor('2', /DELETE http:.*\/api\/v2\/silence\/[0-9a-f-]{36}/);
	expect(await sayYes(rounds)).toContain('the silence of CheckoutHighErrorRate has ended');
	await rounds.pressFor('Enter', /firing +\w+ +CheckoutHigh/);

	await goTo(rounds, 'Payments');
	await rounds.waitFor(/webhook +invoice\.paid/);
	await rounds.pressFor('A', '1  resend');
	await rounds.pressFor('1', 'ledger.example.com');
	rounds.press('Enter');
	await shows(rounds, /eventsresendevt_\w+--webhook-endpoint=we_\w+--live/);
	expect(await sayYes(rounds)).toContain('once more');
	rounds.press('Enter');

	await goTo(rounds, 'Pods');
	await rounds.pressFor('T', '▌ short description');
	await rounds.pressFor('Enter', '"shortDescription": "[checkout] pods: ');
	expect(await sayYes(rounds)).toContain('ticket created: https://tickets.example.com/CHECKOUT-101');
	await rounds.pressFor('Enter', 'ticket https://tickets.example.com/CHECKOUT-101');
	// The same thing once more: what exists is shown first.
	await rounds.pressFor('T', 'A ticket may be about the same thing');
	await rounds.pressFor('Enter', 'linked: https://tickets.example.com/CHECKOUT-101');
	rounds.press('C-c');
	expect(await rounds.ended()).toMatchObject({exitCode: 0});
});

test('--read-only refuses every act before anything is asked for it, in the same words', async () => {
	const rounds = await openCompany('morning', {checks: touched, args: ['--read-only']});
	const refused = '--read-only refuses every write outside this machine';
	await rounds.at('Health');
	for (const [title, acts] of [
		['Errors', ['mark reviewed', 'assign', 'resolve', 'archive', 'ticket', 'announce']],
		['Alerts', ['silence', 'end the silence', 'ticket', 'announce']],
		['Payments', ['resend', 'ticket', 'announce']],
	] as const) {
		await goTo(rounds, title);
		await rounds.waitFor(/▌.*/);
		const menu = await rounds.pressFor('A', 'You see a preview');
		for (const [index, name] of acts.entries()) {
			expect(menu).toMatch(new RegExp(` ${index + 1}  ${name} +not now: ${refused}`));
			const number = String(index + 1);
			expect(await rounds.pressFor(number, new RegExp(`^(?!.*not now).*${refused}`, 'm'))).toContain('You see a preview');
		}
		await rounds.pressFor('Escape', title);
		await rounds.pressFor('T', new RegExp(`^(?!.*not now).*${refused}`, 'm'));
		expect(rounds.screen()).not.toContain('short description');
	}
	rounds.press('C-c');
	await rounds.ended();
});

test('after kill -9 in the middle of sending, the round says so and nothing is sent again', async () => {
	const home = await scratch();
	const config = join(home, 'rounds.yaml');
	const log = join(home, 'sent.log');
	// A tracker that takes its time: the ticket has arrived, the answer never comes.
	const script = `require('node:fs').appendFileSync(${JSON.stringify(log)}, 'sent\\n'); setTimeout(() => {}, 60_000)`;
	await writeFile(
		config,
		JSON.stringify({
			version: 1,
			services: [{name: 'shop', owner: 'team', tickets: {command: [process.execPath, '-e', script]}, environments: [{name: 'staging'}]}],
			checks: [{check: 'command', options: {command: [process.execPath, '-e', 'console.log(1)']}}],
		}),
	);
	const args = ['--config', config];
	const first = openRounds({args, home, cwd: home});
	await first.waitFor('suggested');
	await first.pressFor('T', 'short description');
	await first.pressFor('Enter', 'Press y to send');
	await first.pressFor('y', /sending to the team/);
	await expect.poll(async () => readFile(log, 'utf8').catch(() => '')).toBe('sent\n');
	first.kill('SIGKILL');
	await first.exited;

	const second = openRounds({args, home, cwd: home});
	await second.waitFor('Your own round, not finished');
	await second.pressFor('g', /delivery unknown. Check before you resend./);
	await second.waitFor('suggested');
	await second.pressFor('T', 'short description');
	await second.pressFor('Enter', /Possibly sent by alice at \d\d:\d\d. Check .+ before you resend/);
	await second.pressFor('n', 'nothing was sent');
	expect(await readFile(log, 'utf8')).toBe('sent\n');
	second.press('C-c');
	await second.ended();
});
