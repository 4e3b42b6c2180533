/** The page of a runbook stays what it was: one step back at a time, and the tips of its check on it. */
import {expect, test} from 'vitest';
import type {Runbook} from '../../../src/runbooks/runbook.ts';
import {createFakeApp} from '../../helpers/fake-app.ts';
import {renderScreen} from '../../helpers/render.tsx';
import {fakeRunbook} from './fake-runbook.ts';

const size = {columns: 120, rows: 40};
const blocks = '```sh\nkubectl logs -n "$NAMESPACE" "$POD"\n```\n\n```sh\nkubectl delete pod "$POD"\n```\n';
const runbooks: readonly Runbook[] = [
	fakeRunbook('pods', 'When pods crash', `## First look\n\nAsk first.\n\n${blocks}`, {}),
	fakeRunbook('other', 'The other one', '## Step one\n\nx\n', {}),
];

test('esc from a value or the name goes back to what would run, and from there to the page', async () => {
	const screen = await renderScreen(createFakeApp({runbooks, environment: 'production'}), size);
	await screen.press('2', 'r');
	await screen.waitFor('Ask first');
	await screen.press('c', 'x', 'e');
	await screen.waitFor('NAMESPACE: what value?');
	await screen.press('escape');
	expect(await screen.waitFor('Press y to run, n to cancel')).not.toContain('what value?');
	await screen.press('escape', 'c', 'x', 'y');
	await screen.waitFor('This changes production: type checkout');
	await screen.press('escape');
	await screen.waitFor('Press y to type the name checkout');
	await screen.press('escape');
	await screen.waitFor('Ask first');
	expect(screen.frame()).not.toContain('This will run');
});

test('the tips of the check stay on the page while what the check finds moves on to another runbook', async () => {
	const tip = 'Look at LAST before STATUS';
	let found = runbooks[0];
	const app = {...createFakeApp({runbooks, environment: 'staging'}), runbookOf: () => found};
	const screen = await renderScreen(app, size);
	await screen.press('2', 'r', 'G');
	await screen.waitFor(tip);
	found = runbooks[1];
	await screen.resize(90, 40);
	await screen.press('G');
	expect(screen.frame()).toContain(tip);
});
