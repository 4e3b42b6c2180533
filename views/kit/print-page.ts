/** A page of markdown for a terminal without a full screen, laid out as the runbook page is. */
import {draw} from './line.ts';
import {layMarkdown} from './markdown.ts';
import {createTheme} from './theme.ts';

/** Longer lines are hard to read. */
const mostColumns = 100;

/** Lines end with a line break. */
export function printPage(
	markdown: string,
	terminal: {readonly columns: number; readonly unicode: boolean; readonly colour: boolean},
): string {
	const theme = createTheme(terminal);
	const columns = Math.min(mostColumns, terminal.columns);
	return layMarkdown(markdown, {symbols: theme.symbols, columns})
		.map((line) => `${draw(theme, line, columns)}\n`)
		.join('');
}
