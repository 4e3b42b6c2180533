import {describe, expect, test} from 'vitest';
import {appendTip} from '../../src/runbooks/tips.ts';

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
		['mixed line breaks stay', 'a\r\nb\nc', `a\r\nb\nc\r\n\r\n## Tips\r\n\r\n${line}\r\n`],
		['front matter is no heading', '---\ntitle: x\n---\n', `---\ntitle: x\n---\n\n## Tips\n\n${line}\n`],
		['keeps CRLF', '# A\r\n\r\n## tips ##\r\n\r\n- old\r\n', `# A\r\n\r\n## tips ##\r\n\r\n- old\r\n${line}\r\n`],
	])('%s', (_, source, expected) => {
		expect(appendTip(source, tip)).toBe(expected);
	});

	test('several lines stay one item', () => {
		expect(appendTip('', {...tip, text: 'first\n\n  second\n'})).toBe('## Tips\n\n- 2026-11-20, alice: first\n\n  second\n');
	});

	test('a second tip is under the first', () => {
		expect(appendTip(appendTip('# A\n', tip), {...tip, operator: 'bob'})).toBe(
			`# A\n\n## Tips\n\n${line}\n${line.replace('alice', 'bob')}\n`,
		);
	});
});
