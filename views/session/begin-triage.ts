/** What `i` does at a row: an investigation of its own, or the one that it has. */
import {freeId, investigationsOf} from '../../src/round/investigations.ts';
import type {Step} from '../../src/round/round.ts';
import {addEvidence, evidenceKey, idOf, type Investigation, startInvestigation} from '../../src/round/investigation/investigation.ts';
import {firstWords} from '../../src/triage/first-words.ts';
import type {Session} from './session.ts';
import {reasonOfRow, rowEvidence, selectedItem} from './table-view.ts';
import {openTriage} from './triage-draft.ts';

/** Begins an investigation of the check; what is pinned of it goes in, behind what it begins with. */
export function beginTriage(session: Session, step: Step): void {
	const {app} = session;
	const found = selectedItem(session);
	const selected = found?.view.check === step.id ? found : undefined;
	const id = freeId(step);
	const row = selected ? [rowEvidence(selected, app.clock.now())] : app.evidenceOf(step.id);
	const reason = selected && reasonOfRow(session, selected);
	const said = reason && firstWords(reason);
	const pins = app.round.get().pins.filter(({check}) => check === step.id);
	const started = startInvestigation({step: step.id, id, openedAt: app.clock.now(), said});
	const investigation = [...row, ...pins].reduce(addEvidence, started);
	app.dispatch({type: 'investigated', step: step.id, investigation});
	openTriage(session, {step: step.id, id: idOf(investigation)});
}

/** The investigation that `i` means: that of the selected row; in the checklist the check's own, unfinished ones first. */
export function meantBy(session: Session, step: Step): Investigation | undefined {
	const all = investigationsOf(step);
	const selected = selectedItem(session);
	if (session.ui.get().focus === 'table' && selected) {
		const key = evidenceKey(rowEvidence(selected, 0));
		return all.findLast(({evidence}) => evidence.some((one) => evidenceKey(one) === key));
	}
	return all.findLast(({closedAt}) => closedAt === undefined) ?? all.at(-1);
}
