/** Giving a verdict: what is on the screen goes with it. */
import type {Finding} from '../../src/checks/kit/check.ts';
import {type Step, type Suggestion, suggest, type VerdictKind} from '../../src/round/round.ts';
import {investigationsOf} from '../../src/round/investigations.ts';
import {idOf, startInvestigation} from '../../src/round/investigation/investigation.ts';
import {change, type Session} from './session.ts';
import {openTriage} from './triage-draft.ts';

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
function notRead({title}: Pick<Step, 'title'>): Finding {
	return {status: 'unknown', summary: 'not read yet', short: `${title.toLowerCase()} not read`, reasons: [], evidence: []};
}

/** Puts the verdict on disk; what is on the screen goes with it. */
export function giveVerdict(session: Session, {id, title}: Step, verdict: {readonly kind: VerdictKind; readonly note?: string}): void {
	const {app} = session;
	const finding = findingOf(session, id) ?? notRead({title});
	app.dispatch({type: 'decided', step: id, verdict: {...verdict, at: app.clock.now(), operator: app.operator, finding}});
}

/** Gives the verdict. An anomaly leads straight into its triage, unless that is done already. */
export function decide(session: Session, step: Step, verdict: {readonly kind: VerdictKind; readonly note?: string}): void {
	const {app} = session;
	giveVerdict(session, step, verdict);
	const all = investigationsOf(step);
	const unfinished = all.findLast(({closedAt}) => closedAt === undefined);
	if (verdict.kind === 'anomaly' && (unfinished || all.length === 0)) {
		if (!unfinished) {
			const pins = app.round.get().pins.filter(({check}) => check === step.id);
			const evidence = [...pins, ...app.evidenceOf(step.id).filter(({id}) => !pins.some((pin) => pin.id === id))];
			const investigation = startInvestigation({step: step.id, openedAt: app.clock.now(), evidence});
			app.dispatch({type: 'investigated', step: step.id, investigation});
		}
		openTriage(session, {step: step.id, id: unfinished ? idOf(unfinished) : step.id});
		return;
	}
	change(session, {focus: 'checklist', runbookTop: 0});
	if (app.round.get().steps.every((one) => one.verdict)) app.notice.set('Every check is reviewed. Press c to close the round.');
}
