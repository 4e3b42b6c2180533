/** The signature of an anomaly: its words, without pod names, numbers and dates. Pure. */
import {withoutPodHashes} from '../../base/steady.ts';

export interface Signed {
	readonly check?: string | undefined;
	/** The title or problem, as far as there is one. */
	readonly text: string;
	/** Reasons, evidence, log patterns, Sentry issues. */
	readonly subjects?: readonly string[];
}

/** The weight of a term by its kind; a plain word counts 1. */
const weights = {issue: 4, reason: 3, path: 2, word: 1} as const;

/** The most words read of one text: a log line may be a page long. */
const longest = 600;

const common = new Set(
	`a about above after again all an and any are as at be been before below but by can could did do does for from had has have how if in into
	is it its last less more most no not of off on one only or out over per see since so some still than that the then there they this to too
	under until up was we were what when where which while who why will with without yet
	ago day days hour hours minute minutes now today usual times time new odd failing failed fails ok looks`
		.split(/\s+/)
		.filter(Boolean),
);

/** Terms that are kept whole: `CHECKOUT-41`, `/api/search`, `OOMKilled`, `5xx`, `403`, then words. */
const tokens = /\b[A-Z][A-Z0-9]+(?:-[A-Z]+)*-\d+\b|\/[\w.~{}:-]+(?:\/[\w.~{}:-]*)*|[\p{L}_][\p{L}\p{N}_]*|\b[1-5](?:xx|\d\d)\b/gu;
const issue = /^[A-Z][A-Z0-9]+(?:-[A-Z]+)*-\d+$/;
/** Names of program parts: two or more capitals in one word. */
const reason = /^(?=(?:[^\p{Lu}]*\p{Lu}){2})\p{L}[\p{L}\p{N}]{3,}$/u;
const status = /^[1-5](?:xx|\d\d)$/;

/** `pods` and `pod`, `webhooks` and `webhook` count as the same. */
function stem(word: string): string {
	return word.length > 4 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function termOf(token: string): readonly [string, number] | undefined {
	if (issue.test(token)) return [token.toLowerCase(), weights.issue];
	if (token.startsWith('/')) return token.length > 1 ? [token.toLowerCase(), weights.path] : undefined;
	if (status.test(token)) return [token.toLowerCase(), weights.reason];
	const word = token.toLowerCase();
	if (word.length < 2 || common.has(word)) return undefined;
	return [stem(word), reason.test(token) ? weights.reason : weights.word];
}

/** Every term of the anomaly with its weight; the check is not a term. */
export function termsOf({text, subjects = []}: Signed): ReadonlyMap<string, number> {
	const terms = new Map<string, number>();
	for (const part of [text, ...subjects]) {
		for (const token of withoutPodHashes(part.slice(0, longest)).match(tokens) ?? []) {
			const term = termOf(token);
			if (term) terms.set(term[0], Math.max(term[1], terms.get(term[0]) ?? 0));
		}
	}
	return terms;
}
