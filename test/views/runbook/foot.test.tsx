import {expect, test} from 'vitest';
import type {RunEnd} from '../../../src/runbooks/blocks/run-block.ts';
import {createFakeApp} from '../../helpers/fake-app.ts';
import {renderScreen} from '../../helpers/render.tsx';
import {fakeRunbook} from './fake-runbook.ts';

const runbooks = [
	fakeRunbook('pods', 'When pods crash', '## Do\n\n```sh\nkubectl get pods\n```\n'),
	fakeRunbook('other', 'The other one', '## Step one\n\nx\n\n## Step two\n\ny\n'),
];

test('what a block printed stays at the foot of its own runbook, what still runs in every one', async () => {
	const ended = Promise.withResolvers<RunEnd>();
	const app = createFakeApp({
		runbooks,
		environment: 'staging',
		runBlock(_plan, onOutput) {
			onOutput('line one\n');
			return {stop: () => {}, ended: ended.promise};
		},
	});
	const screen = await renderScreen(app, {columns: 120, rows: 40});
	await screen.press('2', 'r');
	await screen.waitFor('When pods crash');
	await screen.press('c', 'x');
	await screen.waitFor('This will run');
	await screen.press('y');
	await screen.waitFor('line one');
	await screen.press('K', 'the other one');
	await screen.waitFor('▌ The other one');
	await screen.press('enter');
	await screen.waitFor('Step two');
	expect(screen.frame()).toContain('line one');
	ended.resolve({done: true, words: 'exit code 0', durationMs: 1234});
	await screen.waitFor('Output pinned as evidence');
	expect(screen.frame()).not.toContain('line one');
	await screen.press('[');
	await screen.waitFor('exit code 0 in 1.2 s');
	expect(screen.frame()).toContain('line one');
});
