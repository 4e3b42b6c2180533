/** Look-up and outline: a field, and below it what it finds. */
import {bindings} from '../../src/keys/keymap.ts';
import {sanitize} from '../../src/base/terminal/sanitize.ts';
import {dayOf} from '../../src/base/times.ts';
import {fit} from '../../src/base/terminal/width.ts';
import {Lines} from '../kit/lines.tsx';
import {draw, type Part, spread} from '../kit/line.ts';
import {scrollTo} from '../kit/table.ts';
import {drawField} from '../kit/text-field.ts';
import {HelpList} from '../session/help-list.tsx';
import {bookKeyboard} from './actions/index.ts';
import type {BookSession} from './book/book-session.ts';
import {reviewPart} from './book/book-head.ts';
import {bookHelpItems, type BookList, lookUpItems, outlineItems} from './book/book-lists.ts';

interface ListRow {
	readonly left: readonly Part[];
	readonly right: readonly Part[];
}

function rowsOf(book: BookSession, list: BookList, columns: number): readonly ListRow[] {
	const {theme, app} = book;
	if (list.kind === 'outline')
		return outlineItems(book, list).map(({heading, level}) => ({left: [{text: `${'  '.repeat(level - 1)}${heading}`}], right: []}));
	const today = dayOf(app.clock.now());
	const titles = Math.max(16, Math.min(44, Math.floor(columns * 0.4)));
	return lookUpItems(book, list).map(({runbook, heading, snippet}) => {
		const review = reviewPart(runbook, today);
		const where = heading === undefined || heading === '' ? '' : `${sanitize(heading)}${snippet === '' ? '' : `: `}`;
		return {
			left: [{text: fit(sanitize(runbook.title), titles)}, {text: `  ${where}`, tone: 'plain'}, {text: snippet, tone: 'dim'}],
			right:
				review.tone === 'amber'
					? [
							{text: `stale ${theme.symbols.separator} `, tone: 'amber'},
							{text: `${runbook.id} `, tone: 'dim'},
						]
					: [{text: `${runbook.id} `, tone: 'dim'}],
		};
	});
}

const titles = {'look-up': 'Runbooks', outline: 'Headings', help: 'Keys that work here'} as const;
const none = {'look-up': 'no runbook speaks of that', outline: 'no heading like that', help: ''} as const;

/** The list that lies over the page. */
export function ListScreen({
	book,
	list,
	columns,
	rows,
}: {
	readonly book: BookSession;
	readonly list: BookList;
	readonly columns: number;
	readonly rows: number;
}) {
	const {theme} = book;
	if (list.kind === 'help') {
		return (
			<HelpList
				theme={theme}
				columns={columns}
				rows={rows}
				title={titles.help}
				sign="/"
				field={list.field}
				selected={list.selected}
				items={bookHelpItems(book, list)}
				notNow={(item) => {
					const binding = item.kind === 'binding' ? bindings.find(({id}) => id === item.id) : undefined;
					return binding && bookKeyboard.whyNot(book, binding);
				}}
			/>
		);
	}
	const items = rowsOf(book, list, columns - 4);
	const room = rows - 4;
	const top = scrollTo(Math.max(0, list.selected - Math.floor(room / 2)), {selected: list.selected, total: items.length, rows: room});
	const drawn = items.slice(top, top + room).map(({left, right}, index) => {
		const selected = top + index === list.selected;
		const toned = selected ? left.map((part, at) => (at === 0 ? {...part, tone: 'strong' as const} : part)) : left;
		return spread(theme, {left: [{text: selected ? ` ${theme.symbols.cursor} ` : '   ', tone: 'strong'}, ...toned], right}, columns);
	});
	const head = draw(
		theme,
		[
			{text: ` ${titles[list.kind]}`, tone: 'strong'},
			{text: `   ${items.length}`, tone: 'dim'},
		],
		columns,
	);
	const typed = drawField(theme, list.field, columns - 8, 1)[0] ?? '';
	const empty = draw(theme, [{text: `   ${none[list.kind]}. Press esc to close.`, tone: 'dim'}], columns);
	return <Lines columns={columns} rows={rows} lines={[head, ` / ${typed}`, '', ...(items.length > 0 ? drawn : [empty])]} />;
}
