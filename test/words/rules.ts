/** Plain English as rules that a test can hold texts to. */
import type {Literal} from './literals.ts';

/** Words that a person has to decode, with what to write instead. */
const forbidden: readonly (readonly [RegExp, string])[] = [
	[/\bmend(?:s|ed|ing)?\b/i, 'write fix'],
	[/\b(?:tell|tells|told|telling)\b/i, 'write show, report or say which'],
	[/\b(?:hear|hears|heard)\b/i, 'write receive'],
	[/\bhurts?\b/i, 'write affected'],
	[/\bodd\b/i, 'write warning or unexpected'],
	[/\bafresh\b/i, 'write again or new'],
	[/\bby night\b/i, 'write at night'],
	[/\baside\b/i, 'name the place'],
	[/\bstands?\b/i, 'write is'],
	[/\b(?:is|are|was|were) held\b|\bheld (?:in|back|by)\b/i, 'write in memory, kept or blocked'],
	[/\bmade room\b/i, 'write dropped from memory'],
	[/\b(?:go|goes|going|went) on\b/i, 'write resume, continue or follow'],
	[/\bleaves it\b/i, 'write cancels, closes or quits'],
	[/\b(?:some|no)body\b/i, 'name who'],
	[/\bof its own\b/i, 'write its own NOUN or separate'],
	[/\bbeside\b/i, 'write next to'],
	[/(?<!there )\b(?:is|are|was|were) no (?!longer|more|such|one\b)/i, 'write is not a'],
	[/\b\w+\(s\)/, 'write the plural by code'],
	[/(?<!any|every|some|else|no)\bwhere (?:a|an|the|it|they|there|no|none|nothing|one|you|its) /i, 'write if or when'],
];

/** A key that does something by itself: `u takes it back`. */
export const keySubject =
	/(?:^|[.;:,(] |\b(?:and|or|then) )(?:esc|escape|space|enter|tab|ctrl-\w|alt-\w|shift-\w|‹[^›]*\bkeys?\b[^›]*›|[b-hj-zB-HJ-Z?/])(?! is\b) (?!as |is |was |has |in )[a-z]+s\b(?! [a-z]+s\b)/;

/** Words in a sentence of a text that a person reads. */
export const longest = 25;
const longestDescription = 60;

/** A list of words, not prose: twenty or more without a stop or a capital. */
const isWordList = (text: string) => /^[a-z0-9\s]+$/.test(text) && text.split(/\s+/).length >= 20;

/** The number of words in the sentence. A dash or another sign is not a word. */
export const wordsIn = (sentence: string): number => sentence.split(/\s+/).filter((word) => /\w/.test(word)).length;

/** The forbidden words of the text, one clause each. */
export function forbiddenIn(text: string): readonly string[] {
	return forbidden.flatMap(([pattern, instead]) => {
		const found = pattern.exec(text);
		return found === null ? [] : [`"${found[0].trim()}": ${instead}`];
	});
}

const sentences = (text: string) => text.replaceAll(/`[^`]*`/g, 'code').split(/(?<=[.?!:;])\s+|\n/);

/** What is wrong with a text, one clause each; empty if nothing is. */
export function faultsOf({text, file, property}: Literal): readonly string[] {
	const read = text.replaceAll(/‹[^›]*›/g, (put) => (/\bkeys?\b/.test(put) ? put : 'VALUE'));
	if (isWordList(read)) return [];
	const faults = [...forbiddenIn(read)];
	if (keySubject.test(read)) faults.push('a key is the subject: write "Press KEY to …"');
	if (/[\w)”"'’`]; [a-zA-Z`]/.test(read)) faults.push('a semicolon: write two sentences');
	for (const sentence of sentences(read)) {
		const words = wordsIn(sentence);
		if (words > longest) faults.push(`${words} words in a sentence: at most ${longest}`);
	}
	if (file.startsWith('src/keys/') && property === 'description' && read.length > longestDescription)
		faults.push(`${read.length} characters: at most ${longestDescription} in a key's description`);
	return faults;
}
