/** The text field that is being typed into, wherever it is; each change is a draft on disk before the screen shows it. */
import type {Draft} from '../../../src/round/round.ts';
import {typedPlace} from '../../../src/runbooks/typed-addition.ts';
import {outsideSlot} from '../../outside/form-typing.ts';
import {fieldOf, insert, type TextField} from '../../kit/text-field.ts';
import {openTypedAt} from '../../runbook/book/open-book.ts';
import {change, changeTable, currentStep, type PromptKind, type Session, tableOf} from '../../session/session.ts';
import {openTriage, refOf, triageDraft} from '../../session/triage-draft.ts';
import {scopeOf} from '../../session/screen-of.ts';

interface Slot {
	readonly field: TextField;
	readonly set: (field: TextField) => void;
	readonly draft?: (text: string) => Draft | undefined;
}

function overlaySlot(session: Session): Slot | undefined {
	const {overlay} = session.ui.get();
	switch (overlay?.kind) {
		case 'prompt':
			return {
				field: overlay.field,
				set: (field) => change(session, {overlay: {...overlay, field}}),
				draft: (text) => ({field: overlay.prompt, step: overlay.step, text}),
			};
		case 'help':
		case 'palette':
			return {field: overlay.field, set: (field) => change(session, {overlay: {...overlay, field, selected: 0}})};
		case 'filter': {
			const check = currentStep(session)?.id;
			if (check === undefined) return undefined;
			return {
				field: fieldOf(tableOf(session.ui.get(), check).filter),
				set: ({text}) => changeTable(session, check, {filter: text}),
			};
		}
		default:
			return undefined;
	}
}

function screenSlot(session: Session): Slot | undefined {
	const {triage, closing} = session.ui.get();
	const {editing, naming} = closing;
	if (naming) return {field: naming, set: (field) => change(session, {closing: {...session.ui.get().closing, naming: field}})};
	if (editing) {
		return {
			field: editing,
			set: (field) => change(session, {closing: {...session.ui.get().closing, editing: field}}),
			draft: (text) => ({field: 'entry', text}),
		};
	}
	if (!triage || triage.looking || session.app.replayOf !== undefined) return undefined;
	return {
		field: triage.field,
		set: (field) => change(session, {triage: {...triage, field}}),
		draft: (text) => triageDraft(session.app.round.get(), {...triage, field: fieldOf(text)}),
	};
}

function slotOf(session: Session): Slot | undefined {
	const scope = scopeOf(session);
	if (!['text-field', 'filter', 'help', 'investigation', 'outside-form'].includes(scope)) return undefined;
	return overlaySlot(session) ?? outsideSlot(session) ?? screenSlot(session);
}

/** The field's text as it is. */
export function typedText(session: Session): string {
	return slotOf(session)?.field.text ?? '';
}

/** Applies an edit to the field; the draft is on disk first. */
export function editField(session: Session, edit: (field: TextField) => TextField): void {
	const slot = slotOf(session);
	if (!slot) return;
	const next = edit(slot.field);
	if (next.text !== slot.field.text) {
		const draft = slot.draft?.(next.text);
		if (draft) session.app.dispatch({type: 'drafted', draft});
	}
	slot.set(next);
}

/** Puts typed or pasted text in at the cursor. False where nothing is being typed. */
export function typeText(session: Session, text: string): boolean {
	if (!slotOf(session)) return false;
	editField(session, (field) => insert(field, text));
	return true;
}

const prompts: readonly PromptKind[] = ['note', 'skip', 'override', 'tip'];

/** Opens the field a draft belongs to, with its text, or the investigation that was open: what a crash or a closed laptop left behind. */
export function restoreDraft(session: Session): void {
	const {draft, phase, steps, investigating} = session.app.round.get();
	if (draft?.field === 'entry' && draft.text !== '') {
		if (phase === 'closing') change(session, {closing: {...session.ui.get().closing, editing: fieldOf(draft.text)}});
		return;
	}
	if (phase !== 'walking') {
		reopenTyped(session);
		return;
	}
	const typed = draft?.text === '' || !steps.some(({id}) => id === draft?.step) ? undefined : draft;
	const prompt = prompts.find((kind) => kind === typed?.field);
	const ref = typed?.field.startsWith('investigation') ? refOf(typed) : investigating;
	if (prompt && typed?.step !== undefined)
		change(session, {overlay: {kind: 'prompt', prompt, step: typed.step, field: fieldOf(typed.text)}});
	else if (ref) openTriage(session, ref);
	reopenTyped(session);
}

/** The runbook over it, where something was being typed into its file. */
function reopenTyped(session: Session): void {
	const {draft} = session.app.round.get();
	const place = draft && draft.text !== '' ? typedPlace(draft.field) : undefined;
	if (place && place.kind !== 'value') openTypedAt(session, place);
}
