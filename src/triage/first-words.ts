/** A check's reason as the first draft of one sentence: a problem, the title of a ticket. Pure. */
import type {Reason} from '../checks/kit/check.ts';

/** Longer than this is no sentence any more, and is cut in the line of the ops log; what matters most stands first. */
const longest = 100;
/** What is left of it says too little below this. */
const least = 50;

/** How long ago something was, and for how long it has been, is another time whenever it is read, and no two tickets of one thing would be called alike. */
const passing = /(?:, the last|,)?(?: \d+ (?:s|m|h|d|w|days?))+ ago\b| for(?: \d+ (?:s|m|h|d))+(?=,|$)/g;

/** What the reason is about and what is wrong with it, without the parts that make it longer than a sentence. */
export function firstWords({subject, text}: Pick<Reason, 'subject' | 'text'>): string {
	const whole = `${subject} ${text.replaceAll(passing, '')}`;
	if (whole.length <= longest) return whole;
	const end = whole.lastIndexOf(', ', longest);
	if (end >= Math.max(least, subject.length + 1)) return whole.slice(0, end);
	// One long sentence behind a few words: its beginning tells more than those words alone.
	const word = whole.lastIndexOf(' ', longest - 1);
	return word > subject.length ? `${whole.slice(0, word)}…` : whole;
}
