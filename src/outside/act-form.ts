/** The form of an action: text fields and choices, one of them selected. Pure. */
import type {Choice, Field, Prepared, Values} from '../round/outside/act.ts';

/** A text being typed; `cursor` counts the code units before it. */
export interface Typed {
	readonly text: string;
	readonly cursor: number;
}

export interface FormField extends Field {
	/** The text; of a field with choices, what narrows them down. */
	readonly typed: Typed;
	/** The chosen option of the filtered ones. */
	readonly chosen: number;
}

export interface Form {
	readonly fields: readonly FormField[];
	readonly selected: number;
	readonly notes: readonly string[];
	/** Why the last try gave no preview. */
	readonly problem?: string;
}

const typedOf = (text: string): Typed => ({text, cursor: text.length});

/** The initial form, with the draft of an earlier attempt. */
export function formOf({fields, notes = []}: Prepared, kept: Values): Form {
	return {
		selected: 0,
		notes,
		fields: fields.map((field): FormField => {
			const value = kept[field.id] ?? field.value;
			const chosen = field.choices?.findIndex((choice) => choice.value === value) ?? -1;
			// A text that no choice has was typed by hand.
			return {...field, chosen: Math.max(0, chosen), typed: typedOf(field.choices && (chosen >= 0 || !field.free) ? '' : value)};
		}),
	};
}

/** The choices that contain every typed word. */
export function choicesLeft({choices = [], typed}: FormField): readonly Choice[] {
	const words = typed.text.toLowerCase().split(/\s+/).filter(Boolean);
	return choices.filter(({label, value}) => words.every((word) => `${label} ${value}`.toLowerCase().includes(word)));
}

/** The current value of a field; empty if nothing is chosen. */
export function valueOf(field: FormField): string {
	if (!field.choices) return field.typed.text;
	const left = choicesLeft(field);
	return left[Math.min(field.chosen, left.length - 1)]?.value ?? (field.free ? field.typed.text.trim() : '');
}

/** Every value by its field's id. */
export function valuesOf({fields}: Form): Values {
	return Object.fromEntries(fields.map((field) => [field.id, valueOf(field)]));
}

/** The field that keys go to. */
export function selectedField({fields, selected}: Form): FormField | undefined {
	return fields[selected];
}

function changeSelected(form: Form, change: (field: FormField) => FormField): Form {
	return {...form, fields: form.fields.map((field, index) => (index === form.selected ? change(field) : field))};
}

/** Replaces what is typed in the selected field; choosing begins at the first that is left. */
export function typeInto(form: Form, typed: Typed): Form {
	return changeSelected(form, (field) => ({...field, typed, chosen: typed.text === field.typed.text ? field.chosen : 0}));
}

/** Goes to the field `by` further, round the corner. */
export function moveField(form: Form, by: number): Form {
	const {fields, selected} = form;
	return fields.length === 0 ? form : {...form, selected: (selected + by + fields.length) % fields.length};
}

/** Up and down: through the choices if there are some, else through the fields. */
export function moveIn(form: Form, by: number): Form {
	const field = selectedField(form);
	if (!field?.choices) return moveField(form, by);
	const last = Math.max(0, choicesLeft(field).length - 1);
	return changeSelected(form, (one) => ({...one, chosen: Math.max(0, Math.min(last, Math.min(one.chosen, last) + by))}));
}

/** The values as a draft that a person can read: `label: value`, one line each. */
export function draftText(form: Form): string {
	const line = (text: string) => text.replaceAll('\\', String.raw`\\`).replaceAll('\n', String.raw`\n`);
	return form.fields.map((field) => `${field.id}: ${line(valueOf(field))}`).join('\n');
}

/** The values of a draft. */
export function draftValues(text: string): Values {
	const lines = text.split('\n').flatMap((line): readonly (readonly [string, string])[] => {
		const mark = line.indexOf(': ');
		if (mark < 1) return [];
		return [[line.slice(0, mark), line.slice(mark + 2).replaceAll(/\\(.)/g, (_all, letter: string) => (letter === 'n' ? '\n' : letter))]];
	});
	return Object.fromEntries(lines);
}
