/** Runbooks over logs that are the program's own screen: looked up and read, nothing of them run or written. */
import {expect, test} from 'vitest';
import type {TailRunbooks} from '../../../src/apps/tail-app.ts';
import {fakeTail} from '../../helpers/fake-tail.ts';
import {misfits} from '../../helpers/render.tsx';
import {renderTail} from '../../helpers/render-tail.tsx';
import {fakeRunbook} from './fake-runbook.ts';

const runbooks = [
	fakeRunbook(
		'pods',
		'When pods crash',
		'## First look\n\n- [ ] look\n\nSee [the manual](https://example.com/).\n\n```sh\nkubectl get pods\n```\n',
	),
	fakeRunbook('other', 'The other one', '## Step one\n\nx\n'),
];

function tailWith(openRunbooks: () => Promise<TailRunbooks>) {
	const tail = fakeTail({openRunbooks});
	tail.add(['started', 'failed']);
	return tail;
}

function shelf(problem?: string) {
	const opened: string[] = [];
	const library: TailRunbooks = {
		runbooks: () => runbooks,
		findRunbooks: () => [],
		open: (url) => opened.push(url),
		problem,
	};
	return {opened, library};
}

test.each([
	[80, 24],
	[120, 40],
	[200, 50],
])('K looks a runbook up at %ix%i, enter opens it, esc goes back to the logs', async (columns, rows) => {
	const screen = await renderTail(
		tailWith(() => Promise.resolve(shelf().library)),
		{columns, rows},
	);
	await screen.press('K');
	await screen.waitFor('Runbooks   2');
	expect(misfits(screen.frame(), columns, rows)).toEqual([]);
	expect(screen.frame()).toContain('deploy/api');
	await screen.press('enter');
	await screen.waitFor('First look');
	expect(misfits(screen.frame(), columns, rows)).toEqual([]);
	await screen.press('escape');
	await screen.waitFor('failed');
	expect(screen.frame()).not.toContain('First look');
	expect(screen.exits()).toBe(0);
});

test('a link is followed; a block is not run, a box not ticked, no tip taken, and each says why', async () => {
	const {opened, library} = shelf();
	const screen = await renderTail(tailWith(() => Promise.resolve(library)));
	await screen.press('K', 'enter');
	await screen.waitFor('First look');
	await screen.press('tab', 'enter');
	await screen.waitFor('Read only.');
	expect(screen.frame()).not.toContain('[x]');
	await screen.press('tab', 'enter');
	await screen.until(() => opened.length > 0);
	expect(opened).toEqual(['https://example.com/']);
	for (const key of ['x', 't', 'w']) {
		await screen.press('j');
		await screen.until(() => !screen.frame().includes('Read only.'));
		await screen.press(key);
		await screen.waitFor('Read only.');
	}
});

test('what is typed before the runbooks are there is typed into the look-up, and esc leaves it', async () => {
	let arrive: (runbooks: TailRunbooks) => void = () => undefined;
	const screen = await renderTail(tailWith(() => new Promise<TailRunbooks>((resolve) => (arrive = resolve))));
	await screen.press('K');
	await screen.waitFor('reading the runbooks');
	await screen.press('pod');
	arrive(shelf('docs/runbooks does not exist').library);
	await screen.waitFor('/ pod');
	await screen.press('escape', 'K', 'escape');
	arrive(shelf().library);
	expect(await screen.waitFor('failed')).not.toContain('Runbooks   2');
});

test('runbooks that cannot be read are said, and the logs continue', async () => {
	const screen = await renderTail(tailWith(() => Promise.reject(new Error('too many open files'))));
	await screen.press('K');
	await screen.waitFor('too many open files');
	expect(screen.frame()).toContain('failed');
});
