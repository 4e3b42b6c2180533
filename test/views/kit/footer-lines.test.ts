import {expect, test} from 'vitest';
import {footerLines} from '../../../views/kit/footer-lines.ts';
import {createTheme} from '../../../views/kit/theme.ts';

const theme = createTheme({unicode: true, colour: false});
const path = `/home/alice/.local/state/rounds/drafts/${'x'.repeat(32)}.json`;

test.each([
	['in one line', 'nothing was sent'],
	['in two, each word whole', 'A saved round cannot be read and was moved to /home/alice/.local/state/rounds/drafts/*.broken-1'],
	['in two, a path that is wider than a line as it is written', `it is laid aside as ${path}`],
])('a notice is told %s', (_, text) => {
	const lines = footerLines(theme, {columns: 80, scope: 'round', works: () => false, notice: {text, tone: 'strong'}, passing: true});
	const told = lines.map((line) => line.replaceAll(/^[─ ]+|[─ ]+$/g, ''));
	expect([told.join(''), told.join(' ')]).toContain(text);
});
