/** The text field that is being typed into on the log screen. */
import {insert, type TextField} from '../../kit/text-field.ts';
import {promptTyped} from './prompts.ts';
import {changeTail, type TailSession} from '../lines/tail-session.ts';

/** Applies an edit to the field; nothing where nothing is being typed. */
export function editTailField(session: TailSession, edit: (field: TextField) => TextField): void {
	const {overlay} = session.ui.get();
	if (overlay?.kind === 'prompt') promptTyped(session, overlay, edit(overlay.field));
	else if (overlay?.kind === 'help') changeTail(session, {overlay: {...overlay, field: edit(overlay.field), selected: 0}});
}

/** Puts typed or pasted text in at the cursor. False where nothing is being typed. */
export function typeTailText(session: TailSession, text: string): boolean {
	const {overlay} = session.ui.get();
	if (overlay?.kind !== 'prompt' && overlay?.kind !== 'help') return false;
	editTailField(session, (field) => insert(field, text));
	return true;
}
