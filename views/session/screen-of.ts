/** Which screen is on and which keys hold: pure functions of the round and the screen's state. */
import type {Scope} from '../../src/keys/scopes.ts';
import type {RoundState} from '../../src/round/round.ts';
import {findInvestigation} from '../../src/round/investigations.ts';
import {evidenceKey, type Investigation} from '../../src/round/investigation/investigation.ts';
import type {Question} from '../../src/triage/question.ts';
import {nextQuestion, questionAt} from '../../src/triage/questions.ts';
import {outsideScope} from './outside-scope.ts';
import type {Session, Triage, Ui} from './session.ts';

export const smallest = {columns: 60, rows: 15} as const;

export type Screen = 'too-small' | 'dialog' | 'outside' | 'round' | 'triage' | 'closing' | 'done';

export function screenOf(ui: Ui, round: RoundState, openRounds: number): Screen {
	if (ui.columns < smallest.columns || ui.rows < smallest.rows) return 'too-small';
	if (openRounds > 0) return 'dialog';
	if (ui.outside) return 'outside';
	if (round.phase === 'closed') return 'done';
	if (round.phase === 'closing') return 'closing';
	return ui.triage && !ui.triage.looking ? 'triage' : 'round';
}

/** The evidence that the answer may carry, to be chosen from. */
function evidenceQuestion({evidence}: Investigation, question: Question): Question {
	const carried = question.evidence ?? [];
	return {
		...question,
		text: `What speaks for “${question.answer}”?`,
		choices: evidence.map((one) => ({
			id: evidenceKey(one),
			title: `[${carried.includes(evidenceKey(one)) ? 'x' : ' '}] ${one.text}`,
			lines: [],
		})),
	};
}

/** The question the triage asks now: one that was gone to, or the next without an answer. */
export function questionOf(round: RoundState, triage: Triage): Question | undefined {
	const investigation = findInvestigation(round, triage);
	if (!investigation) return undefined;
	const {at, attaching} = triage;
	const carrying = attaching === undefined ? undefined : questionAt(investigation, attaching);
	if (carrying) return evidenceQuestion(investigation, carrying);
	return (at === undefined ? undefined : questionAt(investigation, at)) ?? nextQuestion(investigation);
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
		case 'outside':
			return ui.outside ? outsideScope(ui.outside) : 'always';
		case 'triage':
			return ui.triage && questionOf(round, ui.triage)?.choices ? 'choice' : 'investigation';
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
		case 'investigations':
			return 'investigations';
		default:
			return 'page';
	}
}
