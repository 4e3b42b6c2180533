import {expect, test} from 'vitest';
import {localLinks} from '../../src/runbooks/links.ts';

const links = (markdown: string) => localLinks(markdown).map(({line, path, anchor}) => [line, path, anchor]);

test.each([
	['a page', '[a](pods.md)', [[0, 'pods.md', undefined]]],
	['an anchor of this page', 'x\n\n[a](#Who-to-call)', [[2, '', 'who-to-call']]],
	['both, with a query and blanks', '[a](../a%20b.md?raw=1#do)', [[0, '../a b.md', 'do']]],
	['a lone percent sign', '[a](100%.md)', [[0, '100%.md', undefined]]],
	[
		'in lists, quotes, tables and emphasis',
		'- a\n  - [x](1.md)\n\n> **[y](2.md)**\n\n| a |\n|---|\n| [z](3.md) |',
		[
			[1, '1.md', undefined],
			[3, '2.md', undefined],
			[7, '3.md', undefined],
		],
	],
	['a picture', '![a](a.png)', [[0, 'a.png', undefined]]],
	[
		'a picture that is a link',
		'[![a](a.png)](a.md)',
		[
			[0, 'a.md', undefined],
			[0, 'a.png', undefined],
		],
	],
	['by reference', '[a][r]\n\n[r]: pods.md', [[0, 'pods.md', undefined]]],
	['in HTML', 'x\n\n<img src="a.png">', [[2, 'a.png', undefined]]],
	[
		'twice the same',
		'[a](x.md)\n[a](x.md)',
		[
			[0, 'x.md', undefined],
			[1, 'x.md', undefined],
		],
	],
	['elsewhere', '[a](https://e.com) [b](mailto:a@e.com) [c](//e.com) [d](/root.md) <https://e.com> [e]({{< ref "a" >}})', []],
	['code', '`[a](b.md)`\n\n```\n[a](b.md)\n```', []],
])('%s', (_, markdown, expected) => {
	expect(links(markdown).toSorted((a, b) => Number(a[0]) - Number(b[0]))).toEqual(expected);
});
