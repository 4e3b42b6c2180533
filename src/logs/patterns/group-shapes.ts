/**
 * Which shapes are one pattern. Shapes that agree everywhere but in a few places are brought together there, and stay
 * together if the words at these places look like values of a variable. Works on the set of shapes, so that the order
 * in which they came does not matter.
 */
import {wildcard} from './mask-word.ts';
import {isTelling, weigh, withoutDigits} from './variability.ts';

export interface Grouping {
	/** The group of each shape, by its place in the input. */
	readonly groups: readonly number[];
	/** The words of each group's template. */
	readonly templates: readonly (readonly string[])[];
}

const blank = '\u0000';
/** Between words in a key: a word may hold spaces, never a line break. */
const separator = '\n';

/** What the words at a place must weigh, by how many telling words there are around it. */
function needed(context: number, places: number): number {
	// A hair below 1, which sums of fractions may miss.
	if (context >= 2 && context >= places) return 0.99;
	return context === 0 ? Number.POSITIVE_INFINITY : 2;
}

/** Whether shapes that agree but for these places are one pattern: each place must look like a variable of its own. */
function belongTogether(shapes: readonly (readonly string[])[], members: readonly number[], places: readonly number[]): boolean {
	const first = shapes[members[0] as number] as readonly string[];
	const context = first.filter((token, place) => !places.includes(place) && isTelling(token)).length;
	const differing = places
		.map((place) => ({before: first[place - 1] ?? '', values: new Set(members.map((member) => shapes[member]?.[place] as string))}))
		.filter(({values}) => values.size > 1);
	const bar = needed(context, differing.length);
	return differing.every(({values, before}) => new Set([...values].map(withoutDigits)).size === 1 || weigh(values, before) >= bar);
}

/**
 * The places of the shape that might be blanked together: one by one; then its values together with all
 * whose words are rarer than some word of it, because what the statement says comes again and values do not.
 */
function candidates(shape: readonly string[], counts: ReadonlyMap<string, number>): readonly (readonly number[])[] {
	const places = shape.map((_, place) => place);
	const open = places.filter((place) => shape[place] !== wildcard);
	const count = (place: number) => counts.get(`${place} ${shape[place]}`) ?? 0;
	const values = places.filter((place) => shape[place] === wildcard);
	const steps = [...new Set(open.map(count))].toSorted((a, b) => a - b);
	const ladders = steps
		.map((step) => open.filter((place) => count(place) < step))
		.filter((rare) => rare.length * 2 <= open.length + 1)
		.map((rare) => [...rare, ...values])
		.filter((blanked) => blanked.length > 1);
	return [...places.map((place) => [place]), ...ladders];
}

/** Shapes that differ in the digits of names alone (`eth0`, `eth1`, `fpr12`) are one. */
function joinSameNames(
	shapes: readonly (readonly string[])[],
	find: (shape: number) => number,
	join: (a: number, b: number) => void,
): boolean {
	const byName = new Map<string, number>();
	let merged = false;
	for (const [index, shape] of shapes.entries()) {
		const name = shape.map(withoutDigits).join(separator);
		const same = byName.get(name);
		if (same === undefined) byName.set(name, index);
		else if (find(same) !== find(index)) {
			join(index, same);
			merged = true;
		}
	}
	return merged;
}

function mergeRound(
	shapes: readonly (readonly string[])[],
	find: (shape: number) => number,
	join: (a: number, b: number) => void,
): boolean {
	const counts = new Map<string, number>();
	for (const shape of shapes) {
		for (const [place, token] of shape.entries()) counts.set(`${place} ${token}`, (counts.get(`${place} ${token}`) ?? 0) + 1);
	}
	const stars = new Map<string, {readonly places: readonly number[]; readonly members: number[]}>();
	for (const [index, shape] of shapes.entries()) {
		for (const places of candidates(shape, counts)) {
			const key = shape.with(places[0] as number, blank);
			for (const place of places) key[place] = blank;
			const text = key.join(separator);
			const star = stars.get(text);
			if (star) star.members.push(index);
			else stars.set(text, {places, members: [index]});
		}
	}
	let merged = joinSameNames(shapes, find, join);
	for (const {places, members} of stars.values()) {
		if (members.length < 2 || !belongTogether(shapes, members, places)) continue;
		for (const member of members.slice(1)) {
			if (find(member) !== find(members[0] as number)) merged = true;
			join(member, members[0] as number);
		}
	}
	return merged;
}

const isEdge = (char: string) => !/[\p{L}\p{N}<>*]/u.test(char);

/** What two words at one place share: `user=<*>` of `user=root` and `user=ftp`, `(<*>)` of `(a)` and `(b)`, `eth<*>` of `eth0` and `eth1`. */
function generaliseWord(a: string, b: string): string {
	if (a === b) return a;
	if (withoutDigits(a) === withoutDigits(b) && /\d|<\*>/.test(a))
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

/** The template of two: what they share, `<*>` where they differ. */
export function generalise(a: readonly string[], b: readonly string[]): readonly string[] {
	return a.map((token, place) => generaliseWord(token, b[place] as string));
}

/** Groups shapes of one length. */
export function groupShapes(shapes: readonly (readonly string[])[]): Grouping {
	let templates: (readonly string[])[] = [...shapes];
	let groups: number[] = shapes.map((_, index) => index);
	for (let round = 0; round < 4; round++) {
		const parent = templates.map((_, index) => index);
		const find = (index: number): number => {
			let root = index;
			while (parent[root] !== root) root = parent[root] as number;
			return root;
		};
		const join = (a: number, b: number) => {
			const [low, high] = [find(a), find(b)].toSorted((x, y) => x - y) as [number, number];
			parent[high] = low;
		};
		if (!mergeRound(templates, find, join)) break;
		const byText = new Map<string, number>();
		for (const [index, template] of templates.entries()) {
			const text = template.join(separator);
			const same = byText.get(text);
			if (same === undefined) byText.set(text, index);
			else join(index, same);
		}
		const number = new Map<number, number>();
		const next: (readonly string[])[] = [];
		const renamed = templates.map((template, index) => {
			const root = find(index);
			const known = number.get(root);
			if (known !== undefined) {
				next[known] = generalise(next[known] as readonly string[], template);
				return known;
			}
			number.set(root, next.length);
			return next.push(template) - 1;
		});
		groups = groups.map((group) => renamed[group] as number);
		templates = next;
	}
	return {groups, templates};
}
