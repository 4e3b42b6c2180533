/** "Same as before": the answers of a past anomaly, taken over with one key. */
import {expect, test} from 'vitest';
import {emptyMemory} from '../../../src/ops-log/memory/memory.ts';
import {createSeenIndex} from '../../../src/ops-log/memory/seen-before.ts';
import type {PastAnomaly} from '../../../src/round/investigation/past-anomaly.ts';
import {createFakeApp} from '../../helpers/fake-app.ts';
import {morning} from '../../helpers/fake-readings.ts';
import {renderScreen} from '../../helpers/render.tsx';

const past: readonly PastAnomaly[] = [
	{
		at: morning - 8 * 86_400_000,
		check: 'pods',
		problem: 'api OOMKilled after 1.40.0',
		outcome: 'noise',
		cause: 'cache without a bound',
	},
	{at: morning - 9 * 86_400_000, check: 'pods', problem: 'the queue of thumbnails stands still', outcome: 'serious', cause: 'a full disk'},
];

async function onPods(known: readonly PastAnomaly[]) {
	const seen = createSeenIndex();
	for (const one of known) seen.add(one);
	const app = createFakeApp({kinds: ['pods', 'health'], memory: {...emptyMemory(), past: known, seen}});
	const screen = await renderScreen(app, {columns: 120, rows: 40});
	await screen.press('i');
	await screen.waitFor('What is the problem');
	return {app, screen, first: () => app.round.get().steps[0]?.investigation};
}

test('takes the problem, the cause as the root and the outcome; what it asks for besides is asked next', async () => {
	const {screen, first} = await onPods(past);
	await screen.press('ctrl-u', 'api OOMKilled', '\u0013');
	await screen.waitFor('Filled in from an earlier case');
	expect(first()).toMatchObject({problem: 'api OOMKilled after 1.40.0', whys: ['cache without a bound'], whysDone: true, outcome: 'noise'});
	expect(first()?.closedAt).toBeUndefined();
});

test('fills in the earlier case by history, and copies its cause with one key', async () => {
	const {screen, first} = await onPods(past);
	await screen.press('ctrl-u', 'api OOMKilled', 'enter');
	await screen.waitFor('1  Why: api OOMKilled?');
	await screen.press('\u0014');
	await screen.waitFor('Which method do you want');
	await screen.press('2');
	const asked = await screen.waitFor('When did this happen before');
	expect(asked.replaceAll(/\s+/g, ' ')).toMatch(/> \d{4}-\d\d-\d\d: api OOMKilled after 1\.40\.0 → noise ·/);
	await screen.press('\u0013');
	await screen.waitFor('What changed since it last worked?');
	expect(first()?.answers).toMatchObject({
		'history.before': expect.stringMatching(/^\d{4}-\d\d-\d\d: api OOMKilled after 1\.40\.0 → noise · cache without a bound$/),
		'cause.history': 'cache without a bound',
	});
	await screen.press('enter');
	await screen.waitFor('What is the outcome?');
});

test('what is typed decides which one it is like', async () => {
	const {screen} = await onPods(past);
	await screen.press('ctrl-u', 'thumbnails queue');
	expect(await screen.waitFor('Seen before')).toMatch(/Seen before[^]*queue of thumbnails/);
	await screen.press('\u0013');
	await screen.waitFor('Filled in from an earlier case');
	expect(screen.frame()).toContain('a full disk');
});

test('says so where nothing like it is known', async () => {
	const {screen, first} = await onPods([]);
	await screen.press('\u0013');
	await screen.waitFor('nothing like it is known from before');
	expect(first()?.whys).toEqual([]);
});
