/** Brings a round found on disk together with today's checklist, which may have changed since. */
import type {RoundState, Step} from './round.ts';

/** Whether the operator has said anything at the step. */
const hasWords = ({verdict, notes, investigation, tickets}: Step) =>
	verdict !== undefined || notes.length > 0 || investigation !== undefined || tickets !== undefined;

/**
 * The round with the checklist's steps in the checklist's order; a step that left the checklist stays, at the end,
 * where something was said at it. The cursor keeps its step. Pure; the same state where nothing changed.
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
