/**
 * Which shapes are one pattern. Works on the set of shapes, so that the order in which they came does not matter.
 */
import {createLexicon, eachMerge} from './stars.ts';
import {generalise} from './template.ts';

export interface Grouping {
	/** The group of each shape, by its place in the input. */
	readonly groups: readonly number[];
	/** The words of each group's template. */
	readonly templates: readonly (readonly string[])[];
}

/** What a merge brings closer may merge again; more rounds than this were never needed. */
const mostRounds = 4;

/** Numbers from 0 on, one for all that were joined, in the order of the first of each. */
function createGroups(size: number): {readonly join: (members: readonly number[]) => void; readonly numbers: () => readonly number[]} {
	const parent = Array.from({length: size}, (_, index) => index);
	const root = (index: number): number => {
		let at = index;
		while (parent[at] !== at) {
			parent[at] = parent[parent[at] as number] as number;
			at = parent[at] as number;
		}
		return at;
	};
	return {
		join: (members) => {
			for (const member of members) {
				const [one, other] = [root(members[0] as number), root(member)];
				parent[Math.max(one, other)] = Math.min(one, other);
			}
		},
		numbers: () => {
			const numbers = new Map<number, number>();
			return parent.map((_, index) => {
				const first = root(index);
				if (!numbers.has(first)) numbers.set(first, numbers.size);
				return numbers.get(first) as number;
			});
		},
	};
}

/** Groups shapes of one length; the groups are in the order of their first shapes. */
export function groupShapes(shapes: readonly (readonly string[])[]): Grouping {
	const lexicon = createLexicon();
	let templates: readonly (readonly string[])[] = shapes;
	let groups: readonly number[] = shapes.map((_, index) => index);
	for (let round = 0; round < mostRounds; round++) {
		const joined = createGroups(templates.length);
		eachMerge(templates, lexicon, joined.join);
		const numbers = joined.numbers();
		const next: (readonly string[])[] = [];
		for (const [index, template] of templates.entries()) {
			const number = numbers[index] as number;
			const known = next[number];
			next[number] = known ? generalise(known, template) : template;
		}
		groups = groups.map((group) => numbers[group] as number);
		if (next.length === templates.length) break;
		templates = next;
	}
	return {groups, templates};
}
