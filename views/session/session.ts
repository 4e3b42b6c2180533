/**
 * What the screens know beyond the round itself: where the eye is, what is being typed, what lies on top.
 * It lives outside React, so that keys act on it at once and in order, however fast they come.
 */
import type {App} from '../../src/apps/round-app.ts';
import type {PlannedWrite, WriteResult} from '../../src/ops-log/closing-write.ts';
import type {Evidence} from '../../src/checks/kit/check.ts';
import type {InvestigationRef} from '../../src/round/investigation/investigation-ref.ts';
import type {Dialog} from '../../src/outside/dialog.ts';
import {type Patch, patched} from '../../src/base/patch.ts';
import {createStore, type Store} from '../../src/base/store.ts';
import type {TextField} from '../kit/text-field.ts';
import type {Theme} from '../kit/theme.ts';

export type Focus = 'checklist' | 'table' | 'runbook';
export type PromptKind = 'note' | 'skip' | 'override' | 'tip';

/** What lies over the screen; at most one. */
export type Overlay =
	| {readonly kind: 'help' | 'palette'; readonly field: TextField; readonly selected: number}
	| {readonly kind: 'prompt'; readonly prompt: PromptKind; readonly step: string; readonly field: TextField}
	| {readonly kind: 'filter'}
	| {readonly kind: 'investigations'; readonly selected: number}
	| {readonly kind: 'page'; readonly page: 'runbook' | 'row' | 'service'; readonly top: number};

/** How one check's rows are looked at; kept while the operator walks on. */
export interface TableState {
	/** Id of the selected row, so that it stays selected while rows move. */
	readonly selected?: string;
	/** Where it stood last, for when it is gone. */
	readonly index: number;
	readonly filter: string;
	/** Column to sort by; absent for trouble first. */
	readonly sort?: number;
	readonly reverse: boolean;
}

export const freshTable: TableState = {index: 0, filter: '', reverse: false};

/** Where the operator is in an investigation. */
export interface Triage extends InvestigationRef {
	readonly field: TextField;
	/** The selected one of a choice. */
	readonly selected: number;
	/** Id of the question that was gone to; absent for the next one without an answer. */
	readonly at?: string;
	/** Id of the question whose answer's evidence is being chosen. */
	readonly attaching?: string;
	/** The panes are shown meanwhile; what is pinned there goes into the investigation. */
	readonly looking?: true;
}

export interface Closing {
	readonly top: number;
	/** Each planned write that has its answer. */
	readonly answers: Readonly<Partial<Record<PlannedWrite['id'], 'no' | 'writing' | WriteResult>>>;
	readonly editing?: TextField;
	/** The service's name being typed, before a write outside production's machine. */
	readonly naming?: TextField;
}

export interface Ui {
	readonly columns: number;
	readonly rows: number;
	readonly focus: Focus;
	readonly overlay?: Overlay;
	readonly tables: Readonly<Record<string, TableState>>;
	/** Lines scrolled in the runbook next to the rows, from where it opened by itself. */
	readonly runbookTop: number;
	/** The runbook and heading that was scrolled in; another one begins where it opens. */
	readonly runbookPlace?: string;
	readonly triage?: Triage;
	/** What is about to be changed in another system; lies over the screen until it is answered. */
	readonly outside?: Dialog;
	readonly closing: Closing;
	/** The selected one of the open rounds. */
	readonly openRound: number;
}

export interface Session {
	readonly app: App;
	readonly theme: Theme;
	readonly ui: Store<Ui>;
	/** When the screen came up, epoch milliseconds. */
	readonly startedAt: number;
	/** Ends the screen; the round stays on disk as it is. */
	readonly exit: () => void;
	/** Hands the terminal to another program and takes it back afterwards. */
	readonly suspend: <T>(run: () => Promise<T>) => Promise<T>;
}

export const freshClosing: Closing = {top: 0, answers: {}};

export const freshUi: Ui = {columns: 80, rows: 24, focus: 'checklist', tables: {}, runbookTop: 0, closing: freshClosing, openRound: 0};

/** A session over the app; `exit` and `suspend` come from whoever owns the terminal. */
export function createSession(parts: Pick<Session, 'app' | 'theme' | 'exit' | 'suspend'>): Session {
	return {
		...parts,
		ui: createStore(freshUi),
		startedAt: parts.app.clock.now(),
	};
}

/** Changes part of the screen's state. */
export function change({ui}: Session, part: Patch<Ui>): void {
	ui.set(patched(ui.get(), part));
}

/** The step the operator is at. */
export function currentStep({app}: Pick<Session, 'app'>) {
	const {steps, cursor} = app.round.get();
	return steps[cursor];
}

/** The table of a check as it is looked at now. */
export function tableOf(ui: Ui, check: string): TableState {
	return ui.tables[check] ?? freshTable;
}

export function changeTable(session: Session, check: string, part: Partial<TableState>): void {
	const {tables} = session.ui.get();
	change(session, {tables: {...tables, [check]: {...(tables[check] ?? freshTable), ...part}}});
}

/** Goes to the step of that index; the pane follows, filters and selections of the other steps stay. */
export function moveTo(session: Session, index: number): void {
	session.app.dispatch({type: 'moved', to: index});
	change(session, {runbookTop: 0});
}

/** True where this very evidence is pinned. */
export function isPinned(pins: readonly Evidence[], check: string, id: string): boolean {
	return pins.some((pin) => pin.id === id && pin.check === check);
}
