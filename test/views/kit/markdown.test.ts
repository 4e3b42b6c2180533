import fc from 'fast-check';
import {expect, test} from 'vitest';
import {width} from '../../../src/base/terminal/width.ts';
import {draw} from '../../../views/kit/line.ts';
import {layMarkdown, type PageLine, type Stop} from '../../../views/kit/markdown.ts';
import {sectionsOf} from '../../../views/kit/markdown-source.ts';
import {columnWidths} from '../../../views/kit/markdown-table.ts';
import {createPage} from '../../../views/runbook/book/book-page.ts';
import {createTheme} from '../../../views/kit/theme.ts';

const theme = createTheme({unicode: true, colour: false});
const {symbols} = theme;
const lay = (markdown: string, columns = 40) => layMarkdown(markdown, {symbols, columns, isPage: (name) => name === 'pods'});
const drawn = (markdown: string, columns = 40) => lay(markdown, columns).map((line) => draw(theme, line, columns).trimEnd());
/** As a page does it: with shortcodes and comments made text. */
const page = (markdown: string, columns = 60) => {
	const made = createPage(markdown, {head: [], tail: [], columns, symbols});
	return made.rows({section: 0, line: 0}, 1000).map(({parts}) => draw(theme, parts, columns).trimEnd());
};
const stops = (lines: readonly PageLine[]): readonly Stop[] => [
	...new Set(lines.flatMap((line) => line.flatMap(({mark}) => (mark ? [mark] : [])))),
];

test('a line break of the source is a blank; only a hard one breaks', () => {
	expect(drawn('waits up to five\nminutes; nothing\nruns there')).toEqual(['waits up to five minutes; nothing runs', 'there']);
	expect(drawn('one  \ntwo')).toEqual(['one', 'two']);
});

test('a long command is wrapped, not cut: every character is there', () => {
	const command = "kubectl get pod -o jsonpath='{range .status.containerStatuses[*]}{.name}{end}'";
	const lines = lay(`\`\`\`\n${command}\n\`\`\``).map((line) => line.map(({text}) => text).join(''));
	expect(lines.every((line) => width(line) <= 40)).toBe(true);
	expect(lines.map((line) => line.slice(2)).join('')).toBe(command);
});

test('a long command is cut after a blank where one is near', () => {
	const lines = drawn('```sh\nkubectl get events -n checkout --sort-by=.lastTimestamp --watch=false\n```');
	expect(lines).toEqual(['│ kubectl get events -n checkout      sh', '│ --sort-by=.lastTimestamp --watch=false']);
});

test('code names its language where there is room, and keeps its blanks', () => {
	expect(drawn('```yaml\na:\n  b: 1\n```', 20)).toEqual(['│ a:            yaml', '│   b: 1']);
});

test('lists nest, count on from their number, and boxes show what the file says', () => {
	expect(drawn('3. three\n4. four\n   - deeper\n     - deepest\n- [ ] open\n- [x] done')).toEqual([
		'3. three',
		'4. four',
		'   · deeper',
		'     · deepest',
		'',
		'· [ ] open',
		'· [x] done',
	]);
});

test('boxes with the same words below one heading are distinguished', () => {
	const keys = stops(layMarkdown('- [ ] wait\n- [ ] check\n- [ ] wait', {symbols, columns: 40, heading: 'Do'})).map(
		(stop) => stop.kind === 'task' && stop.key,
	);
	expect(keys).toEqual(['do > wait', 'do > check', 'do > wait (2)']);
});

test('tables fit: cells wrap, short columns keep their words, and where nothing fits rows become facts', () => {
	const table = '| sign | what to do about it |\n|---|---|\n| 137 | killed for memory, see the limit |\n| 1 | read the log |';
	expect(drawn(table, 30)).toEqual([
		'sign  what to do about it',
		'──────────────────────────────',
		'137   killed for memory, see',
		'      the limit',
		'1     read the log',
	]);
	expect(drawn('| a | b | c | d |\n|---|---|---|---|\n| one | two | three | four |', 14)).toEqual([
		'a: one',
		'b: two',
		'c: three',
		'd: four',
	]);
});

test('a table of any size is never wider than the screen, and no cell loses a word', () => {
	const cell = fc.string({unit: fc.constantFrom('a', 'b', 'ß', '日', ' '), maxLength: 30}).map((text) => text.trim() || 'x');
	fc.assert(
		fc.property(
			fc.array(fc.array(cell, {minLength: 3, maxLength: 3}), {minLength: 1, maxLength: 5}),
			fc.integer({min: 12, max: 80}),
			(rows, columns) => {
				const markdown = ['| h1 | h2 | h3 |', '|---|---|---|', ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');
				const lines = drawn(markdown, columns);
				for (const line of lines) expect(width(line)).toBeLessThanOrEqual(columns);
				const letters = (text: string) =>
					text
						.replaceAll(/[^abß日]/g, '')
						.split('')
						.toSorted()
						.join('');
				expect(letters(lines.join(''))).toBe(letters(rows.flat().join('')));
			},
		),
	);
});

test('column widths keep what fits and cut the widest first', () => {
	expect(columnWidths([4, 10], 20)).toEqual([4, 10]);
	expect(columnWidths([4, 50, 30], 40)).toEqual([4, 18, 18]);
	expect(columnWidths([3, 3, 3], 5)).toEqual([3, 3, 3]);
});

test('links show where they lead; a page named in backticks is one; pictures are their words', () => {
	expect(drawn('[in](x.md) [out](https://x.y) <https://z.y> `pods` ![a cat](cat.png)', 80)).toEqual([
		'in→ out <https://x.y> https://z.y `pods`→ [picture: a cat]',
	]);
	expect(stops(lay('[in](x.md) [out](https://x.y) `pods` `other`')).map((stop) => stop.kind === 'link' && stop.href)).toEqual([
		'x.md',
		'https://x.y',
		'pods.md',
	]);
});

test('reference links find their address in another section', () => {
	const made = createPage('## A\n\nsee [it][ref]\n\n## B\n\n[ref]: https://x.y\n', {head: [], tail: [], columns: 40, symbols});
	expect(made.stops(1)).toMatchObject([{stop: {kind: 'link', href: 'https://x.y'}}]);
});

test('quotes, HTML, comments and shortcodes are readable text', () => {
	expect(drawn('> careful\n> now')).toEqual(['│ careful now']);
	expect(
		page(
			'{{< note >}}Mind the gap{{< /note >}}\n\n<!-- secret\n# not a heading\n-->\n{{% figure src="a.png" alt="a graph" %}}\n\n<details><summary>More</summary>\n<p>in <b>here</b></p></details>\n\nx<br>y <kbd>z</kbd>\n\n[go]({{< ref "pods.md#do" >}})',
		),
	).toEqual(['', '**Note**: Mind the gap'.replaceAll('*', ''), '', '[picture: a graph]', '', 'More', 'in here', '', 'x', 'y z', '', 'go→']);
	expect(page('{{< highlight bash >}}\n# not a heading\necho {{ x }}\n{{< /highlight >}}')).toEqual([
		'',
		expect.stringMatching(/^│ # not a heading +bash$/),
		'│ echo {{ x }}',
	]);
	expect(page('```\n{{< ref "x" >}} <!-- stays -->\n```')).toEqual(['', '│ {{< ref "x" >}} <!-- stays -->']);
});

test('an alert wears its name, what no longer holds its marks, entities their characters', () => {
	expect(drawn('> [!WARNING]\n> Not at **night**.')).toEqual(['│ Warning', '│ Not at night.']);
	expect(drawn('> [!note] no alert')).toEqual(['│ [!note] no alert']);
	expect(lay('> [!CAUTION]\n> x')[0]?.map(({tone}) => tone)).toEqual(['amber', 'amber']);
	expect(drawn('use ~~the old way~~ the new')).toEqual(['use ~~the old way~~ the new']);
	expect(drawn('&copy; 2026 &mdash; caf&eacute; &#8230; &#x1F680; &lt;b&gt; &nonsense; &#27;[31m')).toEqual([
		'© 2026 — café … 🚀 <b> &nonsense;',
	]);
	expect(drawn('<ops@example.com>')).toEqual(['ops@example.com']);
});

test('columns of figures are at the right', () => {
	expect(drawn('| of | bytes |\n|---|--:|\n| a | 7 |\n| b | 12,000 |')).toEqual([
		'of    bytes',
		'───────────',
		'a         7',
		'b    12,000',
	]);
});

test('cuts a wide character in nested quotes when few columns are left', () => {
	const made = createPage('> >>日本```\n', {head: [], tail: [], columns: 10, symbols});
	for (const {parts} of made.rows({section: 0, line: 0}, 500)) expect(width(parts.map(({text}) => text).join(''))).toBeLessThanOrEqual(10);
});

test('whatever the text, it is laid out within its columns and holds nothing that acts', () => {
	const text = fc
		.array(
			fc.oneof(
				fc.string({unit: 'binary', maxLength: 20}),
				fc.constantFrom(
					'# ',
					'\n',
					'- ',
					'> ',
					'```\n',
					'|',
					'\n|---|\n',
					'[',
					'](',
					')',
					'<b',
					'>',
					'{{<',
					'>}}',
					'    ',
					'\u001B[31m',
					'\u202E',
					'日本',
				),
			),
			{maxLength: 40},
		)
		.map((parts) => parts.join(''));
	fc.assert(
		fc.property(text, fc.integer({min: 10, max: 90}), (markdown, columns) => {
			const made = createPage(markdown, {head: [], tail: [], columns, symbols});
			for (const {parts} of made.rows({section: 0, line: 0}, 500)) {
				const line = parts.map(({text: part}) => part).join('');
				expect(width(line)).toBeLessThanOrEqual(columns);
				// oxlint-disable-next-line no-control-regex -- control characters are what this is about
				expect(line).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u202A-\u202E]/);
			}
		}),
	);
});

test('nesting beyond measure is text, not a crash', () => {
	expect(drawn(`${'> '.repeat(3000)}deep`).join('')).toContain('deep');
	expect(drawn(`${'['.repeat(2000)}x`).join('')).toContain('x');
});

test('sections are cut at headings outside of code, long ones at blank lines, and a cut fence continues', () => {
	expect(sectionsOf('a\n# B\nb\n```\n# no\n```\n## C').map(({heading, level, line}) => [heading, level, line])).toEqual([
		['', 0, 0],
		['B', 1, 1],
		['C', 2, 6],
	]);
	const long = sectionsOf(`# Log\n\n\`\`\`sh\n${'echo one line of it\n'.repeat(8000)}\`\`\`\nafter`);
	expect(long.length).toBeGreaterThan(3);
	for (const {text} of long.slice(1, -1)) expect(text).toMatch(/^```sh\n[^]*\n```$/);
	expect(long.at(-1)?.text).toMatch(/after$/);
	expect(long.every(({heading}) => heading === 'Log')).toBe(true);
});

test('a long table that is cut keeps its head; a paragraph of marks is cut before it costs seconds', () => {
	const table = sectionsOf(`| a | b |\n| --- | --- |\n${'| *one* | two |\n'.repeat(3000)}`);
	expect(table.length).toBeGreaterThan(2);
	for (const {text} of table.slice(0, -1)) expect(text.split('\n', 2)).toEqual(['| a | b |', '| --- | --- |']);
	const marks = sectionsOf(`${'*a_'.repeat(60)}\n`.repeat(500));
	for (const {text} of marks) expect(text.match(/[*_]/g)?.length ?? 0).toBeLessThanOrEqual(2600);
});

test('footnotes are told by their number, below where the source tells them; in code and where none is told they stay as they are', () => {
	const source =
		'Wait[^1] and call[^who], not `grep [^1]`.\n\n```sh\ngrep "[^1]" file\n```\n\n[^1]: five minutes, see the wiki\n[^who]: https://example.com/who\n';
	expect(page(source).filter(Boolean)).toEqual([
		'Wait[1] and call[who], not `grep [^1]`.',
		expect.stringContaining('grep "[^1]" file'),
		'· [1] five minutes, see the wiki',
		'· [who] https://example.com/who',
	]);
	expect(page('not told[^1]').filter(Boolean)).toEqual(['not told[^1]']);
});
