/** A runbook read and run by keyboard, in a real terminal against the simulated company. */
import {existsSync} from 'node:fs';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openRounds, repositoryOf, type RoundsTerminal, scratch, serveCompany} from '../helpers/demo-terminal.ts';

const runbook = `---
title: When a pod misbehaves
checks: [pods]
owner: payments
contacts: ['Ada, 555-0100']
last_reviewed_on: 2020-01-01
---

## First look

See [the other page](other.md#second-step).

- [ ] look at the pod
- [ ] tell the channel

\`\`\`sh
echo "pod $POD says $WORD"
\`\`\`

\`\`\`
touch changed
\`\`\`
`;
const other = '# The other page\n\n## First step\n\nnothing\n\n## Second step\n\nback from here\n';

/** A team whose runbooks lie in its repository; the company is the demo's. */
async function openTeam(
	more: readonly string[] = [],
): Promise<RoundsTerminal & {readonly repository: string; readonly again: () => RoundsTerminal}> {
	const company = await serveCompany('morning');
	const repository = await repositoryOf(company, ['health', 'alerts', 'pods']);
	await mkdir(join(repository, 'docs', 'runbooks'), {recursive: true});
	await writeFile(join(repository, 'docs', 'runbooks', 'pods.md'), runbook);
	await writeFile(join(repository, 'docs', 'runbooks', 'other.md'), other);
	const home = await scratch();
	const again = () => openRounds({args: more, home, cwd: repository, env: company.environment});
	return {...again(), repository, again};
}

/** Looks the team's runbook up and opens it. */
async function openRunbook(rounds: RoundsTerminal) {
	await rounds.at('Health');
	await rounds.pressFor('3', /▌[✓!✗?] ?3 /);
	await rounds.pressFor(['K', 'pod misbehaves'], /▌ When a pod misbehaves/);
	await rounds.pressFor('Enter', /owner +payments/);
}

test('a runbook is found, ticked, followed and run; what it printed is evidence', {timeout: 60_000}, async () => {
	const rounds = await openTeam();
	await openRunbook(rounds);
	expect(rounds.screen()).toContain('stale: reviewed 2020-01-01, due 2020-06-29');

	await rounds.pressFor(['/', 'tell the', 'Enter'], /▌ . \[ \] tell the channel/);
	// The link first, then the boxes.
	rounds.press('g', 'Tab', 'Tab');
	await rounds.pressFor('Enter', /\[x\] look at the pod +\d\d:\d\d alice/);

	rounds.press('Escape');
	await rounds.waitUntil((screen) => !screen.includes('▌'), 'nothing selected');
	rounds.press('g', 'Tab');
	await rounds.pressFor('Enter', /▌ Second step/);
	await rounds.pressFor('[', /owner +payments/);

	await rounds.pressFor('x', 'WORD: what value?');
	const asked = await rounds.pressFor(['$(id); hello', 'Enter'], 'This will run, through sh:');
	expect(asked).toContain('echo "pod $POD says $WORD"');
	expect(asked).toMatch(/POD=\S+ \(the row\)/);
	expect(asked).toContain('only reads');
	await rounds.pressFor('y', /pod \S+ says \$\(id\); hello/);
	await rounds.waitFor(/exit code 0 in \d/);
	await rounds.waitFor('Output pinned as evidence');
	await rounds.pressFor('r', /pinned[^]*\* \$ through sh: echo/);

	await rounds.pressFor('K', 'Runbooks ');
	await rounds.pressFor('Escape', 'suggested');
	rounds.press('q');
	expect(await rounds.ended()).toMatchObject({exitCode: 0, alternate: false});
});

test(
	'what changes things in production wants the name; a wrong step is told in the file, also over a kill -9; read-only refuses',
	{timeout: 60_000},
	async () => {
		const rounds = await openTeam();
		await openRunbook(rounds);
		await rounds.pressFor(['c', 'c', 'x'], 'This will run, without a shell:');
		expect(rounds.screen()).toContain('changes things');
		await rounds.pressFor('y', 'type checkout to run it');
		await rounds.pressFor(['yes', 'Enter'], 'that is not checkout: nothing was run');
		expect(existsSync(join(rounds.repository, 'changed'))).toBe(false);
		await rounds.pressFor(['C-u', 'checkout', 'Enter'], /exit code 0 in \d/);
		expect(existsSync(join(rounds.repository, 'changed'))).toBe(true);

		await rounds.pressFor('w', 'What is wrong with this step?');
		await rounds.pressFor('do not', '> do not');
		await rounds.saved('"do not"');
		rounds.kill('SIGKILL');
		await rounds.exited;
		const again = rounds.again();
		await again.waitFor('Your own round, not finished');
		await again.pressFor('g', /What is wrong with this step\? Written below “First look”[^]*> do not/);
		await again.pressFor([' touch', 'Enter'], 'written below “First look”');
		const file = await readFile(join(rounds.repository, 'docs', 'runbooks', 'pods.md'), 'utf8');
		expect(file).toMatch(/^> \*\*Wrong\*\*, \d{4}-\d\d-\d\d, alice: do not touch$/m);
		expect(file.startsWith(runbook.trimEnd())).toBe(true);
		again.press('C-c');
		expect(await again.ended()).toMatchObject({alternate: false});

		const reading = await openTeam(['--read-only']);
		await openRunbook(reading);
		await reading.pressFor('x', '--read-only: blocks cannot run');
		expect(existsSync(join(reading.repository, 'changed'))).toBe(false);
		reading.press('q', 'q');
		expect(await reading.ended()).toMatchObject({exitCode: 0});
	},
);

test('K looks a runbook up over a file’s logs, without rounds.yaml, and esc goes back to them', {timeout: 60_000}, async () => {
	const home = await scratch();
	await writeFile(join(home, 'case.log'), 'api: exit code 137\n');
	const tail = openRounds({args: ['tail', 'case.log'], home});
	await tail.waitFor('exit code 137');
	await tail.pressFor(['K', 'oom killed'], /▌ .*OOM/);
	await tail.pressFor('Enter', 'LAST column keeps it');
	await tail.pressFor('x', 'Read only.');
	tail.press('Escape');
	await tail.waitUntil((screen) => !screen.includes('Read only.'), 'the block let go of');
	expect(await tail.pressFor('Escape', 'api: exit code 137')).toContain('following');
});
