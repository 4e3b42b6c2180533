/** Which screen is on and which keys hold: pure functions of the round and the screen's state. */
import type {Scope} from '../src/key-scopes.ts';
import type {RoundState} from '../src/round/round.ts';
import type {Investigation} from '../src/triage/investigation.ts';
import {nextQuestion, type Question} from '../src/triage/questions.ts';
import type {Session, Triage, Ui} from './session.ts';

export const smallest = {columns: 60, rows: 15} as const;

export type Screen = 'too-small' | 'dialog' | 'round' | 'triage' | 'closing' | 'done';

export function screenOf(ui: Ui, round: RoundState, openRounds: number): Screen {
	if (ui.columns < smallest.columns || ui.rows < smallest.rows) return 'too-small';
	if (openRounds > 0) return 'dialog';
	if (round.phase === 'closed') return 'done';
	if (round.phase === 'closing') return 'closing';
	return ui.triage ? 'triage' : 'round';
}

/** The investigation with only these answers given. */
function unanswered(
	{step, openedAt, method, evidence}: Investigation,
	answers: Pick<Investigation, 'problem' | 'whys' | 'whysDone' | 'outcome'>,
): Investigation {
	return {step, openedAt, method, evidence, ...answers};
}

/** The question the triage asks now: an earlier one that is being changed, or the next without an answer. */
export function questionOf(round: RoundState, triage: Triage): Question | undefined {
	const investigation = round.steps.find(({id}) => id === triage.step)?.investigation;
	if (!investigation) return undefined;
	const {problem, outcome, whys} = investigation;
	const {revising} = triage;
	switch (revising?.kind) {
		case undefined:
			return nextQuestion(investigation);
		case 'problem':
			return nextQuestion({...investigation, problem: ''});
		case 'why':
			return nextQuestion(unanswered(investigation, {problem, whys: whys.slice(0, revising.number - 1)}));
		case 'outcome':
			return nextQuestion(unanswered(investigation, {problem, whys, whysDone: true}));
		default:
			return nextQuestion(unanswered(investigation, {problem, whys, whysDone: true, ...(outcome ? {outcome} : {})}));
	}
}

/** The keys of the screen itself, whatever lies on top of it. */
export function scopeBelow(session: Session): Scope {
	const ui = session.ui.get();
	const round = session.app.round.get();
	switch (screenOf(ui, round, session.app.openRounds.get().length)) {
		case 'too-small':
			return 'always';
		case 'dialog':
			return 'dialog';
		case 'triage':
			return ui.triage && questionOf(round, ui.triage)?.kind === 'outcome' ? 'outcome' : 'investigation';
		case 'closing':
			return ui.closing.editing || ui.closing.naming ? 'text-field' : 'closing';
		case 'done':
			return 'done';
		default:
			return ui.focus;
	}
}

/** The keys that hold now. */
export function scopeOf(session: Session): Scope {
	const below = scopeBelow(session);
	const {overlay} = session.ui.get();
	if (!overlay || below === 'always') return below;
	switch (overlay.kind) {
		case 'help':
		case 'palette':
			return 'help';
		case 'prompt':
			return 'text-field';
		case 'filter':
			return 'filter';
		default:
			return 'page';
	}
}
