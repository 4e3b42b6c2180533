/** The lines of the form: one field under the other, the selected one open. Pure. */
import {choicesLeft, type Form, type FormField, type Typed, valueOf} from '../../src/outside/act-form.ts';
import {wrapWords} from '../../src/base/terminal/wrap.ts';
import {draw} from '../kit/line.ts';
import {drawField, fieldLines} from '../kit/text-field.ts';
import type {Theme} from '../kit/theme.ts';

const labelWidth = 20;
/** Choices shown at once. */
const mostChoices = 6;
/** Lines of a long text shown at once. */
const mostLines = 6;

/** A text of several lines with its cursor, the lines around the cursor first of all. */
function typedLines(theme: Theme, {text, cursor}: Typed, columns: number): readonly string[] {
	let from = 0;
	let here = 0;
	const drawn: string[] = [];
	for (const line of text.split('\n')) {
		const inside = cursor >= from && cursor <= from + line.length;
		const {lines, row} = inside
			? fieldLines(theme, {text: line, cursor: cursor - from}, columns)
			: {lines: wrapWords(line, columns), row: 0};
		if (inside) here = drawn.length + row;
		drawn.push(...lines);
		from += line.length + 1;
	}
	const top = Math.max(0, Math.min(here - mostLines + 1, drawn.length - mostLines));
	return drawn.slice(top, top + mostLines);
}

function choiceLines(theme: Theme, field: FormField, columns: number): readonly string[] {
	const left = choicesLeft(field);
	if (left.length === 0) {
		const none = field.choices?.length ? 'No match. Your own text is used.' : 'No choices. Your own text is used.';
		return [draw(theme, [{text: `  ${field.free ? none : 'none of them'}`, tone: 'dim'}], columns)];
	}
	const chosen = Math.min(field.chosen, left.length - 1);
	const top = Math.max(0, Math.min(chosen - mostChoices + 1, left.length - mostChoices));
	const shown = left.slice(top, top + mostChoices).map(({label}, index) => {
		const tone = top + index === chosen ? ('strong' as const) : ('plain' as const);
		return draw(
			theme,
			[
				{text: top + index === chosen ? `${theme.symbols.cursor} ` : '  ', tone: 'strong'},
				{text: label, tone},
			],
			columns,
		);
	});
	const more = left.length - top - shown.length;
	return [...shown, ...(more > 0 ? [draw(theme, [{text: `  ${theme.symbols.ellipsis} ${more} more`, tone: 'dim'}], columns)] : [])];
}

function openField(theme: Theme, field: FormField, columns: number): readonly string[] {
	if (field.choices) return [...drawField(theme, field.typed, columns, 1), ...choiceLines(theme, field, columns)];
	return field.lines ? typedLines(theme, field.typed, columns) : drawField(theme, field.typed, columns, 4);
}

/** One line of what is there. */
function closedField(theme: Theme, field: FormField, columns: number): string {
	const label = field.choices?.find(({value}) => value === valueOf(field))?.label ?? valueOf(field);
	const [first = '', ...rest] = label.split('\n');
	const more = rest.length > 0 ? ` ${theme.symbols.ellipsis} ${rest.length + 1} lines` : '';
	return draw(theme, label === '' ? [{text: '-', tone: 'dim'}] : [first, {text: more, tone: 'dim'}], columns);
}

/** The form's lines, at most `columns` wide. */
export function formLines(theme: Theme, form: Form, columns: number): {readonly lines: readonly string[]; readonly selected: number} {
	const room = columns - labelWidth - 4;
	const lines: string[] = [];
	let at = 0;
	for (const [index, field] of form.fields.entries()) {
		const selected = index === form.selected;
		if (selected) at = lines.length;
		const body = selected ? openField(theme, field, room) : [closedField(theme, field, room)];
		lines.push(
			...body.map(
				(line, row) =>
					draw(
						theme,
						[
							{text: selected && row === 0 ? ` ${theme.symbols.cursor} ` : '   ', tone: 'strong'},
							{text: (row === 0 ? field.label : '').padEnd(labelWidth), tone: selected ? 'strong' : 'dim'},
						],
						labelWidth + 3,
					) + line,
			),
		);
		if (selected && field.hint !== undefined) {
			lines.push(
				...wrapWords(field.hint, room).map((line) => draw(theme, [' '.repeat(labelWidth + 3), {text: line, tone: 'dim'}], columns)),
			);
		}
	}
	return {lines, selected: at};
}
