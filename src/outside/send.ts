/** Sends one write. Its start is saved in the round's send log before, its result after. */
import type {RoundEvent, RoundState} from '../round/round.ts';
import {lastSent, openOn} from '../round/ledger.ts';
import type {OutsideOutcome, OutsideWrite} from '../round/outside/outside-write.ts';

export interface SendOptions {
	readonly readOnly: boolean;
	/** The step the write belongs to. */
	readonly step: string;
	readonly operator: string;
	/** Epoch milliseconds. */
	readonly now: () => number;
	readonly state: () => RoundState;
	/** Has the event on disk when it returns, or leaves the state as it was. */
	readonly dispatch: (event: RoundEvent) => void;
	/** Removes secrets from texts that are saved and shown. */
	readonly redact: (text: string) => string;
}

/** The only way to send: refused by --read-only, and if its start cannot be saved. Never throws. */
export async function sendOutside(write: OutsideWrite, options: SendOptions): Promise<OutsideOutcome> {
	const {step, operator, state, dispatch, redact} = options;
	const {id, system, title} = write;
	if (options.readOnly) return {state: 'failed', text: `${title}: refused by --read-only`};
	const record = {id, step, system, title, at: options.now(), operator, ...openOn(state(), step)};
	dispatch({type: 'outside-begun', record});
	if (lastSent(state(), id) !== record) {
		return {state: 'failed', text: 'Not sent: could not save the send log to disk', advice: 'Fix this, then send again'};
	}
	const outcome = clean(await attempt(write), redact);
	dispatch({type: 'outside-ended', id, outcome});
	return outcome;
}

async function attempt(write: OutsideWrite): Promise<OutsideOutcome> {
	try {
		return await write.run();
	} catch (error) {
		// A bug of ours: it may have happened after the request went out.
		return {state: 'unsure', text: error instanceof Error ? error.message : String(error)};
	}
}

function clean(outcome: OutsideOutcome, redact: (text: string) => string): OutsideOutcome {
	const text = redact(outcome.text);
	if (outcome.state === 'done') return {...outcome, text};
	return {...outcome, text, ...(outcome.advice === undefined ? {} : {advice: redact(outcome.advice)})};
}
