/**
 * The send log of a round. The start of a write is on disk before anything is sent, so that an unknown delivery is shown
 * after a crash and nothing is sent twice by mistake. Pure.
 */
import {withoutDrafts} from './draft-places.ts';
import type {RoundEvent, RoundState, Step} from './round.ts';
import {clockTimeOf} from '../base/times.ts';
import type {OutsideRecord, LinkedTicket} from './outside/outside-record.ts';

/** The draft field of an action's form. */
export const draftField = (id: string): string => `outside.${id}`;

type EventOf<Type extends RoundEvent['type']> = Extract<RoundEvent, {readonly type: Type}>;

/** The newest attempt of that write; undefined if there was none. */
export function lastSent({outside = []}: Pick<RoundState, 'outside'>, id: string): OutsideRecord | undefined {
	return outside.findLast((record) => record.id === id);
}

/** Whether the delivery is unknown. */
export function isDoubtful({outcome}: OutsideRecord): boolean {
	return outcome === undefined || outcome.state === 'unsure';
}

/** The last attempt of everything that may or may not have been sent. */
export function doubtful(state: Pick<RoundState, 'outside'>): readonly OutsideRecord[] {
	return (state.outside ?? []).filter((record) => isDoubtful(record) && lastSent(state, record.id) === record);
}

/** What the preview says about earlier attempts; undefined if there is nothing to say. */
export function warningOf(record: OutsideRecord | undefined, timeZone?: string): string | undefined {
	if (!record) return undefined;
	const when = `${record.operator} at ${clockTimeOf(record.at, timeZone)}`;
	if (isDoubtful(record)) return `Possibly sent by ${when}. Check ${record.system} before you resend.`;
	return record.outcome?.state === 'done' ? `Already sent by ${when}: ${record.outcome.text}` : undefined;
}

/** One sentence for a resumed round; undefined if every delivery is known. */
export function doubtNotice(state: Pick<RoundState, 'outside'>): string | undefined {
	const open = doubtful(state);
	if (open.length === 0) return undefined;
	return `${open.map(({title}) => title).join(', ')}: delivery unknown. Check before you resend.`;
}

/** The step with one more ticket; a ticket is linked once. */
function linkTicket(step: Step, ticket: LinkedTicket): Step {
	const {tickets = []} = step;
	return tickets.some(({url}) => url === ticket.url) ? step : {...step, tickets: [...tickets, ticket]};
}

/** Which of the step's investigations was open, as something to spread into what belongs to it. */
export function openOn({investigating}: Pick<RoundState, 'investigating'>, step: string): {readonly investigation?: string} {
	return investigating?.step === step ? {investigation: investigating.id} : {};
}

/** The round with a ticket that exists already on the step. */
export function keepLinked(state: RoundState, {step: id, ticket}: EventOf<'ticketed'>): RoundState {
	const linked = {...ticket, ...openOn(state, id)};
	return {...state, steps: state.steps.map((step) => (step.id === id ? linkTicket(step, linked) : step))};
}

/** The round after a write was started or has ended. */
export function keepSent(state: RoundState, event: EventOf<'outside-begun'> | EventOf<'outside-ended'>): RoundState {
	const {outside = []} = state;
	if (event.type === 'outside-begun') return {...state, outside: [...outside, event.record]};
	const record = lastSent(state, event.id);
	if (!record || record.outcome) return state;
	const {outcome} = event;
	const ended = {...state, outside: outside.map((one) => (one === record ? {...one, outcome} : one))};
	if (outcome.state !== 'done') return ended;
	const settled = withoutDrafts(ended, ({field}) => field === draftField(event.id));
	if (!outcome.ticket) return settled;
	const {at, operator, investigation} = record;
	const linked: LinkedTicket = {...outcome.ticket, at, operator, ...(investigation === undefined ? {} : {investigation})};
	return {...settled, steps: state.steps.map((step) => (step.id === record.step ? linkTicket(step, linked) : step))};
}
