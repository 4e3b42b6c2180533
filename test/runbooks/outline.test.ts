import {describe, expect, test} from 'vitest';
import {anchors, outline, sectionAt} from '../../src/runbooks/outline.ts';

const headings = (text: string) => outline(text.split('\n')).headings.map(({line, next, level, text}) => [line, next, level, text]);
const fences = (text: string) => outline(text.split('\n')).fences;

describe('headings', () => {
	test.each([
		[
			'marks, closed or not',
			'# A\n## B ##\n###### C#\n',
			[
				[0, 1, 1, 'A'],
				[1, 2, 2, 'B'],
				[2, 3, 6, 'C#'],
			],
		],
		[
			'underlined',
			'A\n===\n\nB\n---\n',
			[
				[0, 2, 1, 'A'],
				[3, 5, 2, 'B'],
			],
		],
		['up to three blanks', '   # A\n    # code', [[0, 1, 1, 'A']]],
		[
			'with CRLF',
			'# A\r\nB\r\n---\r\n',
			[
				[0, 1, 1, 'A'],
				[1, 3, 2, 'B'],
			],
		],
		['without text', '#\n', [[0, 1, 1, '']]],
		['seven marks, a tag, a rule, a list, a quote, a table are none', '####### A\n#tag\n\n---\n- a\n---\n> a\n---\n| a |\n---\n', []],
		['a heading is no text above a line', '# A\n---\n', [[0, 1, 1, 'A']]],
		['not in code', '```\n# A\n```\n  ~~~~\n# B\n~~~\n# C\n~~~~\n# D', [[8, 9, 1, 'D']]],
		['not in code of a list', '1. a\n\n   ```sh\n# A\n   ```\n', []],
		['after code within a line', '```a``` b\n# A', [[1, 2, 1, 'A']]],
	])('%s', (_, text, expected) => {
		expect(headings(text)).toEqual(expected);
	});

	test('five megabytes, also of what could make a pattern slow', () => {
		const long = `# ${' '.repeat(2_500_000)}#${' '.repeat(2_500_000)}x\n${'- '.repeat(1000)}\n`;
		expect(outline(long.split('\n')).headings).toHaveLength(1);
	});
});

test('code blocks with their language', () => {
	expect(fences('```sh\na\n```\n\n~~~\n```\n~~~\n\n  ```` sql {linenos}\n```\n````\n')).toEqual([
		{line: 0, language: 'sh', closed: true},
		{line: 4, language: '', closed: true},
		{line: 8, language: 'sql', closed: true},
	]);
	expect(fences('text\n```sh\nfor ever')).toEqual([{line: 1, language: 'sh', closed: false}]);
});

test('anchors as GitHub makes them, explicit ones and those of HTML', () => {
	const text = '# What’s `up`, Doc?\n## Do\n## Do\n## Größe & Maß\n## [Stop](stop.md) it {#Halt}\n<a id="here"></a>\n```\n# no\n```';
	expect([...anchors(text.split('\n'))]).toEqual([
		['whats-up-doc', 0],
		['do', 1],
		['do-1', 2],
		['größe--maß', 3],
		['halt', 4],
		['stop-it', 4],
		['here', 5],
	]);
});

test('a section ends before the next heading of its rank', () => {
	const text = '# A\n## Do\n1. x\n### More\ny\n## Undo\nz\n';
	expect(sectionAt(text, 'DO')).toBe('## Do\n1. x\n### More\ny');
	expect(sectionAt(text, 'more')).toBe('### More\ny');
	expect(sectionAt(text, 'undo')).toBe('## Undo\nz\n');
	expect(sectionAt(text, 'gone')).toBeUndefined();
});
