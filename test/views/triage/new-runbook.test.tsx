/** A first runbook from the investigation on the screen. */
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {writeNewRunbook} from '../../../src/runbooks/new-runbook-file.ts';
import {createFakeApp} from '../../helpers/fake-app.ts';
import {renderScreen} from '../../helpers/render.tsx';

const ctrlX = '\u0018';

test('ctrl-x writes what is known, once the problem has its words', async () => {
	const app = createFakeApp({kinds: ['pods', 'health']});
	const screen = await renderScreen(app, {columns: 120, rows: 40});
	await screen.press('i');
	await screen.waitFor('What is the problem');
	await screen.press(ctrlX);
	await screen.waitFor('say first what the problem is');
	await screen.press('ctrl-u', 'api dies', 'enter', ctrlX);
	await screen.waitFor('a first runbook is in /runbooks/api-dies.md');
	expect(app.asked.filter((one) => one.startsWith('runbook '))).toEqual([expect.stringContaining('## Symptom\n\napi dies\n')]);
});

test('the file goes into the team’s directory, and never over another', async () => {
	const directory = await mkdtemp(join(tmpdir(), 'rounds-runbook-'));
	onTestFinished(() => rm(directory, {recursive: true, force: true}));
	const of = {name: 'api-dies', text: '# one\n', teamDirectory: join(directory, 'docs', 'runbooks')};
	const path = await writeNewRunbook(of);
	expect(await readFile(path, 'utf8')).toBe('# one\n');
	await expect(writeNewRunbook({...of, text: '# two\n'})).rejects.toThrow('api-dies.md already exists. Nothing was written.');
	expect(await readFile(path, 'utf8')).toBe('# one\n');
	await expect(writeNewRunbook({...of, teamDirectory: undefined})).rejects.toThrow('set runbooks: of the service');
});
