/**
 * Draws the README's pictures from real frames: runs the built demo in a pseudo-terminal, walks to what is to be seen
 * and writes what the terminal shows, cell by cell, as SVG. `npm run picture`.
 */
import {writeFile} from 'node:fs/promises';
import {openTerminal, type Cell, type TestTerminal} from '../helpers/terminal.ts';

const size = {columns: 120, rows: 40};
const cell = {width: 8.43, height: 18};
const foreground = '#d8dee9';
const background = '#101418';
/** The sixteen colours of the terminal, by palette index. */
const palette = [
	'#101418',
	'#ff5f56',
	'#3fd07c',
	'#ffb02e',
	'#5fa8ff',
	'#c792ea',
	'#56c8d8',
	'#d8dee9',
	'#7a8490',
	'#ff5f56',
	'#3fd07c',
	'#ffb02e',
	'#5fa8ff',
	'#c792ea',
	'#56c8d8',
	'#ffffff',
];

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Neighbouring cells of one style as one run, so that the file stays small. */
function runsOf(cells: readonly Cell[]): readonly {readonly at: number; readonly text: string; readonly style: Cell}[] {
	const runs: {at: number; text: string; style: Cell}[] = [];
	cells.forEach((one, at) => {
		const last = runs.at(-1);
		if (
			last &&
			last.style.colour === one.colour &&
			last.style.bold === one.bold &&
			last.style.dim === one.dim &&
			last.style.inverse === one.inverse
		)
			last.text += one.text;
		else runs.push({at, text: one.text, style: one});
	});
	return runs;
}

function drawRow(cells: readonly Cell[], row: number): string {
	return runsOf(cells)
		.map(({at, text, style}) => {
			const colour = style.colour === undefined ? foreground : (palette[style.colour] ?? foreground);
			const x = 12 + at * cell.width;
			const box = style.inverse
				? `<rect x="${x}" y="${14 + row * cell.height}" width="${text.length * cell.width}" height="${cell.height}" fill="${colour}"/>`
				: '';
			if (text.trim() === '') return box;
			const weight = style.bold ? ' font-weight="700"' : '';
			const opacity = style.dim ? ' opacity="0.6"' : '';
			return `${box}<text x="${x}" y="${28 + row * cell.height}" textLength="${text.length * cell.width}" fill="${style.inverse ? background : colour}"${weight}${opacity} xml:space="preserve">${escape(text)}</text>`;
		})
		.join('');
}

interface Picture {
	readonly file: string;
	/** Words after `rounds`. */
	readonly args: readonly string[];
	/** What it shows, for those who do not see it. */
	readonly label: string;
	readonly walk: (terminal: TestTerminal) => Promise<unknown>;
}

const pictures: readonly Picture[] = [
	{
		file: '.github/round.svg',
		args: ['demo'],
		label: 'The round: the checklist at the left, the pods of production in the middle, their runbook below',
		async walk(terminal) {
			await terminal.waitFor('suggested');
			terminal.press('3');
			await terminal.waitFor(/NAME +READY +STATUS/);
			await terminal.waitUntil((screen) => !/asking|on their way/.test(screen), 'every check to be done');
		},
	},
	{
		file: '.github/logs.svg',
		args: ['tail', '--demo'],
		label: 'Live logs: bars over time, the stack of filters, the lines of all pods, below them what they have in common',
		async walk(terminal) {
			await terminal.waitFor(/\d error/);
			terminal.press('L', 'L', 't');
			await terminal.waitFor(/PATTERN\n[^]*creating issue/);
		},
	},
];

for (const {file, args, label, walk} of pictures) {
	const terminal = openTerminal(process.execPath, ['dist/cli.js', ...args], {...size, env: {USER: 'alice', ROUNDS_OPERATOR: 'alice'}});
	await walk(terminal);
	const rows = terminal.cells().map(drawRow).join('\n');
	const [width, height] = [24 + size.columns * cell.width, 28 + size.rows * cell.height];
	await writeFile(
		file,
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">
<rect width="100%" height="100%" rx="8" fill="${background}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14">
${rows}
</g>
</svg>
`,
	);
	terminal.close();
	process.stdout.write(`${file}\n`);
}
