import type {Priority} from '../../src/round/outside/priority.ts';
import type {TicketRequest} from '../../src/outside/ticket/ticket.ts';
import {objectOf} from '../../src/round/outside/affected-item.ts';
import {findInvestigation} from '../../src/round/investigations.ts';
import type {Status} from '../../src/base/status.ts';
import {guideOf, idOf, type Outcome} from '../../src/round/investigation/investigation.ts';
import {firstWords} from '../../src/triage/first-words.ts';
import {rootCause} from '../../src/triage/questions.ts';
import {currentStep, type Session} from '../session/session.ts';
import {reasonOfRow, rowEvidence, selectedItem} from '../session/table-view.ts';

const priorityOf: Readonly<Record<Status, Priority>> = {critical: 'P2', warning: 'P3', unknown: 'P3', ok: 'P4'};

/** What a ticket about the selected row says at first; about the check where it shows no rows. Undefined in a round without checks. */
export function requestOf(session: Session): TicketRequest | undefined {
	const {app} = session;
	const step = currentStep(session);
	if (!step) return undefined;
	const {pins} = app.round.get();
	const selected = selectedItem(session);
	const row = selected && rowEvidence(selected, app.clock.now());
	const finding = step.verdict?.finding ?? app.runs.get(step.id)?.get().finding;
	const name = step.title.toLowerCase();
	const reason = selected && reasonOfRow(session, selected);
	const said = (reason && firstWords(reason)) ?? row?.text ?? finding?.summary ?? 'not read yet';
	const evidence = pins.filter((pin) => pin.check === step.id && pin.id !== row?.id);
	return {
		step: step.id,
		subject: row?.id ?? 'check',
		problem: `${name}: ${said}`,
		...(selected && row
			? {affected: objectOf(row) ?? `${selected.view.pane.noun[0]} ${reason?.subject ?? row.text.split(/[:,]/)[0] ?? ''}`.trim()}
			: {}),
		evidence: row ? [row, ...evidence] : evidence,
		...(finding ? {description: `${step.title}: ${finding.summary}`, priority: priorityOf[finding.status]} : {}),
		notes: step.notes.map(({text}) => text).join('\n'),
		...(step.verdict ? {acknowledgedAt: step.verdict.at} : {}),
	};
}

const priorityOfOutcome: Readonly<Record<Outcome, Priority>> = {
	serious: 'P1',
	'not-enough-information': 'P3',
	undetermined: 'P3',
	intermittent: 'P4',
	noise: 'P4',
};

/** What a ticket about the open investigation says at first; undefined before its problem is told. */
export function requestOfTriage({app, ui}: Session): TicketRequest | undefined {
	const round = app.round.get();
	const investigation = findInvestigation(round, ui.get().triage);
	if (!investigation || investigation.problem.trim() === '') return undefined;
	const {step, problem, evidence, outcome, openedAt} = investigation;
	const cause = rootCause(investigation);
	const [first] = evidence;
	const affected = first && objectOf(first);
	const guide = guideOf(outcome);
	const finding = round.steps.find(({id}) => id === step)?.verdict?.finding;
	return {
		step,
		subject: `investigation:${idOf(investigation)}`,
		problem,
		...(affected === undefined ? {} : {affected}),
		evidence,
		description: [problem, cause && `Cause, as far as known: ${cause}`, guide && `Outcome: ${guide.title}. ${guide.action}`]
			.filter(Boolean)
			.join('\n\n'),
		priority: outcome ? priorityOfOutcome[outcome] : priorityOf[finding?.status ?? 'warning'],
		acknowledgedAt: openedAt,
	};
}
