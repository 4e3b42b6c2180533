import {fieldKeys} from '../../session/field-keys.ts';
import {sanitize} from '../../../src/base/terminal/sanitize.ts';
import {tell} from '../../session/action.ts';
import {edits, fieldOf, type TextField} from '../../kit/text-field.ts';
import {tailHelpItems} from '../moves/help-rows.ts';
import {cancelPrompt, keepPrompt, type TailPrompt} from '../moves/prompts.ts';
import {changeTail, type TailSession} from '../lines/tail-session.ts';
import {editTailField} from '../moves/tail-typing.ts';
import type {TailAction, TailActions} from './tail-action.ts';

const editing = (edit: (field: TextField) => TextField): TailAction => ({run: (session) => editTailField(session, edit)});

const onPrompt = (act: (session: TailSession, prompt: TailPrompt) => void): TailAction => ({
	run(session) {
		const {overlay} = session.ui.get();
		if (overlay?.kind === 'prompt') act(session, overlay);
	},
});

const selectHelp = (by: number): TailAction => ({
	run(session) {
		const {overlay} = session.ui.get();
		if (overlay?.kind !== 'help') return;
		const last = tailHelpItems(session, overlay).length - 1;
		changeTail(session, {overlay: {...overlay, selected: Math.max(0, Math.min(last, overlay.selected + by))}});
	},
});

export const textActions = {
	'field-keep': onPrompt(keepPrompt),
	'field-cancel': onPrompt(cancelPrompt),
	'field-editor': onPrompt((session, {field}) => {
		session
			.suspend(() => session.app.edit(field.text))
			.then((text) => editTailField(session, () => fieldOf(sanitize(text).trim())))
			.catch((error: unknown) => tell(session, error));
	}),
	...fieldKeys(editing),
	'help-backspace': editing(edits.backspace),
	'help-empty': editing(edits['delete-start']),
	'help-down': selectHelp(1),
	'help-up': selectHelp(-1),
	'help-close': {run: (session) => changeTail(session, {overlay: undefined})},
} as const satisfies Partial<TailActions>;
