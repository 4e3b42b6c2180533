/** Giving a verdict: what is on the screen goes with it. */
import type {Finding} from '../src/checks/check.ts';
import {type Step, type Suggestion, suggest, type VerdictKind} from '../src/round/round.ts';
import {startInvestigation} from '../src/triage/questions.ts';
import {change, type Session} from './session.ts';
import {openTriage} from './triage.ts';

/** The finding of a step now; undefined before the first answer. */
export function findingOf({app}: Session, step: string): Finding | undefined {
	return app.runs.get(step)?.get().finding;
}

/** The verdict `a` gives: the suggested one; where only an eye can judge, fine. */
export function suggestionOf(session: Session, step: Step): Suggestion {
	const finding = findingOf(session, step.id);
	const suggestion = suggest(finding, step);
	return step.byEye && finding ? {...suggestion, verdict: 'ok'} : suggestion;
}

/** What a verdict rests on when nothing was read. */
function notRead({title}: Step): Finding {
	return {status: 'unknown', summary: 'not read yet', short: `${title.toLowerCase()} not read`, reasons: [], evidence: []};
}

/** Gives the verdict. An anomaly leads straight into its triage. */
export function decide(session: Session, step: Step, verdict: {readonly kind: VerdictKind; readonly note?: string}): void {
	const {app} = session;
	const at = app.clock.now();
	const finding = findingOf(session, step.id) ?? notRead(step);
	app.dispatch({type: 'decided', step: step.id, verdict: {...verdict, at, operator: app.operator, finding}});
	if (verdict.kind === 'anomaly') {
		if (!step.investigation) {
			const pins = app.round.get().pins.filter(({check}) => check === step.id);
			const evidence = [...pins, ...app.evidenceOf(step.id).filter(({id}) => !pins.some((pin) => pin.id === id))];
			app.dispatch({type: 'investigated', step: step.id, investigation: startInvestigation({step: step.id, openedAt: at, evidence})});
		}
		openTriage(session, step.id);
		return;
	}
	change(session, {focus: 'checklist', runbookTop: 0});
	if (app.round.get().steps.every((one) => one.verdict)) app.notice.set('every check has its verdict: c closes the round');
}
