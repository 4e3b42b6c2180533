import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {parseRunbook} from '../../src/runbooks/parse.ts';
import {addTip, appendTip} from '../../src/runbooks/tips.ts';

const tip = {text: 'look at the node first', operator: 'alice', at: Date.parse('2026-11-20T08:40:00Z')};
const line = '- 2026-11-20, alice: look at the node first';

describe('appending', () => {
	test.each([
		['makes the section', '# A\n\ntext\n', `# A\n\ntext\n\n## Tips\n\n${line}\n`],
		['into an empty file', '', `## Tips\n\n${line}\n`],
		['no final newline', '# A', `# A\n\n## Tips\n\n${line}\n`],
		['at the end of the section', '## Tips\n\n- old\n', `## Tips\n\n- old\n${line}\n`],
		['before the next section', '## Tips\n\n- old\n\n## Undo\n\nx\n', `## Tips\n\n- old\n${line}\n\n## Undo\n\nx\n`],
		['into an empty section', '## Tips\n\n## Undo\n', `## Tips\n\n${line}\n\n## Undo\n`],
		['deeper headings belong to it', '## Tips\n\n### At night\n\n- old\n', `## Tips\n\n### At night\n\n- old\n${line}\n`],
		['a heading in a code block is none', '```\n## Tips\n```\n', `\`\`\`\n## Tips\n\`\`\`\n\n## Tips\n\n${line}\n`],
		['keeps CRLF', '# A\r\n\r\n## tips ##\r\n\r\n- old\r\n', `# A\r\n\r\n## tips ##\r\n\r\n- old\r\n${line}\r\n`],
	])('%s', (_, source, expected) => {
		expect(appendTip(source, tip)).toBe(expected);
	});

	test('several lines stay one item', () => {
		expect(appendTip('', {...tip, text: 'first\n\n  second\n'})).toBe('## Tips\n\n- 2026-11-20, alice: first\n\n  second\n');
	});

	test('a second tip stands under the first', () => {
		expect(appendTip(appendTip('# A\n', tip), {...tip, operator: 'bob'})).toBe(
			`# A\n\n## Tips\n\n${line}\n${line.replace('alice', 'bob')}\n`,
		);
	});
});

describe('writing', () => {
	let directory: string;
	beforeEach(async () => {
		directory = await mkdtemp(join(tmpdir(), 'rounds-tips-'));
	});
	afterEach(() => rm(directory, {recursive: true, force: true}));

	async function runbook(embedded: boolean) {
		const path = join(directory, 'pods.md');
		const text = '---\ntitle: Pods\n---\n# Pods\n';
		await writeFile(path, text);
		return parseRunbook({id: 'pods', path, embedded, text}).runbook;
	}

	test('into the team’s own file', async () => {
		const path = await addTip({...tip, runbook: await runbook(false), teamDirectory: undefined});
		expect(await readFile(path, 'utf8')).toBe(`---\ntitle: Pods\n---\n# Pods\n\n## Tips\n\n${line}\n`);
		expect(await readdir(directory)).toEqual(['pods.md']);
	});

	test('an embedded one is copied to the team, and the copy is extended from then on', async () => {
		const embedded = await runbook(true);
		const teamDirectory = join(directory, 'team', 'runbooks');
		const path = await addTip({...tip, runbook: embedded, teamDirectory});
		await addTip({...tip, operator: 'bob', runbook: embedded, teamDirectory});
		expect(path).toBe(join(teamDirectory, 'pods.md'));
		expect(await readFile(path, 'utf8')).toMatch(/alice: .*\n.*bob: /);
		expect(await readFile(embedded.path, 'utf8')).not.toContain('alice');
	});

	test('an embedded one without a team directory says what to add', async () => {
		await expect(addTip({...tip, runbook: await runbook(true), teamDirectory: undefined})).rejects.toThrow(/runbooks: docs\/runbooks/);
	});

	test('a directory that cannot be made is one clear sentence and loses nothing', async () => {
		const embedded = await runbook(true);
		await expect(addTip({...tip, runbook: embedded, teamDirectory: join(embedded.path, 'below')})).rejects.toThrow(
			/could not be written to/,
		);
		expect(await readdir(directory)).toEqual(['pods.md']);
	});
});
