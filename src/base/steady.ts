/** What a text says without what changes from one pod, figure or time to the next. Pure. */

/** As Kubernetes ends the name of a Deployment's pod: its letters are no vowels, so that no words come about. */
export const podHash = /-[bcdfghjklmnpqrstvwxz2456789]{4,10}-[bcdfghjklmnpqrstvwxz2456789]{5}(?![\w-])/;
const podHashes = new RegExp(podHash, 'g');
const figures = /\d+(?:[.,:]\d+)*/g;

/** The text without the ends of pods' names. */
export function withoutPodHashes(text: string): string {
	// Most texts have no hyphen, and the expression tries at each character.
	return text.includes('-') ? text.replaceAll(podHashes, '') : text;
}

/** The text in small letters, without the ends of pods' names, with `#` for each figure and time. */
export function steady(text: string): string {
	return withoutPodHashes(text.toLowerCase()).replaceAll(figures, '#');
}
