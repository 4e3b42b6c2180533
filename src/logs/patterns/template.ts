/** Templates of several shapes: what they share stays, what differs becomes `<*>`. */
import {wildcard} from './mask-word.ts';
import {withoutDigits} from './variability.ts';

const isEdge = (char: string) => !/[\p{L}\p{N}<>*]/u.test(char);

/**
 * What two words at one place share: `user=<*>` of `user=root` and `user=ftp`, `(<*>)` of `(a)` and `(b)`, `eth<*>` of
 * `eth0` and `eth1`.
 */
function generaliseWord(a: string, b: string): string {
	if (a === b) return a;
	if (/\d|<\*>/.test(a) && withoutDigits(a) === withoutDigits(b))
		return a.replaceAll(/<\*>|\d+/g, wildcard).replaceAll(/(?:<\*>){2,}/g, wildcard);
	const shortest = Math.min(a.length, b.length);
	let from = 0;
	let shared = 0;
	while (shared < shortest && a[shared] === b[shared]) {
		shared++;
		if (isEdge(a[shared - 1] as string)) from = shared;
	}
	let to = 0;
	while (to < shortest - from && a.at(-1 - to) === b.at(-1 - to) && isEdge(a.at(-1 - to) as string)) to++;
	return a.slice(0, from) + wildcard + a.slice(a.length - to);
}

/** The template of two of the same length. */
export function generalise(a: readonly string[], b: readonly string[]): readonly string[] {
	return a.map((token, place) => generaliseWord(token, b[place] as string));
}
