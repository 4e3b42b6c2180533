/** Brings a round found on disk together with today's checklist, which may have changed since. */
import type {RoundState, Step} from './round.ts';

/** Whether the step has a verdict, notes, an investigation or tickets. */
const hasWords = ({verdict, notes, investigation, tickets}: Step) =>
	verdict !== undefined || notes.length > 0 || investigation !== undefined || tickets !== undefined;

/**
 * The round with the checklist's steps in the checklist's order. A step that is no longer on the checklist moves to the
 * end if it has content. The cursor stays on its step. Returns the same state if nothing changed. Pure.
 */
export function reconcile(state: RoundState, checklist: readonly Pick<Step, 'id' | 'title' | 'byEye'>[]): RoundState {
	if (state.steps.length === checklist.length && checklist.every(({id}, index) => state.steps[index]?.id === id)) return state;
	const listed = checklist.map(
		({id, title, byEye}): Step => state.steps.find((step) => step.id === id) ?? {id, title, ...(byEye ? {byEye} : {}), notes: []},
	);
	const left = state.steps.filter((step) => hasWords(step) && !checklist.some(({id}) => id === step.id));
	const steps = [...listed, ...left];
	const current = state.steps[state.cursor]?.id;
	return {
		...state,
		steps,
		cursor: Math.max(
			0,
			steps.findIndex(({id}) => id === current),
		),
	};
}
