import {expect, test} from 'vitest';
import {width} from '../../src/terminal/width.ts';
import {drawMarkdown} from '../../views/primitives/markdown.ts';
import {createTheme} from '../../views/theme.ts';

const theme = createTheme({unicode: true, colour: false});
const drawn = (markdown: string, columns = 40) => drawMarkdown(theme, markdown, columns).map((line) => line.trimEnd());

test('a line break of the source is a blank; only a hard one breaks', () => {
	expect(drawn('waits up to five\nminutes; nothing\nruns there')).toEqual(['waits up to five minutes; nothing runs', 'there']);
	expect(drawn('one  \ntwo')).toEqual(['one', 'two']);
});

test('a long command is wrapped, not cut: every character is there', () => {
	const command = "kubectl get pod -o jsonpath='{range .status.containerStatuses[*]}{.name}{end}'";
	const lines = drawn(`\`\`\`sh\n${command}\n\`\`\``);
	expect(lines.every((line) => width(line) <= 40)).toBe(true);
	expect(lines.map((line) => line.slice(2)).join('')).toBe(command);
});
