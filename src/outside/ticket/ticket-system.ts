/** What a tracker is to this program, whichever it is. */
import type {OutsideOutcome, SentCommand, SentRequest, Ticket} from '../../round/outside/outside-write.ts';
import type {TicketDraft} from './ticket.ts';
import {addressesIn} from '../../runbooks/match-runbook.ts';

/** One tracker. */
export interface TicketSystem {
	/** As a person says it: `GitHub example/checkout`. */
	readonly name: string;
	/** Open tickets of the same thing, the likeliest first; absent where there is no way to ask. Throws SourceError. */
	readonly find?: (draft: TicketDraft, signal: AbortSignal) => Promise<readonly Ticket[]>;
	/** What will be sent, and sending it. */
	readonly write: (draft: TicketDraft) => {readonly sent: SentRequest | SentCommand; readonly run: () => Promise<OutsideOutcome>};
}

/** What a tracker said of a ticket it has made: its address is the first in the text. */
export function writtenTicket(text: string, {shortDescription, priority, affectedItem}: TicketDraft): OutsideOutcome {
	const [url] = addressesIn(text);
	if (url === undefined) return {state: 'done', text: 'The ticket was created. Its address was not printed.'};
	return {state: 'done', text: `ticket created: ${url}`, ticket: {url, title: shortDescription, priority, affectedItem}};
}
