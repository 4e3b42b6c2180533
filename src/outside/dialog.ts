/**
 * The dialog over a row: actions, form, preview, confirmation, result.
 * Pure: each key is one function from dialog to dialog; nothing here sends anything.
 */
import type {Act, Prepared} from '../round/outside/act.ts';
import {formOf, type Form, type Typed, valuesOf} from './act-form.ts';
import type {OutsideOutcome, OutsideWrite, Ticket} from '../round/outside/outside-write.ts';

export type Stage =
	| {readonly kind: 'menu'; readonly selected: number}
	/** Another system is asked for what the form needs. */
	| {readonly kind: 'asking'; readonly act: Act}
	| {readonly kind: 'unanswered'; readonly act: Act; readonly text: string; readonly advice?: string}
	/** Tickets that are there already. */
	| {
			readonly kind: 'existing';
			readonly act: Act;
			readonly prepared: Prepared;
			readonly tickets: readonly Ticket[];
			readonly selected: number;
	  }
	| {readonly kind: 'form'; readonly act: Act; readonly form: Form}
	| {
			readonly kind: 'preview';
			readonly act: Act;
			readonly form?: Form;
			readonly write: OutsideWrite;
			/** First line shown. */
			readonly top: number;
			/** The service's name being typed. */
			readonly naming?: Typed;
	  }
	| {readonly kind: 'sending'; readonly act: Act; readonly form?: Form; readonly write: OutsideWrite}
	| {readonly kind: 'ended'; readonly act: Act; readonly form?: Form; readonly write: OutsideWrite; readonly outcome: OutsideOutcome};

export interface Dialog {
	/** Id of the round's step that what is sent belongs to. */
	readonly step: string;
	/** What it is about, one line. */
	readonly subject: string;
	readonly acts: readonly Act[];
	readonly stage: Stage;
}

type StageOf<Kind extends Stage['kind']> = Extract<Stage, {readonly kind: Kind}>;

const at = (dialog: Dialog, stage: Stage): Dialog => ({...dialog, stage});

/** The initial dialog: the menu, or the only action. */
export function openDialog(of: Omit<Dialog, 'stage'>): Dialog {
	const [first] = of.acts;
	const menu: Dialog = {...of, stage: {kind: 'menu', selected: 0}};
	return first && of.acts.length === 1 ? begin(menu, first) : menu;
}

/** Moves the selection of the menu, or of the existing tickets. */
export function select(dialog: Dialog, by: number): Dialog {
	const {stage} = dialog;
	const length = stage.kind === 'menu' ? dialog.acts.length : stage.kind === 'existing' ? stage.tickets.length : 0;
	if (stage.kind !== 'menu' && stage.kind !== 'existing') return dialog;
	return at(dialog, {...stage, selected: Math.max(0, Math.min(length - 1, stage.selected + by))});
}

/** Begins an act: asks for what it needs, or shows its write at once. An act that is refused changes nothing. */
export function begin(dialog: Dialog, act: Act): Dialog {
	if (act.refusal !== undefined) return dialog;
	if (act.prepare) return at(dialog, {kind: 'asking', act});
	return toPreview(dialog, act, undefined);
}

/** The form is ready; `kept` is the draft of an earlier attempt. */
export function answered(dialog: Dialog, act: Act, prepared: Prepared, kept: Readonly<Record<string, string>> = {}): Dialog {
	const {existing = []} = prepared;
	if (existing.length > 0) return at(dialog, {kind: 'existing', act, prepared, tickets: existing, selected: 0});
	return toForm(dialog, act, prepared, kept);
}

/** The form, or the preview if the form asks for nothing. */
export function toForm(dialog: Dialog, act: Act, prepared: Prepared, kept: Readonly<Record<string, string>> = {}): Dialog {
	const form = formOf(prepared, kept);
	return hasChoice(form) ? at(dialog, {kind: 'form', act, form}) : toPreview(dialog, act, form);
}

function toPreview(dialog: Dialog, act: Act, form: Form | undefined): Dialog {
	const write = act.write(form ? valuesOf(form) : {});
	const kept = form ? {form} : {};
	if (!('problem' in write)) return at(dialog, {kind: 'preview', act, write, top: 0, ...kept});
	if (!form) return at(dialog, {kind: 'unanswered', act, text: write.problem});
	const wrong = form.fields.findIndex(({id}) => id === write.field);
	return at(dialog, {kind: 'form', act, form: {...form, problem: write.problem, ...(wrong < 0 ? {} : {selected: wrong})}});
}

/** From the form to what it would send, or to the field that is wrong. */
export function preview(dialog: Dialog): Dialog {
	const {stage} = dialog;
	return stage.kind === 'form' ? toPreview(dialog, stage.act, stage.form) : dialog;
}

/** Changes the form, if it is one. */
export function changeForm(dialog: Dialog, change: (form: Form) => Form): Dialog {
	const {stage} = dialog;
	if (stage.kind !== 'form') return dialog;
	const {problem: _, ...form} = change(stage.form);
	return at(dialog, {...stage, form});
}

/** Changes the preview, if it is one. */
export function changePreview(dialog: Dialog, change: (stage: StageOf<'preview'>) => StageOf<'preview'>): Dialog {
	return dialog.stage.kind === 'preview' ? at(dialog, change(dialog.stage)) : dialog;
}

/** The confirmation: production first asks for the service's name, unless nothing is sent from here. */
export function confirm(dialog: Dialog, {production}: {readonly production: boolean}): Dialog {
	const {stage} = dialog;
	if (stage.kind !== 'preview' || stage.naming) return dialog;
	return production && stage.write.sent.kind !== 'by-hand' ? at(dialog, {...stage, naming: {text: '', cursor: 0}}) : sending(dialog, stage);
}

/** Checks the typed name; undefined if it is not the service's. */
export function named(dialog: Dialog, service: string): Dialog | undefined {
	const {stage} = dialog;
	if (stage.kind !== 'preview' || stage.naming?.text.trim() !== service) return undefined;
	return sending(dialog, stage);
}

function sending(dialog: Dialog, {act, form, write}: StageOf<'preview'>): Dialog {
	return at(dialog, {kind: 'sending', act, write, ...(form ? {form} : {})});
}

/** How it went. */
export function ended(dialog: Dialog, outcome: OutsideOutcome): Dialog {
	const {stage} = dialog;
	return stage.kind === 'sending' ? at(dialog, {...stage, kind: 'ended', outcome}) : dialog;
}

/** One step back; undefined closes the dialog. A write that is being sent cannot be left. */
export function back(dialog: Dialog): Dialog | undefined {
	const {stage} = dialog;
	const menu = dialog.acts.length > 1 ? at(dialog, {kind: 'menu', selected: indexOf(dialog)}) : undefined;
	switch (stage.kind) {
		case 'menu':
			return undefined;
		case 'sending':
			return dialog;
		case 'preview': {
			const {naming, ...rest} = stage;
			if (naming) return at(dialog, rest);
			return stage.form && hasChoice(stage.form) ? at(dialog, {kind: 'form', act: stage.act, form: stage.form}) : menu;
		}
		case 'ended': {
			const {outcome, ...rest} = stage;
			return outcome.state === 'done' ? undefined : at(dialog, {...rest, kind: 'preview', top: 0});
		}
		default:
			return menu;
	}
}

function hasChoice({fields}: Form): boolean {
	return fields.some(({choices, free}) => choices === undefined || free === true || choices.length !== 1);
}

function indexOf({acts, stage}: Dialog): number {
	return stage.kind === 'menu' ? stage.selected : Math.max(0, acts.indexOf(stage.act));
}
