/** The morning round in a real terminal, by keyboard alone, from the first screen to the line in the ops log. */
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {expect, test} from 'vitest';
import type {RoundRecord} from '../../src/ops-log/record-file.ts';
import {parseEntry} from '../../src/ops-log/entry.ts';
import {demoRepository, entriesOf, openRounds, type RoundsTerminal, scratch} from '../helpers/demo-terminal.ts';

/** Blank-free text of a screen, so that where a long entry was wrapped does not matter. */
const unwrapped = (text: string) => text.replaceAll(/\s+/g, '');

const allDecided = 'Every check is reviewed. Press c to close the round.';
/** The check under the cursor has its answer. */
const answered = /▌[✓!✗?] ?\d+ /;

/** Answers the triage's questions: the problem as it is, one cause, the outcome of that number, all that it asks for. */
async function triage(rounds: RoundsTerminal, answers: {readonly why: string; readonly outcome: string; readonly followUp: string}) {
	await rounds.waitFor('What is the problem');
	await rounds.pressFor('Enter', '1  Why:');
	await rounds.pressFor([answers.why], `> ${answers.why}`);
	await rounds.pressFor('Tab', 'What is the outcome?');
	await rounds.pressFor(answers.outcome, 'outcome');
	await rounds.waitUntil((screen) => !screen.includes('What is the outcome?'), 'the outcome’s own question');
	for (let screen = rounds.screen(); screen.includes('Triage of');) {
		if (screen.includes('Is it an outage?')) {
			rounds.press('2');
			// oxlint-disable-next-line no-await-in-loop -- as below
			screen = await rounds.waitUntil((text) => !text.includes('Is it an outage?'), 'the choice made');
			continue;
		}
		const typed = `> ${answers.followUp}`;
		// oxlint-disable-next-line no-await-in-loop -- one question after the other
		await rounds.pressFor([answers.followUp], typed);
		rounds.press('Enter');
		// oxlint-disable-next-line no-await-in-loop -- as above
		screen = await rounds.waitUntil((text) => !text.includes(typed), 'the answer kept');
	}
}

/** Everything a screen must show at any size; a torn frame has something of it in the wrong row, or twice. */
function expectWhole(screen: string, {columns, rows}: {readonly columns: number; readonly rows: number}) {
	const lines = screen.split('\n');
	const ruled = /^[─┴┬┼]+$/;
	expect(lines).toHaveLength(rows);
	expect(lines[0]).toMatch(/^ rounds {2,}checkout · PRODUCTION .*\d\d:\d\d:\d\d/);
	expect(lines.filter((line) => line.includes('checkout · PRODUCTION'))).toHaveLength(1);
	expect(lines[1]).toHaveLength(columns);
	expect(lines[1]).toMatch(ruled);
	expect(lines.at(-2)).toHaveLength(columns);
	expect(lines.at(-1)).toMatch(/^ a accept {3}x anomaly.*\? keys$/);
	expect(lines.filter((line) => line.includes('a accept'))).toHaveLength(1);
}

/** The lines that live data does not change: everything but figures that tick. */
const still = (screen: string) =>
	screen
		.split('\n')
		.slice(1)
		.map((line) =>
			line
				.replaceAll(/\s*\d+ (s|m|h|ms)\b/g, '')
				.replaceAll(/\d+/g, '0')
				.trimEnd(),
		);

test('walks the morning to its line in the ops log', {timeout: 60_000}, async () => {
	const home = await scratch();
	const rounds = openRounds({args: ['demo'], home});
	await rounds.at('Health');

	// Help finds a key by what it does, and runs it.
	await rounds.pressFor('?', 'Write a note on this check');
	await rounds.pressFor(['write a note'], /▌.*Write a note on this check/);
	await rounds.pressFor('Enter', 'Note on health');
	await rounds.pressFor(['search is slow since the deploy'], '> search is slow since the deploy');
	rounds.press('Enter');
	await rounds.waitUntil((screen) => !screen.includes('Note on health'), 'the note kept');

	await rounds.pressFor('a', 'Triage of health');
	await triage(rounds, {why: 'the search index is rebuilt', outcome: '2', followUp: 'if it is still so at noon'});
	await rounds.at('Alerts');

	await rounds.pressFor('s', 'Skip alerts: for what reason?');
	await rounds.pressFor('Enter', 'a skip needs its reason');
	await rounds.pressFor(['bob looks at it', 'Enter'], /▌[✓!✗?] ?3 Pods/);

	// Rows: browse, filter, pin.
	await rounds.at('Pods');
	await rounds.pressFor(['/', 'n4vkg'], /n4vkg .*1 of 38 pods/);
	await rounds.pressFor(['Enter', 'b'], /pinned[^]*\* api-54fb9-n4vkg/);
	await rounds.pressFor('Escape', / {3}38 pods/);
	await rounds.pressFor('r', /\d+ to \d+ of \d+ lines/);
	await rounds.pressFor('r', 'suggested: anomaly');
	await rounds.pressFor('x', 'Triage of pods');
	await triage(rounds, {why: 'api 1.42.0 needs more memory', outcome: '1', followUp: 'one in ten cannot pay'});

	// The palette jumps by name; back again by number.
	await rounds.at('Errors');
	await rounds.pressFor([':', 'backups'], /▌.*Backups/);
	rounds.press('Enter');
	await rounds.at('Backups');
	rounds.press('4');
	await rounds.at('Errors');
	await rounds.pressFor('v', 'why is this OK?');
	rounds.press('the release is rolled back already', 'Enter');
	await rounds.decided(4);

	// What is suggested for the rest: the anomalies with their triage, the last one for the eye to judge.
	for (let decided = 4; decided < 30; decided++) {
		const screen = await rounds.waitUntil(
			(text) => text.includes(` ${decided} of `) && (answered.test(text) || text.includes(allDecided)),
			'the next check',
		);
		if (screen.includes(allDecided)) break;
		rounds.press('a');
		const suggested = await rounds.waitUntil((text) => text.includes('Triage of') || text.includes(` ${decided + 1} of `), 'the verdict');
		if (suggested.includes('Triage of')) await triage(rounds, {why: `cause ${decided}`, outcome: '4', followUp: `ticket ${decided}`});
	}
	expect(rounds.screen()).toContain(allDecided);

	const closing = await rounds.pressFor('c', 'What will be written');
	expect(closing).toMatch(/write \d+ investigations to docs\/ops\/investigations +y or n$/m);
	const repository = demoRepository(home);
	const log = join(repository, 'docs', 'ops', 'ops-log.md');
	const before = await entriesOf(log);
	expect(before.filter((text) => text.includes(' · alice · '))).toEqual([]);

	await rounds.pressFor('y', /append one line to docs\/ops\/ops-log\.md +y or n$/m);
	const reports = await readdir(join(repository, 'docs', 'ops', 'investigations'));
	await rounds.pressFor('y', /write the record .*y or n/);
	const [line = '', ...others] = (await entriesOf(log)).slice(before.length);
	expect(others).toEqual([]);
	await rounds.pressFor('y', 'The round is closed');
	// What is on the screen is what is in the file.
	expect(unwrapped(rounds.screen())).toContain(unwrapped(line));
	expect(parseEntry(line)).toMatchObject({
		service: 'checkout',
		environment: 'production',
		operator: 'alice',
		status: 'critical',
	});
	const entry = parseEntry(line);
	expect(entry?.findings.length).toBeGreaterThanOrEqual(11);
	expect(entry?.findings[1]).toBe('alerts skipped (bob looks at it)');
	expect(entry?.findings[3]).toMatch(/ok \(the release is rolled back already\)$/);
	expect(entry?.anomalies.length).toBeGreaterThanOrEqual(8);
	expect(entry?.anomalies[1]).toMatch(/serious \(api 1\.42\.0 needs more memory\) \[record\]\(investigations\/[^)]+\.md\)$/);
	expect(reports).toHaveLength(entry?.anomalies.length ?? 0);

	const records = join(repository, 'docs', 'ops', 'rounds');
	const [name = '', ...more] = (await readdir(records)).filter((file) => file.endsWith('-alice.json'));
	expect(more).toEqual([]);
	const record = JSON.parse(await readFile(join(records, name), 'utf8')) as RoundRecord;
	expect(record.entry).toBe(line);
	const verdicts = record.round.steps.map(({verdict}) => verdict?.kind);
	expect(verdicts).toHaveLength(entry?.findings.length ?? 0);
	expect(verdicts.slice(0, 4)).toEqual(['anomaly', 'skipped', 'anomaly', 'ok']);
	expect(verdicts.filter((kind) => kind === 'anomaly')).toHaveLength(entry?.anomalies.length ?? 0);
	expect(verdicts.at(-1)).toBe('ok');
	expect(record.round.pins).toMatchObject([{check: 'pods', text: expect.stringContaining('api-54fb9-n4vkg')}]);
	const [health, , pods] = record.round.steps;
	expect(health?.notes).toMatchObject([{operator: 'alice', text: 'search is slow since the deploy'}]);
	expect(pods?.investigation).toMatchObject({
		whys: ['api 1.42.0 needs more memory'],
		outcome: 'serious',
		followUp: 'one in ten cannot pay',
	});

	rounds.press('Enter');
	expect(await rounds.ended()).toEqual({exitCode: 0, alternate: false, cursorShown: true});
});

test('a morning where all is clear costs one key a check, and three to close', async () => {
	const home = await scratch();
	const rounds = openRounds({args: ['demo', 'all-clear'], home});
	let keys = 0;
	const press = (key: string) => {
		keys++;
		rounds.press(key);
	};
	const total = Number(/ 0 of (\d+) /.exec(await rounds.waitFor(answered))?.[1]);
	for (let decided = 0; decided < total; decided++) {
		await rounds.waitFor(new RegExp(`▌[✓!✗?] ?${decided + 1} `));
		press('a');
		await rounds.decided(decided + 1);
	}
	expect(total).toBeGreaterThanOrEqual(11);
	press('c');
	await rounds.waitFor(/append one line to docs\/ops\/ops-log\.md +y or n$/m);
	press('y');
	await rounds.waitFor(/write the record .*y or n/);
	press('y');
	await rounds.waitFor('The round is closed');
	expect(keys).toBe(total + 3);
	const [line = ''] = await entriesOf(join(demoRepository(home, 'all-clear'), 'docs', 'ops', 'ops-log.md'));
	expect(parseEntry(line)).toMatchObject({status: 'ok', anomalies: []});
	expect(parseEntry(line)?.findings).toHaveLength(total);
	rounds.press('q');
	expect(await rounds.ended()).toMatchObject({exitCode: 0});
});

test('a resize leaves nothing of the old frame behind', async () => {
	const rounds = openRounds({args: ['demo', 'all-clear'], home: await scratch()});
	await rounds.at('Health');
	// The dashboards' rows are links: nothing of them moves by itself.
	rounds.press('G');
	await rounds.at('Dashboards');
	const footed = (text: string) => /\n a accept .*\? keys$/.test(text) && !text.includes('asking');
	const first = await rounds.waitUntil(footed, 'every answer');
	expectWhole(first, {columns: 120, rows: 40});
	const seen = new Map([['120x40', still(first)]]);
	for (const [columns, rows] of [
		[80, 24],
		[200, 50],
		[80, 24],
		[120, 40],
	] as const) {
		const size = `${columns}x${rows}`;
		rounds.resize(columns, rows);
		const before = seen.get(size);
		// The second time at a size it is the very frame of the first: nothing of another one is left.
		const drawn = (text: string) =>
			footed(text) && text.split('\n')[1]?.length === columns && (before === undefined || isDeepStrictEqual(still(text), before));
		const screen = await rounds.waitUntil(drawn, `the frame of ${size}`);
		expectWhole(screen, {columns, rows});
		seen.set(size, still(screen));
	}
	rounds.press('q');
	expect(await rounds.ended()).toEqual({exitCode: 0, alternate: false, cursorShown: true});
});
