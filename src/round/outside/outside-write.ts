/**
 * An external change: the preview shows exactly what is sent, because both are made from the same data. Pure.
 */
import type {Post} from './post.ts';
import {shown} from '../../base/shell-words.ts';
import {sanitizeMultiline} from '../../base/terminal/sanitize.ts';
import type {Priority} from './priority.ts';

export interface SentRequest {
	readonly kind: 'request';
	readonly method: 'POST' | 'PUT' | 'DELETE';
	readonly url: string;
	/** How it proves who sends it, without the secret: `Bearer ••• from env:SENTRY_TOKEN`. */
	readonly authorization?: string;
	/** JSON, byte for byte. */
	readonly body?: string;
}

export interface SentCommand {
	readonly kind: 'command';
	readonly argv: readonly string[];
	/** What it gets on standard input, byte for byte. */
	readonly input?: string;
}

/** What nothing here can send: a person carries it over. */
export interface SentByHand {
	readonly kind: 'by-hand';
	readonly text: string;
}

/** A ticket in the team's tracker. */
export interface Ticket {
	readonly url: string;
	readonly title: string;
	/** Absent if the tracker does not say. */
	readonly priority?: Priority;
	/** The affected item as the ticket names it; absent if the ticket was created elsewhere. */
	readonly affectedItem?: string;
}

/** The result. `failed` is certain: nothing was changed. `unsure`: the delivery is unknown. */
export type OutsideOutcome =
	| {readonly state: 'done'; readonly text: string; readonly ticket?: Ticket; readonly post?: Post}
	| {readonly state: 'failed' | 'unsure'; readonly text: string; readonly advice?: string};

export interface OutsideWrite {
	/** The same thing done to the same object has the same id: `sentry-resolve:4711`. */
	readonly id: string;
	/** The receiving system's name: `Sentry`. */
	readonly system: string;
	/** What it does: `resolve CHECKOUT-API-12 in Sentry`. */
	readonly title: string;
	readonly sent: SentRequest | SentCommand | SentByHand;
	/** The message as people will read it, if the request contains one. */
	readonly message?: string;
	/** What is worth knowing before saying yes: `matches 2 alerts that fire now`. */
	readonly notes?: readonly string[];
	/** Sends it, once; never throws for what the world does. */
	readonly run: () => Promise<OutsideOutcome>;
}

/** The content type of every body. */
export const contentType = 'application/json';

/** Exactly what will be sent, line by line, harmless for a terminal; nothing is left out but the secret. */
export function sentLines(sent: OutsideWrite['sent']): readonly string[] {
	const lines = (text: string) => sanitizeMultiline(text).replace(/\n$/, '').split('\n');
	if (sent.kind === 'by-hand') return lines(sent.text);
	if (sent.kind === 'command') {
		return [shown(sent.argv), ...(sent.input === undefined ? [] : ['', 'on its standard input:', '', ...lines(sent.input)])];
	}
	return [
		`${sent.method} ${sent.url}`,
		...(sent.authorization === undefined ? [] : [`authorization: ${sent.authorization}`]),
		...(sent.body === undefined ? [] : [`content-type: ${contentType}`, '', ...lines(sent.body)]),
	];
}
