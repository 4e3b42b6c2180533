import {pad} from '../../src/base/terminal/width.ts';
import {wrapAtMost} from '../../src/base/terminal/wrap.ts';
import type {HelpItem} from './help-items.ts';
import {Lines} from '../kit/lines.tsx';
import {draw, type Part, spread} from '../kit/line.ts';
import {scrollTo} from '../kit/table.ts';
import {drawField, type TextField} from '../kit/text-field.ts';
import type {Theme} from '../kit/theme.ts';

/** From here on a line has room for what a key does and for where it works. */
const wide = 120;

/** Lines below the list that tell the selected one whole, where the list has to cut it. */
const detailRows = 2;

/** Keys by name with a field to search them, the selected one in sight. */
export function HelpList({
	theme,
	columns,
	rows,
	title,
	sign,
	field,
	selected,
	items,
	notNow,
}: {
	readonly theme: Theme;
	readonly columns: number;
	readonly rows: number;
	readonly title: string;
	/** Before what is typed: `/` or `:`. */
	readonly sign: string;
	readonly field: TextField;
	readonly selected: number;
	readonly items: readonly HelpItem[];
	/** Why the row does nothing now; undefined where it works. */
	readonly notNow: (item: HelpItem) => string | undefined;
}) {
	const narrow = columns < wide && rows > 10;
	const room = rows - 4 - (narrow ? detailRows + 1 : 0);
	const top = scrollTo(Math.max(0, selected - Math.floor(room / 2)), {selected, total: items.length, rows: room});
	const line = (item: HelpItem, index: number) => {
		const reason = notNow(item);
		const isSelected = top + index === selected;
		const description: Part = reason === undefined ? {text: item.description} : {text: `not now: ${reason}`, tone: 'dim'};
		const writes: Part = {text: item.writes ? '   writes outside' : '', tone: 'amber'};
		const left: readonly Part[] = [
			{text: isSelected ? ` ${theme.symbols.cursor} ` : '   ', tone: 'strong'},
			{text: pad(item.keys, 17), tone: 'strong'},
			{text: pad(item.title, 18), tone: isSelected ? 'strong' : 'plain'},
			description,
			writes,
		];
		return narrow ? draw(theme, left, columns - 1) : spread(theme, {left, right: [{text: `${item.section} `, tone: 'dim'}]}, columns);
	};
	const chosen = items[selected];
	const detail = () => {
		if (!narrow || !chosen) return [];
		const reason = notNow(chosen);
		const parts = [
			chosen.description,
			...(chosen.writes ? ['Writes outside'] : []),
			...(reason === undefined ? [] : [`Not now: ${reason}`]),
		];
		const text = `${chosen.section}: ${parts.join('. ')}`;
		return ['', ...wrapAtMost(text, columns - 4, detailRows).map((one) => draw(theme, [{text: `   ${one}`, tone: 'dim'}], columns))];
	};
	const typed = drawField(theme, field, columns - 8, 1)[0] ?? '';
	const head = draw(
		theme,
		[
			{text: ` ${title}`, tone: 'strong'},
			{text: `   ${items.length}`, tone: 'dim'},
		],
		columns,
	);
	const none = draw(theme, [{text: '   No match. Press esc to close.', tone: 'dim'}], columns);
	const shown = items.length === 0 ? [none] : items.slice(top, top + room).map(line);
	const gap = Array.from({length: Math.max(0, room - shown.length)}, () => '');
	return <Lines columns={columns} rows={rows} lines={[head, ` ${sign} ${typed}`, '', ...shown, ...gap, ...detail()]} />;
}
