/** The run table of the team's guide (seeds 003): one row per investigation. Pure. */
import {mostUrgent, type Priority} from '../round/outside/priority.ts';
import {affectedItem, objectOf} from '../round/outside/affected-item.ts';
import {investigationsOf, ticketsOf} from '../round/investigations.ts';
import type {RoundState, Step} from '../round/round.ts';
import {guideOf, type Investigation} from '../round/investigation/investigation.ts';
import {rootCause} from './questions.ts';

/** One row; what is not known is absent. */
export interface RunRow {
	/** When triage began, epoch milliseconds. */
	readonly at: number;
	/** Id of the check. */
	readonly check: string;
	readonly affected: string;
	/** The problem, else the text of the first evidence. */
	readonly problem?: string;
	/** The most urgent of its tickets. */
	readonly priority?: Priority;
	/** The outcome's title. */
	readonly outcome?: string;
	/** From the start of triage to its end; absent while it is open. */
	readonly resolvedMs?: number;
	readonly cause?: string;
	/** Addresses. */
	readonly tickets: readonly string[];
	/** Its file of markdown, as the ops log links to it. */
	readonly record?: string;
}

/** Of the oldest records some pinned no evidence into an investigation. */
type Recorded = Omit<Investigation, 'evidence'> & Partial<Pick<Investigation, 'evidence'>>;

function rowOf(round: RoundState, {step, investigation}: {readonly step: Step; readonly investigation: Recorded}): RunRow {
	const {openedAt, closedAt, evidence = [], problem, outcome, record} = investigation;
	const tickets = ticketsOf(step, investigation);
	const priority = mostUrgent(tickets.map((ticket) => ticket.priority));
	const affected = tickets.find((ticket) => ticket.affectedItem !== undefined)?.affectedItem;
	const [first] = evidence;
	const said = problem.trim() || first?.text || step.verdict?.note;
	const title = guideOf(outcome)?.title;
	const cause = rootCause(investigation);
	return {
		at: openedAt,
		check: step.id,
		affected: affected ?? affectedItem(round, first && objectOf(first)),
		...(said ? {problem: said} : {}),
		...(priority === undefined ? {} : {priority}),
		...(title === undefined ? {} : {outcome: title}),
		...(closedAt === undefined ? {} : {resolvedMs: Math.max(0, closedAt - openedAt)}),
		...(cause === undefined ? {} : {cause}),
		tickets: tickets.map(({url}) => url),
		...(record === undefined ? {} : {record}),
	};
}

/** The investigations of a round, in the checklist's order. */
export function runRows(round: RoundState): readonly RunRow[] {
	return round.steps.flatMap((step) => investigationsOf(step).map((investigation) => rowOf(round, {step, investigation})));
}
