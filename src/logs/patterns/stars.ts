/**
 * Stars: sets of shapes that agree everywhere but in a few places. A shape belongs to one star for each of its places,
 * and to some for several places at once. Told by sums over the words, from which a place is taken out by subtraction.
 */
import {wildcard} from './mask-word.ts';
import {isTelling, weigh, withoutDigits} from './variability.ts';

type Shape = readonly string[];

interface Word {
	readonly id: number;
	/** The id of the word without its digits. */
	readonly name: number;
}

/** Gives words numbers, from 1 on; 0 is the blank. */
export type Lexicon = (word: string) => Word;

export function createLexicon(): Lexicon {
	const words = new Map<string, Word>();
	const names = new Map<string, number>();
	return (text) => {
		const known = words.get(text);
		if (known) return known;
		const name = withoutDigits(text);
		if (!names.has(name)) names.set(name, names.size + 1);
		const word = {id: words.size + 1, name: names.get(name) as number};
		words.set(text, word);
		return word;
	};
}

function mix(place: number, id: number): number {
	const mixed = Math.imul(id ^ Math.imul(place + 1, 0x9e_37_79_b1), 0x85_eb_ca_6b);
	return Math.imul(mixed ^ (mixed >>> 13), 0xc2_b2_ae_35);
}
const mixAgain = (mixed: number) => Math.imul((mixed ^ 0x27_d4_eb_2f) + (mixed >>> 15), 0x16_56_67_b1);

const keyOf = (a: number, b: number) => (a >>> 0) * 0x10_00_00 + (b >>> 12);

/** So many sets of rare words are tried for a shape. */
const mostSteps = 4;

/** What each place adds to the sums beyond the blank; for the shape at hand. */
let deltaA = new Int32Array(64);
let deltaB = new Int32Array(64);

/**
 * Tells the keys of the stars that a shape belongs to: each place blanked by itself; then its values together with all
 * whose words are rarer than some word of it, because what the statement says comes again and values do not.
 */
function eachKey(
	shape: Shape,
	words: readonly Word[],
	frequency: (place: number, word: Word) => number,
	tell: (key: number) => void,
): void {
	if (words.length > deltaA.length) [deltaA, deltaB] = [new Int32Array(words.length * 2), new Int32Array(words.length * 2)];
	let [a, b] = [0, 0];
	for (const [place, {id}] of words.entries()) {
		const [mixed, empty] = [mix(place, id), mix(place, 0)];
		deltaA[place] = mixed - empty;
		deltaB[place] = mixAgain(mixed) - mixAgain(empty);
		a = (a + mixed) | 0;
		b = (b + mixAgain(mixed)) | 0;
	}
	for (let place = 0; place < words.length; place++) tell(keyOf((a - (deltaA[place] as number)) | 0, (b - (deltaB[place] as number)) | 0));
	const open: {readonly place: number; readonly count: number}[] = [];
	for (const [place, word] of words.entries()) {
		if (shape[place] === wildcard) {
			a = (a - (deltaA[place] as number)) | 0;
			b = (b - (deltaB[place] as number)) | 0;
		} else open.push({place, count: frequency(place, word)});
	}
	open.sort((one, other) => one.count - other.count);
	const values = words.length - open.length;
	let steps = 0;
	for (const [rare, {place, count}] of open.entries()) {
		const isStep = rare === 0 || count !== open[rare - 1]?.count;
		if (isStep && rare + values > 1) tell(keyOf(a, b));
		if (isStep && steps++ === mostSteps) return;
		if (rare * 2 >= open.length + 1) return;
		a = (a - (deltaA[place] as number)) | 0;
		b = (b - (deltaB[place] as number)) | 0;
	}
}

/** What the words at a place must weigh, by how many telling words there are around them. */
function needed(context: number, places: number): number {
	// A hair below 1, which sums of fractions may miss.
	if (context >= 2 && context >= places) return 0.99;
	return context === 0 ? Number.POSITIVE_INFINITY : 2;
}

/** Whether the shapes are one pattern: each place where they differ must look like a variable of its own. */
function belongTogether(shapes: readonly Shape[], members: readonly number[]): boolean {
	const first = shapes[members[0] as number] as Shape;
	const rest = members.slice(1).map((member) => shapes[member] as Shape);
	const differing = first.map((word, place) => rest.some((shape) => shape[place] !== word));
	const context = first.filter((word, place) => !differing[place] && isTelling(word)).length;
	const bar = needed(context, differing.filter(Boolean).length);
	return first.every((word, place) => {
		if (!differing[place]) return true;
		const words = new Set([word, ...rest.map((shape) => shape[place] as string)]);
		return new Set([...words].map(withoutDigits)).size === 1 || weigh(words, first[place - 1] ?? '') >= bar;
	});
}

/** Tells sets of shapes that are one pattern: those that differ in digits of names alone, and the stars that look like it. */
export function eachMerge(shapes: readonly Shape[], lexicon: Lexicon, tell: (members: readonly number[]) => void): void {
	const words = shapes.map((shape) => shape.map(lexicon));
	const counts = new Map<number, number>();
	const placed = (place: number, {id}: Word) => place * 0x1_00_00_00_00 + id;
	for (const shape of words) {
		for (const [place, word] of shape.entries()) counts.set(placed(place, word), (counts.get(placed(place, word)) ?? 0) + 1);
	}
	const frequency = (place: number, word: Word) => counts.get(placed(place, word)) ?? 0;
	const byName = new Map<number, number>();
	/** The first shape with the key, until there is a second. */
	const alone = new Map<number, number>();
	const stars = new Map<number, number[]>();
	for (const [index, shape] of shapes.entries()) {
		const own = words[index] as readonly Word[];
		let [a, b] = [0, 0];
		for (const [place, {name}] of own.entries()) {
			const mixed = mix(place, name);
			a = (a + mixed) | 0;
			b = (b + mixAgain(mixed)) | 0;
		}
		const same = byName.get(keyOf(a, b));
		if (same === undefined) byName.set(keyOf(a, b), index);
		else tell([same, index]);
		eachKey(shape, own, frequency, (key) => {
			const star = stars.get(key);
			const first = alone.get(key);
			if (star) star.push(index);
			else if (first === undefined) alone.set(key, index);
			else if (first !== index) stars.set(key, [first, index]);
		});
	}
	for (const members of stars.values()) if (belongTogether(shapes, members)) tell(members);
}
