/** The investigations of a round and how they change: the first of a check is on its step, others are in `further`. Pure. */
import type {LinkedTicket} from './outside/outside-record.ts';
import {patched} from '../base/patch.ts';
import {objectOf} from './outside/affected-item.ts';
import {idOf, type Investigation} from './investigation/investigation.ts';
import type {RoundState, Step} from './round.ts';
import type {InvestigationRef} from './investigation/investigation-ref.ts';

/** Every investigation of the check, oldest first. */
export function investigationsOf({investigation, further = []}: Pick<Step, 'investigation' | 'further'>): readonly Investigation[] {
	return investigation ? [investigation, ...further] : further;
}

const nounOf = (object: string) => object.split(' ', 1)[0];

/** False if the ticket names another object of the same kind than the investigation's evidence, such as another pod. */
function isAbout({evidence = []}: Partial<Pick<Investigation, 'evidence'>>, {affectedItem = ''}: LinkedTicket): boolean {
	const objects = evidence.flatMap((one) => objectOf(one) ?? []);
	// Service and environment come before the object.
	const named = affectedItem.slice(affectedItem.indexOf(', ') + 2);
	return objects.includes(named) || !objects.some((object) => nounOf(object) === nounOf(named));
}

type TicketHolder = Pick<Step, 'investigation' | 'further' | 'tickets'>;

/**
 * The investigation that a ticket of the check belongs to. A ticket that does not name one belongs to the newest about the
 * same object at that time, or to the first if the ticket is older. Undefined if no investigation is about its object.
 */
function ownerOf(step: TicketHolder, ticket: LinkedTicket): Investigation | undefined {
	const said = investigationsOf(step).filter(({problem}) => problem !== '');
	const all = said.length > 0 ? said : investigationsOf(step);
	const about = all.filter((one) => isAbout(one, ticket));
	return all.find((one) => idOf(one) === ticket.investigation) ?? about.findLast(({openedAt}) => openedAt <= ticket.at) ?? about[0];
}

/** The tickets of that investigation; of none, those of the check that no investigation is about. */
export function ticketsOf(step: TicketHolder, investigation: Pick<Investigation, 'id' | 'step'> | undefined): readonly LinkedTicket[] {
	return (step.tickets ?? []).filter((ticket) => {
		const owner = ownerOf(step, ticket);
		return owner === undefined || investigation === undefined ? owner === investigation : idOf(owner) === idOf(investigation);
	});
}

/** Every investigation of the round, in the checklist's order. */
export function allInvestigations({steps}: Pick<RoundState, 'steps'>): readonly Investigation[] {
	return steps.flatMap(investigationsOf);
}

/** The investigation; undefined if the round does not have it. */
export function findInvestigation({steps}: Pick<RoundState, 'steps'>, ref: InvestigationRef | undefined): Investigation | undefined {
	const step = ref && steps.find(({id}) => id === ref.step);
	return step && investigationsOf(step).find((one) => idOf(one) === ref.id);
}

/** An unused id for the next investigation of the check; undefined for the first. */
export function freeId(step: Step): string | undefined {
	const taken = new Set(investigationsOf(step).map(idOf));
	if (taken.size === 0) return undefined;
	for (let number = 2; ; number++) if (!taken.has(`${step.id}-${number}`)) return `${step.id}-${number}`;
}

function withAll(step: Step, all: readonly Investigation[]): Step {
	const [investigation, ...further] = all;
	return patched(step, {investigation, further: further.length > 0 ? further : undefined});
}

/** Replaces the investigation of the same id, or adds it after the others. */
export function putInvestigation(step: Step, investigation: Investigation): Step {
	const all = investigationsOf(step);
	const at = all.findIndex((one) => idOf(one) === idOf(investigation));
	return withAll(step, at < 0 ? [...all, investigation] : all.with(at, investigation));
}

/** The step without that investigation. */
export function dropInvestigation(step: Step, id: string): Step {
	return withAll(
		step,
		investigationsOf(step).filter((one) => idOf(one) !== id),
	);
}

/** The round with that investigation changed, if it exists. */
export function changeInvestigation(
	state: RoundState,
	ref: InvestigationRef | undefined,
	change: (investigation: Investigation) => Investigation,
): RoundState {
	const found = findInvestigation(state, ref);
	if (!found) return state;
	const changed = change(found);
	if (changed === found) return state;
	return {...state, steps: state.steps.map((step) => (step.id === found.step ? putInvestigation(step, changed) : step))};
}
