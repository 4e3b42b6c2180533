/** Numbers that look random and are not: the same key gives the same number, in any order and at any time. */

/** 32-bit hash of a text: FNV-1a with the finaliser of MurmurHash3. */
export const hashOf = (text: string, seed = 0): number => {
	let state = (0x811c9dc5 ^ seed) >>> 0;
	for (let index = 0; index < text.length; index += 1) {
		state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
	}
	return mix(state, 0);
};

/** 32-bit hash of two integers. */
export const mix = (left: number, right: number): number => {
	let state = (left ^ Math.imul(right, 0x9e3779b1)) >>> 0;
	state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
	state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
	return (state ^ (state >>> 16)) >>> 0;
};

/** A stream of numbers in [0, 1) that depends on its seed alone (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let word = Math.imul(state ^ (state >>> 15), state | 1);
		word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
		return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
	};
};

/** `length` hexadecimal digits that depend on the key alone. */
export const hexOf = (key: string, length: number): string => {
	let text = '';
	for (let part = 0; text.length < length; part += 1) {
		text += hashOf(key, part + 1)
			.toString(16)
			.padStart(8, '0');
	}
	return text.slice(0, length);
};

/** A UUID that depends on the key alone. */
export const uidOf = (key: string): string => {
	const hex = hexOf(key, 32);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};

/** The letters Kubernetes draws generated names from: no vowels, nothing that looks like something else. */
const nameLetters = 'bcdfghjklmnpqrstvwxz2456789';

/** The generated end of a pod's name. */
export const suffixOf = (key: string, length = 5): string => {
	const random = randomFrom(hashOf(key));
	return Array.from({length}, () => nameLetters[Math.floor(random() * nameLetters.length)]).join('');
};
