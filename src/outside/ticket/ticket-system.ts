/** What a tracker is to this program, whichever it is. */
import type {OutsideOutcome, SentCommand, SentRequest, Ticket} from '../../round/outside/outside-write.ts';
import type {TicketDraft} from './ticket.ts';
import {addressesIn} from '../../runbooks/match-runbook.ts';

/** One tracker. */
export interface TicketSystem {
	/** Its readable name: `GitHub example/checkout`. */
	readonly name: string;
	/** Open tickets about the same object, the most likely first; absent if the tracker cannot search. Throws SourceError. */
	readonly find?: (draft: TicketDraft, signal: AbortSignal) => Promise<readonly Ticket[]>;
	/** What will be sent, and sending it. */
	readonly write: (draft: TicketDraft) => {readonly sent: SentRequest | SentCommand; readonly run: () => Promise<OutsideOutcome>};
}

/** The result of a created ticket: its address is the first one in the tracker's answer. */
export function writtenTicket(text: string, {shortDescription, priority, affectedItem}: TicketDraft): OutsideOutcome {
	const [url] = addressesIn(text);
	if (url === undefined) return {state: 'done', text: 'The ticket was created. Its address was not printed.'};
	return {state: 'done', text: `ticket created: ${url}`, ticket: {url, title: shortDescription, priority, affectedItem}};
}
