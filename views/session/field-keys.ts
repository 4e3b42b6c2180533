/** The keys that edit a text field, the same on every screen; only where the edit lands differs. */
import {edits, type TextField} from '../kit/text-field.ts';
import type {Action} from './action.ts';

/** The handlers of every editing key; `editing` makes the action that applies an edit to the screen's own field. */
export function fieldKeys<S>(editing: (edit: (field: TextField) => TextField) => Action<S>) {
	return {
		'field-left': editing(edits.left),
		'field-right': editing(edits.right),
		'field-word-left': editing(edits['word-left']),
		'field-word-right': editing(edits['word-right']),
		'field-start': editing(edits.start),
		'field-end': editing(edits.end),
		'field-backspace': editing(edits.backspace),
		'field-delete': editing(edits.delete),
		'field-delete-word': editing(edits['delete-word']),
		'field-delete-start': editing(edits['delete-start']),
		'field-delete-end': editing(edits['delete-end']),
	};
}
