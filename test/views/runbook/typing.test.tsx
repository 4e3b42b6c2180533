/** What is typed on a runbook's page: into its file, or for a block's variable. */
import {expect, test} from 'vitest';
import {createFakeApp} from '../../helpers/fake-app.ts';
import {renderScreen} from '../../helpers/render.tsx';
import {fakeRunbook} from './fake-runbook.ts';

async function open(markdown: string) {
	const app = createFakeApp({runbooks: [fakeRunbook('pods', 'When pods crash', markdown)], environment: 'staging'});
	const screen = await renderScreen(app, {columns: 120, rows: 40});
	await screen.press('2', 'r');
	await screen.waitFor('When pods crash');
	return {app, screen};
}

const firstLook = '## First look\n\n```sh\nkubectl logs "$POD"\n```\n\n## Do\n\nwait\n';

test('this step was wrong, and a tip, go into the file', async () => {
	const {app, screen} = await open(firstLook);
	await screen.press('c');
	await screen.press('w');
	await screen.press('the flag is gone', 'enter');
	await screen.waitFor('written below “First look”');
	await screen.press('t', 'look twice', 'enter');
	await screen.waitFor('the tip is in');
	expect(app.asked).toEqual(['wrong pods the flag is gone @ First look', 'tip pods look twice']);
});

test('what is being typed is kept letter by letter: asked again, or after the end of the program, it is there', async () => {
	const {app, screen} = await open(firstLook);
	await screen.press('c');
	await screen.press('w', 'the flag is', 'escape');
	await screen.waitFor('Draft saved. Press w to continue.');
	await screen.press('t', 'look', 'escape');
	expect(app.round.get().draft).toEqual({field: 'runbook/tip/pods', text: 'look'});
	expect(app.round.get().laidAside).toEqual([{field: 'runbook/wrong/pods/0/First look', text: 'the flag is'}]);
	await screen.press('w');
	await screen.waitFor(/below “First look”[^]*> the flag is/);
	await screen.press(' gone');

	const again = await renderScreen(app, {columns: 120, rows: 40});
	await again.waitFor(/When pods crash[^]*below “First look”[^]*> the flag is gone/);
	await again.press('enter');
	await again.waitFor('written below “First look”');
	expect(app.asked).toEqual(['wrong pods the flag is gone @ First look']);
	expect([app.round.get().draft, ...(app.round.get().laidAside ?? [])]).toEqual([undefined, {field: 'runbook/tip/pods', text: 'look'}]);
});

test('a value that was typed is offered to the next block that asks for it; a secret is kept nowhere', async () => {
	const asks = '## Do\n\n```\necho "$WORD"\n```\n\n```\necho again "$WORD"\n```\n\n```\necho "$API_TOKEN"\n```\n';
	const {app, screen} = await open(asks);
	await screen.press('c', 'x', 'hello', 'enter', 'n', 'c', 'x');
	await screen.waitFor(/WORD: what value\?[^]*> hello/);
	await screen.press('enter', 'n', 'c', 'x', 'hush');
	await screen.waitFor('> hush');
	expect(JSON.stringify(app.round.get())).not.toContain('hush');
});
