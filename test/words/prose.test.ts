/** The rules that hold the manual, the runbooks and the pages of the repository to plain English. */
import {execa} from 'execa';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, test} from 'vitest';

async function rulesBrokenBy(markdown: string): Promise<readonly string[]> {
	const directory = await mkdtemp(path.join(tmpdir(), 'rounds-prose-'));
	try {
		const file = path.join(directory, 'page.md');
		await writeFile(file, markdown);
		const {stdout} = await execa('node', ['node_modules/.bin/textlint', '--rulesdir', 'test/words/prose', '--format', 'json', file], {
			reject: false,
		});
		const [result] = JSON.parse(stdout) as readonly {readonly messages: readonly {readonly ruleId: string}[]}[];
		return (result?.messages ?? []).map(({ruleId}) => ruleId);
	} finally {
		await rm(directory, {recursive: true, force: true});
	}
}

const words = (count: number) => Array.from({length: count}, () => 'word').join(' ');

test('passes a page when its sentences are plain', async () => {
	const page = `# Title\n\nPress \`u\` to undo. ${words(25)}.\n\n1. \`rounds\` shows every pod; the rest follows.\n\n\`\`\`sh\nmend it beside nobody\n\`\`\`\n`;
	expect(await rulesBrokenBy(page)).toEqual([]);
});

test.each([
	['forbidden-words', 'a forbidden word is in a sentence', 'How do you mend this?\n'],
	['forbidden-words', 'a forbidden word is in a table', '| a | b |\n|---|---|\n| x | odd |\n'],
	['key-as-subject', 'a key does something by itself', 'Later, `u` takes it back. `u` takes it back.\n'],
	['sentence-length', 'a sentence has 26 words', `${words(26)}.\n`],
])('reports %s when %s', async (rule, _, page) => {
	expect(await rulesBrokenBy(page)).toEqual([rule]);
});

test('counts code as one word', async () => {
	expect(await rulesBrokenBy(`${words(23)} \`${words(10)}\` end.\n`)).toEqual([]);
});
