/** A check's reason as the first draft of one sentence: a problem, the title of a ticket. Pure. */
import type {Reason} from '../checks/kit/check.ts';

/** The ops log cuts longer sentences. The most important part comes first. */
const longest = 100;
/** A shorter rest says too little. */
const least = 50;

/** Ages and durations differ at each reading: two tickets about one problem would get different titles. */
const passing = /(?:, the last|,)?(?: \d+ (?:s|m|h|d|w|days?))+ ago\b| for(?: \d+ (?:s|m|h|d))+(?=,|$)/g;

/** Subject and problem of the reason, shortened to one sentence. */
export function firstWords({subject, text}: Pick<Reason, 'subject' | 'text'>): string {
	const whole = `${subject} ${text.replaceAll(passing, '')}`;
	if (whole.length <= longest) return whole;
	const end = whole.lastIndexOf(', ', longest);
	if (end >= Math.max(least, subject.length + 1)) return whole.slice(0, end);
	// A long sentence follows a few words: its beginning says more than those words alone.
	const word = whole.lastIndexOf(' ', longest - 1);
	return word > subject.length ? `${whole.slice(0, word)}…` : whole;
}
