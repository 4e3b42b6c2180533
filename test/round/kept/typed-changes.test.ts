/** The cursor and what is typed change at once and are saved a moment later; a confirmed step is saved before it shows. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {createDraftStore} from '../../../src/adapters/disk/draft-store.ts';
import {createJournal, type DraftStore, type SavedRound} from '../../../src/round/kept/journal.ts';
import {createPresenceFiles} from '../../../src/round/kept/presence-file.ts';
import {createRoundHolder} from '../../../src/round/kept/round-holder.ts';
import {createRound, type RoundState} from '../../../src/round/round.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';
import {startedAt, verdict} from '../samples.ts';

/** A round of 30 checks that counts what is written; `onDisk` is the round as the next start finds it. */
function walk() {
	const directory = mkdtempSync(join(tmpdir(), 'rounds-typed-'));
	onTestFinished(() => rmSync(directory, {recursive: true}));
	const clock = createFakeClock(startedAt);
	const writes = {drafts: 0, presence: 0};
	let full = false;
	const files = createDraftStore({directory, now: clock.now});
	const drafts: DraftStore = {
		...files,
		save(...saved) {
			if (full) throw Object.assign(new Error('ENOSPC: no space left on device, write'), {code: 'ENOSPC'});
			writes.drafts++;
			files.save(...saved);
		},
	};
	const presenceFiles = createPresenceFiles(join(directory, '.walking'));
	const presence = {
		...presenceFiles,
		save(...shown: Parameters<typeof presenceFiles.save>) {
			writes.presence++;
			presenceFiles.save(...shown);
		},
	};
	const processes = {self: {pid: 1, host: 'laptop', token: 'a1'}, isAlive: () => true};
	const journal = createJournal({drafts, presence, processes, now: clock.now, timeZone: 'Europe/Berlin'});
	const steps = Array.from({length: 30}, (_, index) => ({id: `check-${index}`, title: `Check ${index}`}));
	const initial = createRound({service: 'checkout', environment: 'production', operator: 'alice', startedAt, steps});
	const problems: string[] = [];
	const holder = createRoundHolder({initial, journal, clock, onProblem: (sentence) => problems.push(sentence)});
	holder.adopt(initial);
	Object.assign(writes, {drafts: 0, presence: 0});
	const onDisk = (): RoundState => (createDraftStore({directory}).load(initial.id)!.value as SavedRound).state;
	return {
		...holder,
		clock,
		writes,
		problems,
		onDisk,
		fill: (is: boolean) => {
			full = is;
		},
		move: (times: number) => {
			for (let to = 1; to <= times; to++) holder.dispatch({type: 'moved', to});
		},
		type: (text: string) => holder.dispatch({type: 'drafted', draft: {field: 'note', step: 'check-0', text}}),
	};
}

test('writes once for 20 moves of the cursor, after 150 ms, and nothing into the repository', async () => {
	const round = walk();
	round.move(20);
	await round.clock.advance(149);
	expect(round.store.get().cursor).toBe(20);
	expect(round.writes).toEqual({drafts: 0, presence: 0});
	await round.clock.advance(1);
	expect(round.writes).toEqual({drafts: 1, presence: 0});
	expect(round.onDisk().cursor).toBe(20);
	await round.clock.advance(10_000);
	expect(round.writes).toEqual({drafts: 1, presence: 0});
});

test('saves every 150 ms while letters keep coming', async () => {
	const round = walk();
	for (let letters = 1; letters <= 10; letters++) {
		round.type('x'.repeat(letters));
		// oxlint-disable-next-line no-await-in-loop -- one letter after the other
		await round.clock.advance(100);
	}
	expect(round.writes).toEqual({drafts: 5, presence: 0});
	expect(round.onDisk().draft?.text).toBe('x'.repeat(10));
});

test('has a confirmed step on disk before it shows, together with what was typed before', async () => {
	const round = walk();
	round.type('half a sen');
	const shown: unknown[] = [];
	round.store.subscribe(() => {
		const {steps, draft} = round.onDisk();
		shown.push([steps[3]?.verdict?.kind, draft?.text]);
	});
	round.dispatch({type: 'decided', step: 'check-3', verdict: verdict('ok')});
	expect(shown).toEqual([['ok', 'half a sen']]);
	expect(round.writes).toEqual({drafts: 1, presence: 1});
	await round.clock.advance(1000);
	expect(round.writes).toEqual({drafts: 1, presence: 1});
});

test('has what is typed on disk when flush returns', async () => {
	const round = walk();
	round.flush();
	expect(round.writes.drafts).toBe(0);
	round.type('half a sen');
	round.flush();
	expect(round.onDisk().draft?.text).toBe('half a sen');
	await round.clock.advance(1000);
	expect(round.writes.drafts).toBe(1);
});

test('saves what is typed before another round is walked', () => {
	const round = walk();
	round.type('half a sen');
	const {draft: _typed, ...rest} = round.store.get();
	round.adopt({...rest, id: 'another'});
	expect(round.onDisk().draft?.text).toBe('half a sen');
});

test('says when the disk refuses what is typed, keeps it on the screen and saves it with the next try', async () => {
	const round = walk();
	round.fill(true);
	round.type('half a sen');
	await round.clock.advance(150);
	expect(round.problems).toEqual([
		expect.stringMatching(/^cannot save what you typed, so only this screen has it: No space left on device/),
	]);
	expect(round.store.get().draft?.text).toBe('half a sen');
	round.fill(false);
	round.flush();
	expect(round.onDisk().draft?.text).toBe('half a sen');
});
