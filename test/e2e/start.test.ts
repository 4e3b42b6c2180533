/** The first moments in a real terminal: what a wrong configuration does to the screen, and leaving before the round is there. */
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {openRounds, scratch} from '../helpers/demo-terminal.ts';

test('a wrong rounds.yaml gives the terminal back, with the sentence on it and its exit code', async () => {
	const home = await scratch();
	await writeFile(join(home, 'rounds.yaml'), 'services: 7\n');
	const terminal = openRounds({args: [], home});
	const {exitCode, alternate, cursorShown} = await terminal.ended();
	expect({exitCode, alternate, cursorShown}).toEqual({exitCode: 78, alternate: false, cursorShown: true});
	expect(terminal.screen()).toContain('rounds.yaml');
});

test('ctrl-c typed with the first byte leaves as soon as anything listens', async () => {
	const home = await scratch();
	const terminal = openRounds({args: ['demo'], home});
	let typed = false;
	terminal.onData(() => {
		if (!typed) terminal.press('C-c');
		typed = true;
	});
	const {exitCode, alternate} = await terminal.ended();
	expect({exitCode, alternate}).toEqual({exitCode: 0, alternate: false});
});

test('a key typed with the first byte is done in the round', async () => {
	const home = await scratch();
	const terminal = openRounds({args: ['demo'], home});
	let typed = false;
	terminal.onData(() => {
		if (!typed) terminal.press('3');
		typed = true;
	});
	expect(await terminal.waitFor(/▌\S* *3 Pods/)).toContain('Pods');
	terminal.press('C-c');
	await terminal.exited;
});
