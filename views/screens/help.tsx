import {pad} from '../../src/terminal/width.ts';
import {whyNot} from '../actions/index.ts';
import {bindings} from '../../src/keymap.ts';
import {useSession} from '../context.ts';
import {helpItems, type HelpItem} from '../help-items.ts';
import {layoutOf} from '../layout.ts';
import {Lines} from '../primitives/lines.tsx';
import {draw, type Part, spread} from '../primitives/line.ts';
import {scrollTo} from '../primitives/table.ts';
import {drawField} from '../primitives/text-field.ts';
import type {Overlay} from '../session.ts';
import {useStore} from '../use-store.ts';

type List = Extract<Overlay, {readonly kind: 'help' | 'palette'}>;

/** All keys that hold here, searchable; the palette is the same list with the checks on top. */
export function HelpScreen({list}: {readonly list: List}) {
	const session = useSession();
	const {theme} = session;
	const ui = useStore(session.ui);
	const {columns, bodyRows} = layoutOf(ui);
	const items = helpItems(session, list);
	const rows = bodyRows - 4;
	const top = scrollTo(Math.max(0, list.selected - Math.floor(rows / 2)), {selected: list.selected, total: items.length, rows});
	const line = (item: HelpItem, index: number) => {
		const binding = item.kind === 'binding' ? bindings.find(({id}) => id === item.id) : undefined;
		const reason = binding && whyNot(session, binding);
		const selected = top + index === list.selected;
		const description: Part = reason === undefined ? {text: item.description} : {text: `not now: ${reason}`, tone: 'dim'};
		const left: readonly Part[] = [
			{text: selected ? ` ${theme.symbols.cursor} ` : '   ', tone: 'strong'},
			{text: pad(item.keys, 17), tone: 'strong'},
			{text: pad(item.title, 18), tone: selected ? 'strong' : 'plain'},
			description,
			{text: item.writes ? '   writes outside' : '', tone: 'amber'},
		];
		return spread(theme, {left, right: [{text: `${item.section} `, tone: 'dim'}]}, columns);
	};
	const title = list.kind === 'help' ? 'Keys that work here' : 'Go to a check, or do something by its name';
	const field = drawField(theme, list.field, columns - 8).at(-1) ?? '';
	const shown = items.slice(top, top + rows).map(line);
	return (
		<Lines
			columns={columns}
			rows={bodyRows}
			lines={[
				draw(
					theme,
					[
						{text: ` ${title}`, tone: 'strong'},
						{text: `   ${items.length}`, tone: 'dim'},
					],
					columns,
				),
				` ${list.kind === 'help' ? '/' : ':'} ${field}`,
				'',
				...(items.length === 0 ? [draw(theme, [{text: '   nothing by that name; esc closes', tone: 'dim'}], columns)] : shown),
			]}
		/>
	);
}
