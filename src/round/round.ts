/**
 * The round as data: one walk through the checklist by one operator.
 * Pure: state and event give the next state; saving and writing are effects of effects.ts.
 */
import type {Evidence, Finding} from '../checks/check.ts';
import type {Investigation} from '../triage/investigation.ts';

export type VerdictKind = 'ok' | 'anomaly' | 'skipped';

/** The operator's word on a finding. */
export interface Verdict {
	readonly kind: VerdictKind;
	/** Required for `skipped` and wherever the verdict overrides the suggestion. */
	readonly note?: string;
	readonly at: number;
	readonly operator: string;
	/** What was on the screen when it was given. */
	readonly finding: Finding;
}

export interface Step {
	readonly id: string;
	readonly title: string;
	readonly verdict?: Verdict;
	/** Free notes, newest last. */
	readonly notes: readonly {readonly at: number; readonly operator: string; readonly text: string}[];
	readonly investigation?: Investigation;
}

/** What is being typed and where, so that a crash loses nothing. */
export interface Draft {
	/** `note`, `skip`, `override`, `entry`, `investigation.problem`, `investigation.why.2`, … */
	readonly field: string;
	readonly step?: string;
	readonly text: string;
}

export interface RoundState {
	readonly version: 1;
	/** `2026-11-20T0831-checkout-production-alice`: a file name. */
	readonly id: string;
	readonly service: string;
	readonly environment: string;
	/** Everyone who walked it; the last one holds it now. */
	readonly operators: readonly string[];
	readonly startedAt: number;
	/** Time spent on it by earlier sittings, milliseconds; added up when it is resumed. */
	readonly walkedMs: number;
	readonly phase: 'walking' | 'closing' | 'closed';
	readonly cursor: number;
	readonly steps: readonly Step[];
	readonly pins: readonly Evidence[];
	readonly draft?: Draft;
	/** The entry as edited by hand on the closing screen; absent while it is still the generated one. */
	readonly entry?: string;
	readonly closedAt?: number;
}

export type RoundEvent =
	| {readonly type: 'moved'; readonly to: number}
	| {readonly type: 'decided'; readonly step: string; readonly verdict: Verdict}
	| {readonly type: 'undecided'; readonly step: string}
	| {readonly type: 'noted'; readonly step: string; readonly at: number; readonly operator: string; readonly text: string}
	| {readonly type: 'pinned'; readonly evidence: Evidence}
	| {readonly type: 'unpinned'; readonly id: string}
	| {readonly type: 'investigated'; readonly step: string; readonly investigation: Investigation}
	| {readonly type: 'drafted'; readonly draft: Draft | undefined}
	| {readonly type: 'closing'}
	| {readonly type: 'reopened'}
	| {readonly type: 'entry-edited'; readonly text: string}
	| {readonly type: 'closed'; readonly at: number}
	| {readonly type: 'taken-over'; readonly operator: string};
