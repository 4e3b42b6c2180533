/** What is typed into the dialog: the selected field of its form, or the service's name. */
import {changeForm, changePreview} from '../../src/outside/dialog.ts';
import {selectedField, type Typed, typeInto} from '../../src/outside/act-form.ts';
import type {Draft} from '../../src/round/round.ts';
import {sanitizeMultiline} from '../../src/base/terminal/sanitize.ts';
import {change, type Session} from '../session/session.ts';
import {formDraft} from './dialog-flow.ts';

/** The text that keys go to; undefined where nothing is typed. */
export function outsideSlot(
	session: Session,
): {readonly field: Typed; readonly set: (field: Typed) => void; readonly draft: (text: string) => Draft | undefined} | undefined {
	const dialog = session.ui.get().outside;
	const stage = dialog?.stage;
	if (stage?.kind === 'preview' && stage.naming) {
		const set = (naming: Typed) =>
			change(session, {outside: changePreview(dialog as NonNullable<typeof dialog>, (one) => ({...one, naming}))});
		return {field: stage.naming, set, draft: () => undefined};
	}
	const field = stage?.kind === 'form' ? selectedField(stage.form) : undefined;
	if (!dialog || !field) return undefined;
	const typed = (one: Typed) => changeForm(dialog, (form) => typeInto(form, one));
	return {
		field: field.typed,
		set: (one) => change(session, {outside: typed(one)}),
		draft: (text) => formDraft(typed({text, cursor: text.length})),
	};
}

/** Opens a field of several lines in $EDITOR, its lines kept; false where it is another one. */
export function editLines(session: Session): boolean {
	const stage = session.ui.get().outside?.stage;
	const field = stage?.kind === 'form' ? selectedField(stage.form) : undefined;
	if (!field?.lines) return false;
	session
		.suspend(() => session.app.edit(field.typed.text))
		.then((given) => {
			const text = sanitizeMultiline(given).replaceAll(/^\n+|\s+$/g, '');
			const slot = outsideSlot(session);
			const draft = slot?.draft(text);
			if (draft) session.app.dispatch({type: 'drafted', draft});
			slot?.set({text, cursor: text.length});
		})
		.catch((error: unknown) => session.app.notice.set(error instanceof Error ? error.message : String(error)));
	return true;
}
