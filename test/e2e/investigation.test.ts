/** Investigations in a real terminal: from a row to the closed record, by two methods, killed on the way. */
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import type {RoundRecord} from '../../src/ops-log/record-file.ts';
import {allInvestigations} from '../../src/round/investigations.ts';
import {demoRepository, openRounds, type RoundsTerminal, scratch, skipAndClose} from '../helpers/demo-terminal.ts';

const ctrl = {n: '\u000E', t: '\u0014', v: '\u0016', g: '\u0007', l: '\u000C'};

/** The pods of the morning, the cursor on the one that crashes. */
async function atPods(rounds: RoundsTerminal) {
	await rounds.at('Health');
	rounds.press('3');
	await rounds.at('Pods');
	await rounds.pressFor('Tab', /▌ {2}\S+ +0\/1 +CrashLoopBackOff/);
}

test('from a row to the closed record by whys and by elimination, through a kill', {timeout: 60_000}, async () => {
	const home = await scratch();
	const args = ['demo'];
	const first = openRounds({args, home, columns: 100, rows: 30});
	await atPods(first);

	// Whys: two answers to the first one, the second with its evidence.
	await first.pressFor('i', 'What is the problem');
	await first.pressFor(['C-u', 'api pods are killed'], '> api pods are killed');
	await first.pressFor('Enter', '1  Why: api pods are killed?');
	await first.pressFor(['out of memory', ctrl.n], 'Another answer');
	await first.pressFor(['the node was full', 'Enter'], '2  Why: out of memory?');
	await first.pressFor(['a cache without', ctrl.g], 'press b to pin, esc to return');
	// The next row of the live pane speaks for it.
	first.press('j');
	await first.pressFor('b', 'pinned:');
	await first.pressFor('Escape', '> a cache without');
	first.kill('SIGKILL');
	await first.exited;

	const rounds = openRounds({args, home});
	await rounds.waitFor('Your own round, not finished');
	const again = await rounds.pressFor('g', '> a cache without');
	expect(again).toMatch(/why 1 +out of memory/);
	await rounds.pressFor([' a bound', ctrl.v], 'What speaks for “a cache without a bound”?');
	await rounds.pressFor('2', '[x]');
	await rounds.pressFor('Left', '3  Why: a cache without a bound?');

	// Logs and back, then the same by elimination; the whys stay.
	await rounds.pressFor(ctrl.l, /▌ \d\d:\d\d:\d\d/);
	await rounds.pressFor('b', 'pinned to the investigation');
	await rounds.pressFor('Escape', '3  Why:');
	await rounds.pressFor(ctrl.t, 'Which method do you want');
	await rounds.pressFor('5', 'Name the first suspect');
	await rounds.pressFor(['the node', 'Enter'], 'What else could it be?');
	await rounds.pressFor(['the cache', 'Enter'], 'suspect 2');
	await rounds.pressFor('Tab', 'What rules out the node?');
	await rounds.pressFor(['its other pods run', 'Enter'], 'What rules out the cache?');
	await rounds.pressFor('Enter', '> the cache');
	await rounds.pressFor('Enter', 'What is the outcome?');
	await rounds.pressFor('1', 'Which users are affected?');
	await rounds.pressFor('Enter', 'Required to close as');
	await rounds.pressFor(['all who pay', 'Enter'], 'How many users?');
	await rounds.pressFor(['one in ten', 'Enter'], 'What can users not do?');
	await rounds.pressFor(['pay', 'Enter'], 'Is it an outage?');
	rounds.press('2');
	await rounds.decided(1);

	// A second one, of another row, closed by whys: the fewest keys.
	rounds.press('3');
	await rounds.pressFor(['Tab', 'G', 'i'], 'What is the problem');
	await rounds.pressFor('Enter', '1  Why:');
	await rounds.pressFor(['it always was so', 'Tab'], 'What is the outcome?');
	await rounds.pressFor('2', 'When should it be escalated?');
	rounds.press('Enter');
	await rounds.waitUntil((screen) => !screen.includes('Triage of'), 'the end of the second one');
	const list = await rounds.pressFor('I', 'Investigations of this round');
	expect(list.match(/ (?:serious|intermittent) +(?:\d+m)?\d+s/g)).toHaveLength(2);
	rounds.press('Escape');
	await rounds.waitUntil((screen) => !screen.includes('Investigations of this round'), 'the round');
	await skipAndClose(rounds);

	const ops = join(demoRepository(home), 'docs', 'ops');
	// The demo's own past lies there too.
	const records = (await readdir(join(ops, 'rounds'))).filter((file) => file.endsWith('-alice.json')).toSorted();
	const {entry, round} = JSON.parse(await readFile(join(ops, 'rounds', records.at(-1) ?? ''), 'utf8')) as RoundRecord;
	const links = allInvestigations(round).map(({record}) => record ?? '');
	expect(links).toHaveLength(2);
	expect(links[0]).toMatch(/^investigations\/\d{4}-\d\d-\d\d-pods-api-pods-are-killed\.md$/);
	expect(entry).toContain(`api pods are killed serious (the cache) [record](${links[0]})`);
	expect(entry).toContain(`[record](${links[1]})`);
	const report = await readFile(join(ops, links[0] ?? ''), 'utf8');
	expect(report).toMatch(/^# api pods are killed\n\n\*\*Outcome:\*\* serious/);
	expect(report).toContain('**Root cause:** the cache');
	expect(report).toMatch(/~~the node~~ ruled out by: its other pods run/);
	expect(report).toMatch(
		/Also examined with five whys:\n\n1\. out of memory\n {3}1\. a cache without a bound \(evidence 2\)\n1\. the node was full/,
	);
	expect(report).toMatch(/^3\. .*\(pods, /m);

	rounds.press('q');
	expect(await rounds.ended()).toMatchObject({exitCode: 0});
});
