/** Two days of the company in one repository: what was seen before, what changed since, and the first day opened again. */
import {readdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {homeAt, runCli} from '../helpers/cli.ts';
import {demoRepository, entriesOf, openRounds, type RoundsTerminal, scratch} from '../helpers/demo-terminal.ts';

/** Skips what is left, so that the round can be closed. */
async function skipRest(rounds: RoundsTerminal): Promise<void> {
	const [, done, total] = / (\d+) of (\d+) /.exec(rounds.screen()) ?? [];
	for (let decided = Number(done); decided < Number(total); decided++) {
		await rounds.pressFor('s', 'for what reason?');
		rounds.press('not a time', 'Enter');
		await rounds.decided(decided + 1);
	}
}

/** The health check’s anomaly investigated up to its outcome, which is intermittent. */
async function findIntermittent(rounds: RoundsTerminal): Promise<void> {
	rounds.press('1');
	await rounds.at('Health');
	await rounds.pressFor('x', 'What is the problem');
	await rounds.pressFor('Enter', '1  Why:');
	await rounds.pressFor(['the index is rebuilt'], '> the index is rebuilt');
	await rounds.pressFor('Tab', 'What is the outcome?');
	rounds.press('2');
	await rounds.waitUntil((screen) => !screen.includes('What is the outcome?'), 'what intermittent asks for');
}

async function close(rounds: RoundsTerminal): Promise<void> {
	await rounds.pressFor('c', /write the investigation \S+ +y or n/);
	await rounds.pressFor('y', /append one line to docs\/ops\/ops-log\.md +y or n/);
	await rounds.pressFor('y', /write the record .*y or n/);
	await rounds.pressFor('y', 'The round is closed');
	rounds.press('Enter');
	await rounds.ended();
}

test('the second day knows the first, and the first can be opened again', {timeout: 90_000}, async () => {
	const home = await scratch();
	const records = join(demoRepository(home), 'docs', 'ops', 'rounds');
	const log = (...words: readonly string[]) => runCli(['log', ...words, '--demo'], {cwd: home, env: homeAt(home)});

	const first = openRounds({args: ['demo'], home});
	await first.at('Health');
	first.press('3');
	await first.at('Pods');
	// Yesterday's round and a month of the team's log are there already.
	await first.waitFor(/since yesterday +\+\d new +-0 gone +image checkout-api 1\.41\.3 → 1\.42\.0/);
	await first.waitFor(/Pods .*\+\d │/);
	await first.waitFor(/Seen before[^]*api OOMKilled after 1\.40\.0[^]*→ serious · cache without a bound/);
	first.resize(80, 24);
	await first.waitFor(/ seen before \d+ \w{3}: serious, cache without a bound/);
	first.resize(120, 40);
	await first.waitFor('Seen before');
	await findIntermittent(first);
	expect(first.screen()).not.toContain('Escalate to whom');
	await first.pressFor(['if it lasts until noon'], '> if it lasts until noon');
	first.press('Enter');
	await first.decided(1);
	await skipRest(first);
	await close(first);
	const mine = (await readdir(records)).filter((name) => name.endsWith('-alice.json'));
	expect(mine).toHaveLength(1);

	const second = openRounds({args: ['demo'], home, operator: 'carol'});
	await second.waitFor(/ \d+ of \d+ /);
	second.press('3');
	await second.at('Pods');
	await second.waitFor(/since (\d\d:\d\d today|yesterday) +(the same|\+\d new)/);
	await second.waitFor(/Seen before[^]*api OOMKilled/);
	// The third time within the window: the two before it are shown with their days.
	await findIntermittent(second);
	const asked = await second.pressFor('Enter', 'Escalate to whom?');
	expect(asked.replaceAll(/\s+/g, ' ')).toMatch(/third time/);
	await second.pressFor(['the search team', 'Enter'], /verdict: anomaly|1 of \d+ /);
	second.press('q');
	await second.ended();

	const id = (mine[0] ?? '').slice(0, 15);
	const listed = await log();
	expect(listed.stdout).toContain(`  alice  `);
	expect(listed.stdout).toContain(id);
	expect(JSON.parse((await log('--json', '--operator', 'alice')).stdout)).toMatchObject([
		{operator: 'alice', record: (mine[0] ?? '').replace('.json', '')},
	]);
	expect((await log('--outcome', 'serious')).stdout).toMatch(/^[^\n]*carol[^\n]*OOMKilled[^\n]*\n$/);
	expect((await log('show', id)).stdout).toMatch(/ {2}critical {2}pods +2 of 38 failing.*\(skipped\)\n +api-54fb9-n4vkg: CrashLoopBackOff/);

	const before = await entriesOf(join(demoRepository(home), 'docs', 'ops', 'ops-log.md'));
	const replay = openRounds({args: ['log', 'show', id, '--demo'], home, columns: 160});
	await replay.waitFor(new RegExp(`replay of ${id.slice(0, 10)}`));
	replay.press('3');
	await replay.waitFor(/api-54fb9-n4vkg +0\/1 +(CrashLoopBackOff|OOMKilled|Running)/);
	await replay.waitFor('verdict: skipped');
	await replay.pressFor('x', 'Replay: nothing can be changed');
	await replay.pressFor('c', 'Replay: nothing can be changed');
	replay.press('q');
	expect(await replay.ended()).toMatchObject({exitCode: 0, alternate: false, cursorShown: true});
	expect(await entriesOf(join(demoRepository(home), 'docs', 'ops', 'ops-log.md'))).toEqual(before);

	// A record edited into nonsense costs one line, and the log itself nothing.
	await writeFile(join(records, mine[0] ?? ''), '{"version":1,"entry":""}');
	expect(await log('show', id)).toMatchObject({
		exitCode: 65,
		stdout: '',
		stderr: expect.stringMatching(/^rounds: [^\n]+ cannot be read as the record of a round: [^\n]+\nSee: rounds help ops-log\n$/),
	});
	expect(await log('show', '1999')).toMatchObject({
		exitCode: 66,
		stderr: expect.stringMatching(/^rounds: No record of a round begins with "1999"[^\n]+\nSee: rounds help ops-log\n$/),
	});
	expect(await log('show')).toMatchObject({exitCode: 65});
	expect((await log()).exitCode).toBe(0);
});
