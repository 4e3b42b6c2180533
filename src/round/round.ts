/**
 * The round as data: one pass through the checklist by one operator.
 * Pure: reduce.ts makes the next state from state and event; kept/ saves it.
 */
import type {Evidence, Finding} from '../checks/kit/check.ts';
import type {Tick} from '../runbooks/ticks.ts';
import type {LinkedTicket, OutsideRecord} from './outside/outside-record.ts';
import type {OutsideOutcome} from './outside/outside-write.ts';
import {clockTimeOf, dayOf} from '../base/times.ts';
import type {Investigation} from './investigation/investigation.ts';
import type {InvestigationRef} from './investigation/investigation-ref.ts';

export type VerdictKind = 'ok' | 'anomaly' | 'skipped';

/** The operator's judgement of a check's result. */
export interface Verdict {
	readonly kind: VerdictKind;
	/** Required if `needsNote` says so: for `skipped`, and for `ok` against the result. */
	readonly note?: string;
	readonly at: number;
	readonly operator: string;
	/** What was on the screen when it was given. */
	readonly finding: Finding;
}

export interface Step {
	readonly id: string;
	readonly title: string;
	/** Nothing is measured: the operator reviews it by eye, so no verdict is suggested. */
	readonly byEye?: boolean;
	readonly verdict?: Verdict;
	/** Free notes, newest last. */
	readonly notes: readonly {readonly at: number; readonly operator: string; readonly text: string}[];
	readonly investigation?: Investigation;
	/** Further ones of the same check, oldest first; absent while there are none. */
	readonly further?: readonly Investigation[];
	/** Tickets that were written for it, or found; absent while there are none. */
	readonly tickets?: readonly LinkedTicket[];
}

/** What is being typed and where, so that a crash loses nothing. */
export interface Draft {
	/** `note`, `skip`, `override`, `entry`, `investigation.problem`, `investigation.why.2`, … */
	readonly field: string;
	readonly step?: string;
	/** Which of the check's investigations; absent for its first one. */
	readonly investigation?: string;
	readonly text: string;
}

export interface RoundState {
	readonly version: 1;
	/** `2026-11-20T0831-checkout-production-alice`: a file name. */
	readonly id: string;
	readonly service: string;
	readonly environment: string;
	/** Everyone who held the round; the last one holds it now. */
	readonly operators: readonly string[];
	readonly startedAt: number;
	/** Time spent in earlier sessions, milliseconds; added up at each resume. */
	readonly walkedMs: number;
	/** When the current session started; absent during the first one, which started with the round. */
	readonly satDownAt?: number;
	readonly phase: 'walking' | 'closing' | 'closed';
	readonly cursor: number;
	readonly steps: readonly Step[];
	readonly pins: readonly Evidence[];
	/** External changes, oldest first; absent if there are none. */
	readonly outside?: readonly OutsideRecord[];
	/** Boxes ticked in runbooks, in the order they were ticked; absent while there are none. */
	readonly ticks?: readonly Tick[];
	readonly draft?: Draft;
	/** Drafts of other fields, neither confirmed nor cancelled; absent if there are none. */
	readonly laidAside?: readonly Draft[];
	/** The investigation that is open: what is pinned goes into it, and a resumed round begins there. */
	readonly investigating?: InvestigationRef;
	/** The log entry as edited on the closing screen; absent while it is the generated one. */
	readonly entry?: string;
	readonly closedAt?: number;
}

export type RoundEvent =
	| {readonly type: 'moved'; readonly to: number}
	| {readonly type: 'decided'; readonly step: string; readonly verdict: Verdict}
	| {readonly type: 'undecided'; readonly step: string}
	| {readonly type: 'noted'; readonly step: string; readonly at: number; readonly operator: string; readonly text: string}
	| {readonly type: 'pinned'; readonly evidence: Evidence}
	/** Without `check`, the evidence of that id of every check. */
	| {readonly type: 'unpinned'; readonly id: string; readonly check?: string}
	/** Started or changed. Removes the draft of `field`, or all drafts of the investigation if no field is given. */
	| {readonly type: 'investigated'; readonly step: string; readonly investigation: Investigation; readonly field?: string}
	/** Opened, or closed if `open` is undefined. */
	| {readonly type: 'investigating'; readonly open: InvestigationRef | undefined}
	| {readonly type: 'investigation-dropped'; readonly step: string; readonly id: string}
	/** Its record was written to the file of that name. */
	| {readonly type: 'investigation-recorded'; readonly step: string; readonly id: string; readonly record: string}
	/** A runbook's box was ticked or unticked. */
	| {readonly type: 'ticked'; readonly tick: Tick; readonly done: boolean}
	/** On disk before anything is sent. */
	| {readonly type: 'outside-begun'; readonly record: OutsideRecord}
	/** How the last write of that id went. */
	| {readonly type: 'outside-ended'; readonly id: string; readonly outcome: OutsideOutcome}
	/** A ticket that exists already belongs to the step. */
	| {readonly type: 'ticketed'; readonly step: string; readonly ticket: LinkedTicket}
	| {readonly type: 'drafted'; readonly draft: Draft | undefined}
	/** The text of that field is saved elsewhere now, or discarded. */
	| {readonly type: 'draft-dropped'; readonly place: Omit<Draft, 'text'>}
	| {readonly type: 'closing'}
	| {readonly type: 'reopened'}
	| {readonly type: 'entry-edited'; readonly text: string}
	| {readonly type: 'closed'; readonly at: number}
	| {readonly type: 'taken-over'; readonly operator: string}
	/** Resumed after a break; `savedAt` is when the earlier session last saved. */
	| {readonly type: 'resumed'; readonly at: number; readonly savedAt: number; readonly operator: string};

/** The suggested verdict, which one key accepts. */
export interface Suggestion {
	/** Undefined if only a person can judge: no data yet, or a check by eye. */
	readonly verdict: VerdictKind | undefined;
	/** Why, in one line; serves as the note of an accepted skip. */
	readonly reason: string;
}

/** The suggested verdict. `unknown` is never suggested as ok: the suggestion is to skip it. Pure. */
export function suggest(finding: Finding | undefined, {byEye = false}: Pick<Step, 'byEye'> = {}): Suggestion {
	if (finding === undefined) return {verdict: undefined, reason: 'no data yet'};
	if (byEye) return {verdict: undefined, reason: `${finding.summary}: needs your verdict`};
	const {status, summary, reasons} = finding;
	if (status === 'ok') return {verdict: 'ok', reason: summary};
	if (status === 'unknown') return {verdict: 'skipped', reason: summary};
	const first = reasons[0];
	return {verdict: 'anomaly', reason: first ? `${first.subject}: ${first.text}` : summary};
}

/**
 * Whether this verdict needs a reason: always for a skip, and for ok against the result.
 * An anomaly does not: its triage asks for the problem anyway.
 */
export function needsNote(finding: Finding | undefined, verdict: VerdictKind, {byEye = false}: Pick<Step, 'byEye'> = {}): boolean {
	if (verdict === 'skipped') return true;
	return verdict === 'ok' && !byEye && finding?.status !== 'ok';
}

export interface NewRound {
	readonly service: string;
	readonly environment: string;
	readonly operator: string;
	/** Epoch milliseconds. */
	readonly startedAt: number;
	/** IANA zone of the id's date; the machine's by default. */
	readonly timeZone?: string;
	readonly steps: readonly Pick<Step, 'id' | 'title' | 'byEye'>[];
	/** Ids already in use, because two rounds may start in one minute. */
	readonly taken?: readonly string[];
}

/** Letters, digits, `.`, `_` and `-` only, so that it is valid in a file name on any system. */
export function nameInFile(text: string): string {
	return (
		text
			.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
			.replaceAll(/^[.-]+|[.-]+$/g, '')
			.slice(0, 40) || 'x'
	);
}

/** `2026-11-20T0831` in the zone. */
function minuteOf(at: number, timeZone: string | undefined): string {
	return `${dayOf(at, timeZone)}T${clockTimeOf(at, timeZone).replace(':', '')}`;
}

/** A round at its first step. */
export function createRound({service, environment, operator, startedAt, timeZone, steps, taken = []}: NewRound): RoundState {
	const name = [minuteOf(startedAt, timeZone), nameInFile(service), nameInFile(environment), nameInFile(operator)].join('-');
	let id = name;
	for (let number = 2; taken.includes(id); number++) id = `${name}-${number}`;
	return {
		version: 1,
		id,
		service,
		environment,
		operators: [operator],
		startedAt,
		walkedMs: 0,
		phase: 'walking',
		cursor: 0,
		steps: steps.map(({id, title, byEye}) => ({id, title, ...(byEye && {byEye}), notes: []})),
		pins: [],
	};
}
