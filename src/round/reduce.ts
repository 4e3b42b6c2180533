/** How a round changes: pure, so that what is on disk can be replayed and every rule has a plain test. */
import {keepLinked, keepSent} from './ledger.ts';
import type {Evidence} from '../checks/kit/check.ts';
import {addEvidence, idOf} from './investigation/investigation.ts';
import {samePlace, withDraft, withoutDrafts} from './draft-places.ts';
import {changeInvestigation, dropInvestigation, findInvestigation, putInvestigation} from './investigations.ts';
import type {InvestigationRef} from './investigation/investigation-ref.ts';
import {type Draft, type RoundEvent, type RoundState, type Step, type Verdict, needsNote} from './round.ts';
import {patched} from '../base/patch.ts';
import {withTick} from '../runbooks/ticks.ts';

type EventOf<Type extends RoundEvent['type']> = Extract<RoundEvent, {readonly type: Type}>;

/** The phase that an event needs. Events that are not listed fit every open phase. */
const phaseOf: Partial<Record<RoundEvent['type'], RoundState['phase']>> = {
	decided: 'walking',
	undecided: 'walking',
	closing: 'walking',
	moved: 'walking',
	reopened: 'closing',
	'entry-edited': 'closing',
	'investigation-recorded': 'closing',
	closed: 'closing',
};

const wrongPhase: Record<RoundState['phase'], string> = {
	walking: 'The round is still in progress',
	closing: 'The round is being closed. Go back to it first.',
	closed: 'The round is closed',
};

function decisionProblem(step: Step, verdict: Verdict): string | undefined {
	if (verdict.note?.trim() || !needsNote(verdict.finding, verdict.kind, step)) return undefined;
	return verdict.kind === 'skipped'
		? `A reason is required to skip ${step.id}`
		: `${step.id} is ${verdict.finding.status}. A note is required to mark it OK`;
}

/** Why the event cannot be applied, in one sentence; undefined if it can. `reduce` ignores a refused event. */
export function refusal(state: RoundState, event: RoundEvent): string | undefined {
	const needed = phaseOf[event.type];
	if (state.phase === 'closed' || (needed !== undefined && needed !== state.phase)) return wrongPhase[state.phase];
	if (event.type === 'moved') return Number.isInteger(event.to) ? undefined : 'This round has no such check';
	const named = 'step' in event ? event.step : undefined;
	if (named === undefined) return undefined;
	const step = state.steps.find(({id}) => id === named);
	if (!step) return `This round has no check ${named}`;
	if (event.type === 'decided') return decisionProblem(step, event.verdict);
	if (event.type === 'noted' && event.text.trim() === '') return 'Note is required';
	return undefined;
}

function changeStep(state: RoundState, id: string, change: (step: Step) => Step): RoundState {
	return {...state, steps: state.steps.map((step) => (step.id === id ? change(step) : step))};
}

/** An edited log entry is outdated when a verdict changes. Its text is kept as a draft. */
function unsettleEntry(state: RoundState): RoundState {
	if (state.entry === undefined) return state;
	return withDraft(patched(state, {entry: undefined}), {field: 'entry', text: state.entry});
}

/** The next step without a verdict after `from`, wrapping around; `from` itself if all have one. */
function nextUndecided(steps: readonly Step[], from: number): number {
	for (let ahead = 1; ahead <= steps.length; ahead++) {
		const index = (from + ahead) % steps.length;
		if (!steps[index]?.verdict) return index;
	}
	return from;
}

function decide(state: RoundState, {step: id, verdict}: EventOf<'decided'>): RoundState {
	const decided = changeStep(state, id, (step) => ({...step, verdict}));
	const at = state.steps.findIndex((step) => step.id === id);
	// Drafts of the investigation stay: the verdict does not confirm them.
	const cleared = withoutDrafts(decided, ({step, field}) => step === id && !field.startsWith('investigation'));
	return unsettleEntry({...cleared, cursor: nextUndecided(decided.steps, at)});
}

function handOver(state: RoundState, operator: string): RoundState {
	if (state.operators.at(-1) === operator) return state;
	return {...state, operators: [...state.operators.filter((other) => other !== operator), operator]};
}

function pin(state: RoundState, {evidence}: EventOf<'pinned'>): RoundState {
	const known = state.pins.some(({id, check}) => id === evidence.id && check === evidence.check);
	const pinned = known ? state : {...state, pins: [...state.pins, evidence]};
	return changeInvestigation(pinned, state.investigating, (investigation) => addEvidence(investigation, evidence));
}

function unpin(state: RoundState, {id, check}: EventOf<'unpinned'>): RoundState {
	const stays = (pinned: Evidence) => pinned.id !== id || (check !== undefined && pinned.check !== check);
	const pins = state.pins.filter(stays);
	if (pins.length === state.pins.length) return state;
	return changeInvestigation({...state, pins}, state.investigating, (investigation) => ({
		...investigation,
		evidence: investigation.evidence.filter(stays),
	}));
}

/** The drafts of that investigation; the first of a check is not named in them. */
function ofInvestigation({step, id}: InvestigationRef): (draft: Draft) => boolean {
	return (draft) => draft.step === step && draft.field.startsWith('investigation') && (draft.investigation ?? step) === id;
}

function investigated(state: RoundState, {step: id, investigation, field}: EventOf<'investigated'>): RoundState {
	const changed = changeStep(state, id, (step) => putInvestigation(step, investigation));
	const its = ofInvestigation({step: id, id: idOf(investigation)});
	return unsettleEntry(withoutDrafts(changed, (draft) => its(draft) && (field === undefined || draft.field === field)));
}

function open(state: RoundState, {open}: EventOf<'investigating'>): RoundState {
	if (!open) return state.investigating ? patched(state, {investigating: undefined}) : state;
	const {step, id} = open;
	if (state.investigating?.step === step && state.investigating.id === id) return state;
	return findInvestigation(state, open) ? {...state, investigating: open} : state;
}

function resume(state: RoundState, {at, savedAt, operator}: EventOf<'resumed'>): RoundState {
	const walked = Math.max(0, savedAt - (state.satDownAt ?? state.startedAt));
	return {...handOver(state, operator), walkedMs: state.walkedMs + walked, satDownAt: at};
}

/** The state after the event; the same object if it is refused or changes nothing. Pure. */
export function reduce(state: RoundState, event: RoundEvent): RoundState {
	if (refusal(state, event) !== undefined) return state;
	switch (event.type) {
		case 'moved': {
			const cursor = Math.max(0, Math.min(event.to, state.steps.length - 1));
			return cursor === state.cursor ? state : {...state, cursor};
		}
		case 'decided':
			return decide(state, event);
		case 'undecided': {
			const index = state.steps.findIndex(({id}) => id === event.step);
			if (!state.steps[index]?.verdict) return state;
			return unsettleEntry({...changeStep(state, event.step, (step) => patched(step, {verdict: undefined})), cursor: index});
		}
		case 'noted': {
			const {at, operator, text} = event;
			const noted = changeStep(state, event.step, (step) => ({...step, notes: [...step.notes, {at, operator, text}]}));
			return withoutDrafts(noted, ({step, field}) => step === event.step && field === 'note');
		}
		case 'pinned':
			return pin(state, event);
		case 'unpinned':
			return unpin(state, event);
		case 'investigated':
			return investigated(state, event);
		case 'investigating':
			return open(state, event);
		case 'investigation-dropped': {
			const {step, id} = event;
			if (!findInvestigation(state, event)) return state;
			const cleared = withoutDrafts(state, ofInvestigation(event));
			const left =
				cleared.investigating?.step === step && cleared.investigating.id === id ? patched(cleared, {investigating: undefined}) : cleared;
			return unsettleEntry(changeStep(left, step, (one) => dropInvestigation(one, id)));
		}
		case 'investigation-recorded':
			return changeInvestigation(state, event, (investigation) => ({...investigation, record: event.record}));
		case 'ticked':
			return {...state, ticks: withTick(state.ticks ?? [], event.tick, event.done)};
		case 'outside-begun':
		case 'outside-ended':
			return keepSent(state, event);
		case 'ticketed':
			return keepLinked(state, event);
		case 'drafted':
			return event.draft ? withDraft(state, event.draft) : state.draft ? patched(state, {draft: undefined}) : state;
		case 'draft-dropped':
			return withoutDrafts(state, (draft) => samePlace(draft, event.place));
		case 'closing':
			return {...state, phase: 'closing'};
		case 'reopened':
			return {...state, phase: 'walking'};
		case 'entry-edited': {
			const settled = withoutDrafts(state, ({field}) => field === 'entry');
			return patched(settled, {entry: event.text.trim() === '' ? undefined : event.text});
		}
		case 'closed':
			return patched(
				withoutDrafts(state, () => true),
				{investigating: undefined, phase: 'closed', closedAt: event.at},
			);
		case 'taken-over':
			return handOver(state, event.operator);
		default:
			return resume(state, event);
	}
}
