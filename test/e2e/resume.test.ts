/** A round outlives its process: killed, cut off from its terminal or crashed, it continues at the same step with every word. */
import {mkdir, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {expect, test} from 'vitest';
import {draftsOf, entriesOf, openRounds, type RoundsTerminal, scratch} from '../helpers/demo-terminal.ts';

/** Below the home, so that what the program keeps there is not the repository's. */
const repositoryOf = (home: string) => join(home, 'repository');

/** A home with a repository in it whose checks need no server. */
async function newHome(): Promise<string> {
	const home = await scratch();
	await mkdir(repositoryOf(home));
	const checks = ['Health', 'Alerts', 'Pods'].map(
		(title) => `  - {check: command, id: ${title.toLowerCase()}, title: ${title}, options: {command: [echo, fine]}}\n`,
	);
	const services = 'services: [{name: checkout, owner: payments, environments: [{name: production}]}]\n';
	await writeFile(join(repositoryOf(home), 'rounds.yaml'), `${services}checks:\n${checks.join('')}`);
	return home;
}

const open = (home: string, env: Readonly<Record<string, string>> = {}) => openRounds({args: [], home, cwd: repositoryOf(home), env});

const words = 'the queue is slow since seven';

/**
 * Types letter by letter until the process is killed on the way. What the screen shows when a signal ends the process is
 * kept; `kill -9` may cost the last 150 ms, so that it waits for all but the last letter on disk.
 */
async function typeAndDie(rounds: RoundsTerminal, signal: string) {
	const most = words.slice(0, -1);
	for (const letter of most) rounds.press(letter);
	await rounds.waitFor(most);
	if (signal === 'SIGKILL') await rounds.saved(most);
	rounds.press(words.slice(-1));
	rounds.kill(signal);
	await rounds.exited;
}

/** One check decided, and the note on the next one being typed. */
async function typeNoteAndDie(rounds: RoundsTerminal, signal: string) {
	await rounds.at('Health');
	rounds.press('a');
	await rounds.at('Alerts');
	await rounds.pressFor('n', 'Note on alerts');
	await typeAndDie(rounds, signal);
}

/** A second start in the same home offers the round; it continues with the note being typed, which can be kept. */
async function goOnWithNote(home: string) {
	const rounds = open(home);
	await rounds.waitFor('Your own round, not finished');
	await rounds.waitFor(/1 of \d+ reviewed, 0 anomalies, at alerts/);
	await rounds.pressFor('g', `> ${words.slice(0, -1)}`);
	expect(rounds.screen()).toContain('Note on alerts');
	expect(rounds.screen()).toMatch(/1 Health +ok /);
	rounds.press('Enter');
	await rounds.waitUntil((screen) => !screen.includes('Note on alerts') && screen.includes(words.slice(0, -1)), 'the note kept');
	rounds.press('C-c');
	return rounds.ended();
}

const restored = {exitCode: 0, alternate: false, cursorShown: true};

test.each(['SIGKILL', 'SIGHUP'])('after %s the round goes on in the middle of a note', async (signal) => {
	const home = await newHome();
	await typeNoteAndDie(open(home), signal);
	expect(await goOnWithNote(home)).toEqual(restored);
});

test('SIGTERM restores the terminal and keeps the note', async () => {
	const home = await newHome();
	const rounds = open(home);
	await typeNoteAndDie(rounds, 'SIGTERM');
	expect(await rounds.ended()).toMatchObject({alternate: false, cursorShown: true});
	expect(await goOnWithNote(home)).toEqual(restored);
});

test('loses neither a verdict nor a note when SIGKILL comes right after them', async () => {
	const home = await newHome();
	const first = open(home);
	await first.at('Health');
	first.press('a');
	await first.at('Alerts');
	await first.pressFor('n', 'Note on alerts');
	first.press(words, 'Enter');
	await first.waitUntil((screen) => !screen.includes('Note on alerts') && screen.includes(words), 'the note kept');
	first.kill('SIGKILL');
	await first.exited;
	const second = open(home);
	await second.waitFor(/1 of \d+ reviewed, 0 anomalies, at alerts/);
	expect(await second.pressFor('g', words)).toMatch(/1 Health +ok /);
});

test.each(['SIGTERM', 'SIGHUP'])('resumes at the check that was selected when %s came', async (signal) => {
	const home = await newHome();
	const first = open(home);
	await first.at('Health');
	first.press('a');
	await first.at('Alerts');
	first.press('j');
	await first.at('Pods');
	first.kill(signal);
	await first.exited;
	const second = open(home);
	expect(await second.waitFor('Your own round, not finished')).toMatch(/1 of \d+ reviewed, 0 anomalies, at pods/);
});

test('after SIGKILL the round continues in the middle of a triage', async () => {
	const home = await newHome();
	const first = open(home);
	await first.at('Health');
	await first.pressFor('x', 'What is the problem');
	await first.pressFor('Enter', '1  Why:');
	await typeAndDie(first, 'SIGKILL');
	const second = open(home);
	await second.waitFor(/1 of \d+ reviewed, 1 anomaly/);
	const screen = await second.pressFor('g', `> ${words.slice(0, -1)}`);
	expect(screen).toContain('1  Why:');
});

test('the round continues in the middle of editing its entry, and what was decided is decided', async () => {
	const home = await newHome();
	const first = open(home);
	const total = Number(/ 0 of (\d+) /.exec(await first.at('Health'))?.[1]);
	for (let number = 1; number <= total; number++) {
		await first.waitFor(new RegExp(`▌[✓!✗?] ?${number} `));
		first.press('a');
		await first.decided(number);
	}
	await first.pressFor('c', 'What will be written');
	await first.pressFor('e', 'Edit the log entry');
	// At the start, where no line break comes in between.
	first.press('\u0001');
	await typeAndDie(first, 'SIGKILL');

	const second = open(home);
	await second.waitFor(`all ${total} checks reviewed, being closed`);
	const screen = await second.pressFor('g', 'Edit the log entry');
	expect(screen).toContain(words.slice(0, -1));
	expect(await entriesOf(join(repositoryOf(home), 'docs', 'ops', 'ops-log.md'))).toEqual([]);
});

test('begun again, the killed round stays on disk', async () => {
	const home = await newHome();
	const first = open(home);
	await first.at('Health');
	first.press('a');
	await first.decided(1);
	first.kill('SIGKILL');
	await first.exited;
	const second = open(home);
	await second.waitFor(/1 of \d+ reviewed, 0 anomalies, at alerts/);
	await second.pressFor('f', /▌. ?1 Health[^]*0 of \d+ reviewed/);
	const drafts = await readdir(draftsOf(home));
	expect(drafts.filter((name) => name.endsWith('.json'))).toHaveLength(2);
});

test('an uncaught error restores the terminal, says where the trace is and keeps the note', async () => {
	const home = await newHome();
	// Node itself is told to fail: the product knows nothing of it.
	const trap = join(home, 'trap.mjs');
	await writeFile(trap, "process.on('SIGUSR2', () => { throw new Error('the trap snapped'); });\n");
	const rounds = open(home, {NODE_OPTIONS: `--import=${pathToFileURL(trap).href}`});
	await typeNoteAndDie(rounds, 'SIGUSR2');
	expect(await rounds.ended()).toEqual({exitCode: 70, alternate: false, cursorShown: true});
	expect(rounds.screen()).toContain('stopped by a defect in rounds: the trap snapped');
	const crashes = join(home, 'state', 'rounds', 'crashes');
	const [trace = ''] = await readdir(crashes);
	expect(await readFile(join(crashes, trace), 'utf8')).toContain('trap.mjs');
	expect((await stat(join(crashes, trace))).mode & 0o777).toBe(0o600);
	expect(await goOnWithNote(home)).toEqual(restored);
});

test('a broken draft ends nothing, and a round that cannot be saved says so and stays as it was', async () => {
	const home = await newHome();
	const drafts = draftsOf(home);
	const first = open(home);
	await first.at('Health');
	first.press('a');
	await first.decided(1);
	first.kill('SIGKILL');
	await first.exited;
	const [name = ''] = (await readdir(drafts)).filter((file) => file.endsWith('.json'));
	await writeFile(join(drafts, name), '{"half a');

	// What others on the repository were shown of it is still there to continue with.
	const second = open(home);
	await second.waitFor(/1 of \d+ reviewed, 0 anomalies, at alerts/);
	second.press('f');
	await second.at('Health');
	await rm(drafts, {recursive: true});
	await writeFile(drafts, 'in the way');
	await second.pressFor('a', 'cannot save the round, so nothing changed');
	expect(second.screen()).toMatch(/▌✓ 1 Health[^]* 0 of \d+ reviewed/);
	await rm(drafts);
	second.press('a');
	await second.decided(1);
});
