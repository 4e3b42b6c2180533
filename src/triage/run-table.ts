/** The run table in columns that fit the width: cells for whoever paints them. Pure. */
import {sanitize} from '../base/terminal/sanitize.ts';
import {fit, pad, truncate, width} from '../base/terminal/width.ts';
import {formatSpan} from '../base/times.ts';
import type {RunRow} from './run-row.ts';

export interface RunTableOptions {
	/** Of all of it; undefined cuts nothing. */
	readonly columns: number | undefined;
	/** When triage began, in words. */
	readonly date: (at: number) => string;
	/** The column's title; `DATE` if absent. */
	readonly dateTitle?: string;
}

export interface RunTable {
	/** Padded cells, to be joined by two spaces. */
	readonly head: readonly string[];
	/** As many cells as the head has, and the problem for a separate line if it has no column. */
	readonly rows: readonly {readonly cells: readonly string[]; readonly below?: string}[];
}

/** Between two columns. */
export const gap = '  ';

const leastProblem = 30;
const longestItem = 48;
const leastItem = 12;

const columnsOf: readonly {
	readonly title: string;
	readonly short: string;
	readonly cell: (row: RunRow, options: RunTableOptions) => string;
}[] = [
	{title: 'DATE', short: 'DATE', cell: ({at}, {date}) => date(at)},
	{title: 'PRIORITY', short: 'PRIO', cell: ({priority, tickets}) => priority ?? (tickets.length > 0 ? 'not known' : '-')},
	{title: 'OUTCOME', short: 'OUTCOME', cell: ({outcome}) => outcome ?? '-'},
	{title: 'TIME TO RESOLVE', short: 'RESOLVED', cell: ({resolvedMs}) => (resolvedMs === undefined ? 'open' : formatSpan(resolvedMs))},
];

const widest = (texts: readonly string[]) => texts.reduce((most, text) => Math.max(most, width(text)), 0);
const oneLine = (text: string) => sanitize(text).replaceAll(/\s+/g, ' ').trim();

/** Lays out the rows. If its column would be too narrow, the problem goes below its row. */
export function runTable(rows: readonly RunRow[], options: RunTableOptions): RunTable {
	const {columns, dateTitle = 'DATE'} = options;
	const items = rows.map(({affected}) => oneLine(affected));
	const problems = rows.map(({problem}) => (problem === undefined ? '-' : oneLine(problem)));
	const facts = (narrow: boolean) =>
		columnsOf.map(({title, short, cell}) => {
			const head = title === 'DATE' ? dateTitle : narrow ? short : title;
			const cells = rows.map((row) => cell(row, options));
			const room = widest([head, ...cells]);
			return {head: pad(head, room), cells: cells.map((text) => pad(text, room)), room};
		});
	const takenBy = (all: readonly {readonly room: number}[]) => all.reduce((sum, {room}) => sum + gap.length + room, 0);
	const wide = facts(false);
	const item = Math.max('AFFECTED ITEM'.length, Math.min(columns === undefined ? Number.POSITIVE_INFINITY : longestItem, widest(items)));
	const left = (columns ?? Number.POSITIVE_INFINITY) - takenBy(wide) - item - gap.length;
	const most = widest(['PROBLEM', ...problems]);
	if (left >= Math.min(most, leastProblem)) {
		const room = Math.min(most, left);
		return {
			head: [fit('AFFECTED ITEM', item), fit('PROBLEM', room), ...wide.map(({head}) => head)],
			rows: rows.map((_, index) => ({
				cells: [fit(items[index] ?? '', item), fit(problems[index] ?? '', room), ...wide.map(({cells}) => cells[index] ?? '')],
			})),
		};
	}
	const narrow = facts(true);
	const room = Math.max(leastItem, Math.min(item, (columns ?? 0) - takenBy(narrow)));
	// The object would be cut, but it matters most: it goes below with the problem.
	const isCut = (text: string) => width(text) > room && text.includes(', ');
	const service = (text: string) => (isCut(text) ? text.slice(0, text.indexOf(', ')) : text);
	const rest = (text: string) => (isCut(text) ? `${text.slice(text.indexOf(', ') + 2)}: ` : '');
	return {
		head: [fit('AFFECTED ITEM', room), ...narrow.map(({head}) => head)],
		rows: rows.map((_, index) => ({
			cells: [fit(service(items[index] ?? ''), room), ...narrow.map(({cells}) => cells[index] ?? '')],
			below: `${rest(items[index] ?? '')}${problems[index] ?? '-'}`,
		})),
	};
}

/** The table as lines of text; each ends with a line break. */
export function runTableText(rows: readonly RunRow[], options: RunTableOptions): string {
	const table = runTable(rows, options);
	const put = (cells: readonly string[]) => truncate(cells.join(gap).trimEnd(), options.columns ?? Number.POSITIVE_INFINITY);
	const lines = table.rows.flatMap(({cells, below}) => [
		put(cells),
		...(below === undefined ? [] : [truncate(`  ${below}`, options.columns ?? Number.POSITIVE_INFINITY)]),
	]);
	return `${[put(table.head), ...lines].join('\n')}\n`;
}
