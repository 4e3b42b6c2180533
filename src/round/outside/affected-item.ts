/** What an action outside is about, as people name it. Pure. */
import type {Evidence} from '../../checks/kit/check.ts';

/** The rows whose evidence names the object itself, as a ticket calls it. */
const nouns: Readonly<Record<string, string>> = {
	pod: 'pod',
	backup: 'database',
	capacity: 'limit',
	limit: 'action',
	http: 'address',
	webhook: 'webhook',
	endpoint: 'endpoint',
	payment: 'payment',
};

/** Objects whose readable name is only in the text: at its beginning. */
const named: Readonly<Record<string, RegExp>> = {
	issue: /^\S+/,
	invoice: /(?<=^invoice )[^\s,]+/,
	alert: /^.+?(?= (?:firing|pending|silenced|inhibited)\b)/,
};

/** What a piece of evidence is about: `pod api-54fb9-n4vkg`, `issue CHECKOUT-7Q1`; undefined if it names no object. */
export function objectOf({id, text}: Pick<Evidence, 'id' | 'text'>): string | undefined {
	const [, kind = '', name = ''] = /^([a-z]+):(.+)$/.exec(id) ?? [];
	const called = named[kind]?.exec(text)?.[0];
	if (called !== undefined) return `${kind} ${called}`;
	const noun = nouns[kind];
	return noun === undefined ? undefined : `${noun} ${kind === 'pod' || kind === 'backup' ? name.slice(name.indexOf('/') + 1) : name}`;
}

/** Service, environment and, if known, the object in them: `checkout production, pod api-54fb9-n4vkg`. */
export function affectedItem(of: {readonly service: string; readonly environment: string}, object: string | undefined): string {
	return [`${of.service} ${of.environment}`, object].filter(Boolean).join(', ');
}
