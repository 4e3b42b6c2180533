/** Announcing from the screens: what is known of the row or the investigation, and opening what can be done about it. */
import type {Evidence} from '../../src/checks/kit/check.ts';
import {announcedAbout, announcedOf} from '../../src/round/incident/announced.ts';
import {leadsToAnnouncing, proposalOf, proposalOfRow} from '../../src/round/incident/lead-in.ts';
import type {AnnouncementRequest} from '../../src/round/incident/incident-message.ts';
import {findInvestigation, investigationsOf} from '../../src/round/investigations.ts';
import {evidenceKey, idOf, type Investigation} from '../../src/round/investigation/investigation.ts';
import type {Step} from '../../src/round/round.ts';
import {firstWords} from '../../src/triage/first-words.ts';
import {currentStep, type Session} from '../session/session.ts';
import {reasonOfRow, rowEvidence, selectedItem, viewOf} from '../session/table-view.ts';
import {openOutside} from './dialog-flow.ts';

/** When the rows of the evidence began, as far as their source tells. */
function beganOf(session: Session, evidence: readonly Pick<Evidence, 'check' | 'id'>[]): readonly number[] {
	return evidence.flatMap(({check, id}) => {
		const view = viewOf(session, check);
		const item = view?.pane.items(view.data).find((item) => view.pane.id(item) === id);
		return (item === undefined ? undefined : view?.pane.began?.(item)) ?? [];
	});
}

/** What an announcement of this investigation says at first. */
export function announcementOfTriage(session: Session, investigation: Investigation): AnnouncementRequest {
	const {app} = session;
	const announced = announcedOf(app.round.get(), investigation);
	const {step, evidence} = investigation;
	return {
		step,
		about: {investigation: idOf(investigation)},
		proposal: proposalOf(investigation, {operator: app.operator, now: app.clock.now(), began: beganOf(session, evidence)}),
		...(announced ? {announced} : {}),
	};
}

/** The investigation that is meant: the row's own; in the checklist one of the check's, an outage that no one was told of first. */
function meantBy({app, ui}: Session, step: Step, row: Evidence | undefined): Investigation | undefined {
	const round = app.round.get();
	const all = investigationsOf(step).filter(
		({evidence}) => ui.get().focus !== 'table' || row === undefined || evidence.some((one) => evidenceKey(one) === evidenceKey(row)),
	);
	return all.findLast((one) => leadsToAnnouncing(round, one)) ?? all.findLast((one) => announcedOf(round, one)) ?? all.at(-1);
}

/** The same for the selected row, by its investigation where it has one; for the check where it shows no rows. */
export function announcementOfRow(session: Session): AnnouncementRequest | undefined {
	const {app} = session;
	const step = currentStep(session);
	if (!step) return undefined;
	const now = app.clock.now();
	const selected = selectedItem(session);
	const row = selected && rowEvidence(selected, now);
	const mine = meantBy(session, step, row);
	if (mine) return announcementOfTriage(session, mine);
	const about = row ? {row: row.id} : {};
	const reason = selected && reasonOfRow(session, selected);
	const finding = step.verdict?.finding ?? app.runs.get(step.id)?.get().finding;
	const said = (reason && firstWords(reason)) ?? row?.text ?? finding?.summary ?? step.title;
	const announced = announcedAbout(app.round.get(), step.id, about);
	return {
		step: step.id,
		about,
		proposal: proposalOfRow(said, {operator: app.operator, now, began: row ? beganOf(session, [row]) : []}),
		...(announced ? {announced} : {}),
	};
}

function openRequest(session: Session, request: AnnouncementRequest): void {
	openOutside(session, {step: request.step, subject: request.proposal.what || request.step, acts: session.app.announcements.acts(request)});
}

/** Announces the open investigation, or tells how it goes. */
export function openAnnouncing(session: Session): void {
	const investigation = findInvestigation(session.app.round.get(), session.ui.get().triage);
	if (investigation) openRequest(session, announcementOfTriage(session, investigation));
}

/** An outage that no one was told of leads straight into its announcement, where one may be sent. */
export function leadIntoAnnouncing(session: Session, investigation: Investigation): void {
	const {app} = session;
	if (!app.readOnly && leadsToAnnouncing(app.round.get(), investigation))
		openRequest(session, announcementOfTriage(session, investigation));
}
