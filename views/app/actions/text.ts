/** What keeping, cancelling and editing mean for each text field. */
import {fieldKeys} from '../../session/field-keys.ts';
import {sanitize} from '../../../src/base/terminal/sanitize.ts';
import {decide} from '../../session/decide.ts';
import {editField, typedText} from '../../round/shared/typed-field.ts';
import {goBackOutside, keepOutside} from '../../outside/dialog-flow.ts';
import {editLines} from '../../outside/form-typing.ts';
import {edits, fieldOf, type TextField} from '../../kit/text-field.ts';
import {change, type Overlay, type Session} from '../../session/session.ts';
import {leaveTriage} from '../../session/triage-draft.ts';
import {keepName} from '../../round/actions/closing-actions.ts';
import {type Action, type Actions, tell} from '../../session/action.ts';
import {keepAnswer} from '../../triage/actions/investigation-actions.ts';

type Prompt = Extract<Overlay, {readonly kind: 'prompt'}>;

function keepPrompt(session: Session, {prompt, step: id, field}: Prompt): void {
	const {app} = session;
	const text = field.text.trim();
	const step = app.round.get().steps.find((one) => one.id === id);
	if (!step) return;
	if (text === '') {
		app.notice.set(
			prompt === 'skip'
				? 'a skip needs its reason'
				: prompt === 'override'
					? 'say why it is fine all the same'
					: 'Nothing typed yet. Press esc to cancel.',
		);
		return;
	}
	change(session, {overlay: undefined});
	switch (prompt) {
		case 'note':
			app.dispatch({type: 'noted', step: id, at: app.clock.now(), operator: app.operator, text});
			return;
		case 'skip':
			decide(session, step, {kind: 'skipped', note: text});
			return;
		case 'override':
			decide(session, step, {kind: 'ok', note: text});
			return;
		case 'tip':
			app.addTip(id, text).then(
				(where) => {
					app.dispatch({type: 'draft-dropped', place: {field: 'tip', step: id}});
					app.notice.set(`the tip is in ${where}`);
				},
				(error: unknown) => {
					// The draft stays: t opens it again with every word.
					tell(session, error);
				},
			);
	}
}

function keepEntry(session: Session, text: string): void {
	const problem = text.trim() === '' ? undefined : session.app.entryProblem(text);
	if (problem !== undefined) {
		session.app.notice.set(problem);
		return;
	}
	session.app.dispatch({type: 'entry-edited', text});
	const {editing: _editing, ...closing} = session.ui.get().closing;
	change(session, {closing});
}

function keep(session: Session): void {
	const {overlay, triage, closing, outside} = session.ui.get();
	if (overlay?.kind === 'prompt') keepPrompt(session, overlay);
	else if (outside) keepOutside(session, outside);
	else if (closing.naming) keepName(session, closing.naming.text);
	else if (closing.editing) keepEntry(session, closing.editing.text);
	else if (triage) keepAnswer(session);
}

function cancel(session: Session): void {
	const {overlay, closing, triage, outside} = session.ui.get();
	const {editing, naming, ...rest} = closing;
	if (overlay?.kind === 'prompt') change(session, {overlay: undefined});
	else if (outside) {
		// What is typed stays as a draft, and the same act opens it again.
		goBackOutside(session);
		return;
	} else if (naming || editing) change(session, {closing: rest});
	else if (triage) {
		// What is typed stays as a draft, and i opens it again.
		leaveTriage(session);
		return;
	}
	if (session.app.round.get().draft) session.app.dispatch({type: 'drafted', draft: undefined});
}

const editing = (edit: (field: TextField) => TextField): Action => ({run: (session) => editField(session, edit)});

export const textActions = {
	'field-keep': {run: keep},
	'field-cancel': {run: cancel},
	'field-editor': {
		run(session) {
			if (editLines(session)) return;
			session
				.suspend(() => session.app.edit(typedText(session)))
				.then((text) => editField(session, () => fieldOf(sanitize(text).trim())))
				.catch((error: unknown) => tell(session, error));
		},
		disabled: ({ui}) =>
			ui.get().closing.naming || ui.get().outside?.stage.kind === 'preview' ? 'the name is typed here, by hand' : undefined,
	},
	...fieldKeys(editing),
	'filter-backspace': editing(edits.backspace),
	'filter-empty': editing(edits['delete-start']),
	'help-backspace': editing(edits.backspace),
	'help-empty': editing(edits['delete-start']),
} as const satisfies Partial<Actions>;
