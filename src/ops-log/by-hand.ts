/** What a handwritten line says about an anomaly: people write as they like, so every part may be missing. Pure. */
import {outcomeGuides} from '../round/investigation/investigation.ts';
import {handDate} from './hand-date.ts';
import {type KnownCheck, mentionReader} from './mentions.ts';

export interface HandWritten {
	readonly check: string | undefined;
	readonly problem: string;
	/** An outcome's title. */
	readonly outcome: string | undefined;
	readonly cause: string | undefined;
}

const titles = outcomeGuides.map(({title}) => title);
const outcomeWord = new RegExp(String.raw`(?:^|[\s(→>-])(${titles.join('|')})(?=$|[\s).,;:·-])`, 'i');
const bullet = /^[\s|*+>#:·,–-]+/;
/** `Bob: …`, `@bob - …`, `alice | …`: the author, not the problem. */
const writer = /^(?:@[\w.-]+|\p{Lu}\p{Ll}+(?: \p{Lu}[\p{Ll}.]*)?)\s*(?:[:|]|\s[–-])\s+/u;
const causeWords = /\b(?:because(?: of)?|caused by|root cause(?: was| is)?:?|cause:|due to|reason:|turned out to be)\s+([^.;·\n]+)/i;
const quiet =
	/^(?:(?:all|everything|nothing|no)\b.{0,40}\b(?:ok|fine|green|quiet|clear|good|normal|anomalies|problems?|issues?|new|to report)|ok|fine|quiet|all clear)\W*$/i;

/** Reads handwritten lines; undefined for a line that says all is well, and for a line without a word. */
export function handReader(checks: readonly KnownCheck[]): (text: string) => HandWritten | undefined {
	const read = mentionReader(checks);
	/** The check whose name the line begins with, else the first one it names anywhere. */
	const checkNamed = (text: string) => {
		for (const {index} of text.slice(0, 200).matchAll(/[\p{L}\p{N}]+/gu)) {
			const check = read(text.slice(index));
			if (check !== undefined) return check;
		}
		return undefined;
	};
	return (text) => {
		const undated = text.slice(handDate(text)?.length ?? 0).replace(bullet, '');
		// A check's name at the start says which check it is about.
		const named = writer.exec(undated)?.[0];
		const said = (named !== undefined && read(named) === undefined ? undated.slice(named.length) : undated)
			.replaceAll(/\s*\n\s*/g, ' ')
			.trim();
		if (!/\p{L}/u.test(said) || quiet.test(said)) return undefined;
		const outcome = outcomeWord.exec(said);
		const cause = causeWords.exec(said);
		// `… → serious · cache without a bound`, `… serious (a cache)`: the text after the outcome is its cause.
		const after = outcome ? said.slice(outcome.index + outcome[0].length).replace(/^[\s·:,(–-]+/, '') : '';
		const front = outcome ? said.slice(0, outcome.index) : cause ? said.slice(0, cause.index) : said;
		const why = (cause?.[1] ?? /^[^.;·)\n]+/.exec(after)?.[0])?.trim();
		return {
			check: checkNamed(said),
			problem: front.replace(/[\s·:,;(→>–-]+$/, '') || said,
			outcome: titles.find((one) => one === outcome?.[1]?.toLowerCase()),
			cause: why || undefined,
		};
	};
}
