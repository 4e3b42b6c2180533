/**
 * How much the words seen at one place of otherwise equal shapes speak for a variable: many different words do, names
 * more than words, verbs and states in capitals less, labels and the little words of grammar hardly at all. Of a
 * `user` that was `root` and `admin` no one can tell; of one that was five names everybody can.
 */
import {wildcard} from './mask-word.ts';

const [ofValue, afterIntroducer, ofPart, ofName, ofWord, ofState, ofLabel] = [0.8, 0.5, 0.4, 0.34, 0.2, 0.1, 0.05] as const;

/** Words that carry what a sentence says, so that two sentences that differ in them say different things. */
const grammar = new Set(
	'a an and any are as at be been but by can cannot did does for from had has have if in into is it its least less more most never no not of off on only or out over so than that the then to too under up was were when will with without yet all some each before after already again down first last new old none'.split(
		' ',
	),
);

const isVerb = (word: string) => /^[A-Za-z]{2,}(?:ed|ing)$/.test(word);
const outcomes =
	/^(?:start|stop|open|close|begin|end|enter|exit|leave|send|receive|read|write|get|set|put|add|remove|delete|create|update|load|save|login|logout|success|successful|successfully|fail|failure|error|warning|ok|enable|disable|enables|disables|active|inactive|online|offline|ready|done|valid|invalid|request|response|client|server|input|output|memory|disk|cpu|min|max|total)$/i;

const strip = (token: string) => token.replace(/^(?:["'`([{]|<(?!\*>))+/, '').replace(/(?:(?<!<\*)>|["'`)\]}.,;!?])+$/, '');

/** How strongly a word speaks for a variable. */
function weightOf(token: string): number {
	let bare = strip(token);
	const equals = bare.indexOf('=');
	if (equals > 0 && equals < bare.length - 1) {
		// A key keeps what follows it apart: `uid=<*>` and `euid=<*>` are two keys.
		bare = strip(bare.slice(equals + 1));
		if (bare.includes(wildcard)) return ofLabel;
	}
	if (bare === wildcard) return ofValue;
	// Where there is no value: `200 -`.
	if (bare === '-') return ofWord;
	const digits = /\d:?$/.test(bare);
	if (bare.endsWith(':') && !digits && !bare.includes(wildcard)) return ofLabel;
	if (bare.endsWith('()') || !/[\p{L}\p{N}]/u.test(bare)) return ofLabel;
	if (bare.includes(wildcard) || digits) return ofPart;
	if (/(?:Exception|Error|Fault)$/.test(bare)) return ofState;
	if (bare.length > 1 && bare === bare.toUpperCase() && bare !== bare.toLowerCase()) return ofState;
	if (/[a-z].*[._\\/@$~-].*[a-z]/i.test(bare) || /[a-z][A-Z]/.test(bare)) return ofName;
	if (isVerb(bare) || outcomes.test(bare)) return ofState;
	return grammar.has(bare.toLowerCase()) ? ofLabel : ofWord;
}

/** Words after which a name is: `user alice`, `topic: orders`. */
const introducers = new Set(
	'user username login account host hostname node server client service pod container namespace deployment job task queue topic consumer producer channel table database index bucket key cache plugin module driver interface device disk volume file directory domain zone region cluster tenant customer member role group team peer broker worker process program command named called'.split(
		' ',
	),
);

const keyOf = (token: string) => token.slice(0, token.indexOf('=') + 1);

/** What the words seen at one place weigh together, behind the word before it; from 1 on the place is a variable. */
export function weigh(words: ReadonlySet<string>, before: string): number {
	const [first = ''] = words;
	const key = keyOf(first);
	const keyed = key.length > 1 && [...words].every((word) => word.startsWith(key));
	const named = !keyed && introducers.has(strip(before).replace(/:$/, '').toLowerCase());
	let sum = 0;
	for (const word of words) {
		const weight = weightOf(keyed ? word.slice(key.length) : word);
		sum += named && (weight === ofWord || weight === ofName) ? afterIntroducer : weight;
	}
	return sum;
}

/** The token without its digits and values: `eth0` and `eth17` are the same name. */
export const withoutDigits = (token: string) => token.replaceAll(/<\*>|\d+/g, '');

/** True where a token says something by itself, so that shapes which share it have something in common. */
export const isTelling = (token: string) => /[\p{L}]{2,}/u.test(token.replaceAll(wildcard, ''));
