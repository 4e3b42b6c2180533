/** Taking over what a past anomaly says. */
import {sameAs} from '../../../src/ops-log/memory/seen-before.ts';
import type {PastAnomaly} from '../../../src/round/investigation/past-anomaly.ts';
import {idOf, type Investigation} from '../../../src/round/investigation/investigation.ts';
import {answer, endList, nextQuestion, rootCause} from '../../../src/triage/questions.ts';
import {pastWords, seenAtTriage} from '../../session/seen.ts';
import type {Session} from '../../session/session.ts';
import {openQuestion, openTriage} from '../../session/triage-draft.ts';
import type {Actions} from '../../session/action.ts';
import {keepChanged} from './investigation-actions.ts';

/** The first past one that is like the one that is open. */
function pastOf(session: Session): PastAnomaly | undefined {
	const open = openQuestion(session);
	return open && seenAtTriage(session, open.investigation)[0];
}

/** The cause as the chosen method asks for it; the very same where that method must first list what it could be. */
function withCause(investigation: Investigation, cause: string): Investigation {
	const {method} = investigation;
	return method === 'five-whys' ? endList(answer(investigation, 'why.1', cause), 'why.2') : answer(investigation, `cause.${method}`, cause);
}

/** With what the past one tells, where nothing was answered yet; the very same where it can fill nothing. */
function filledWith(investigation: Investigation, past: PastAnomaly): Investigation {
	const {problem, cause, outcome} = sameAs(past);
	let filled = investigation;
	if (filled.problem === '') filled = answer(filled, 'problem', problem);
	if (filled.method === 'history' && !filled.answers?.['history.before']) filled = answer(filled, 'history.before', pastWords(past));
	if (cause !== undefined && rootCause(filled) === undefined) filled = withCause(filled, cause);
	if (outcome !== undefined && filled.outcome === undefined) filled = answer(filled, 'outcome', outcome);
	return filled;
}

/** Takes over what the past one tells: the problem where none was said, its cause as the root, its outcome. */
function fillSame(session: Session): void {
	const open = openQuestion(session);
	const past = pastOf(session);
	if (!open || !past) return;
	const kept = keepChanged(session, filledWith(open.investigation, past), `investigation.${open.question.id}`);
	openTriage(session, {step: kept.step, id: idOf(kept)}, nextQuestion(kept)?.id ?? 'problem');
	session.app.notice.set('Filled in from an earlier case. Check each answer.');
}

export const sameAsBeforeActions = {
	'same-as-before': {
		run: fillSame,
		disabled(session) {
			const past = pastOf(session);
			if (!past) return 'nothing like it is known from before';
			const open = openQuestion(session);
			return open && filledWith(open.investigation, past) !== open.investigation
				? undefined
				: 'every answer that the one before could fill is given';
		},
	},
} as const satisfies Partial<Actions>;
