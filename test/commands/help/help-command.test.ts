import {describe, expect, test} from 'vitest';
import {help} from '../../../src/commands/help/help-command.ts';
import {commandNames, parse} from '../../../src/commands/kit/program.ts';
import {manualTopics} from '../../../src/runbooks/manual.ts';
import {printPage} from '../../../views/kit/print-page.ts';

async function run(words: readonly string[], columns?: number) {
	let text = '';
	const draw = async (markdown: string, width: number) => printPage(markdown, {columns: width, unicode: true, colour: false});
	const code = await help({words, commands: commandNames, say: (more) => (text += more), columns, draw});
	return {text, code};
}

describe('rounds help', () => {
	test('lists every topic with one line each when no topic is given', async () => {
		const {text, code} = await run([]);
		expect(code).toBe(0);
		for (const [topic, summary] of Object.entries(manualTopics))
			expect(text).toMatch(new RegExp(`^  ${topic} +${summary.replaceAll(/[.*+?()]/g, String.raw`\$&`)}$`, 'm'));
	});

	test('prints the markdown as written, without markers, when nothing is a terminal', async () => {
		const {text} = await run(['keys']);
		expect(text).toMatch(/^# Keys\n/);
		expect(text).toContain('| `a` |');
		expect(text).not.toContain('<!--');
	});

	test('lays the page out within the columns when it is shown in a terminal', async () => {
		const {text} = await run(['walk'], 60);
		expect(text).not.toContain('# The walk');
		expect(text).toContain('The walk');
		expect(text.split('\n').filter((line) => line.length > 60)).toEqual([]);
	});

	test.each(Object.keys(manualTopics))('shows %s in 40 and in 200 columns', async (topic) => {
		expect((await run([topic], 40)).text.length).toBeGreaterThan(200);
		expect((await run([topic], 200)).text.length).toBeGreaterThan(200);
	});

	test('names the nearest topic when there is none of that name', async () => {
		await expect(run(['tirage'])).rejects.toMatchObject({exitCode: 64, message: expect.stringContaining('Did you mean "triage"?')});
		await expect(run(['of', 'what'])).rejects.toMatchObject({exitCode: 64});
	});

	test('prints the options of a command when a command is named', () => {
		let out = '';
		expect(parse(['help', 'check'], {out: (text) => (out += text), err: () => {}})).toEqual({exitCode: 0});
		expect(out).toMatch(/^Usage: rounds check/);
		expect(parse(['help', 'logs'], {out: () => {}, err: () => {}})).toMatchObject({command: 'help', words: ['logs']});
	});
});
