/**
 * The online miner: every line's shape belongs to a pattern. A shape not seen before joins the pattern whose template it
 * fits, or begins one; from time to time the patterns of one length are held against each other and merged.
 */
import {groupShapes} from './group-shapes.ts';
import {maskMessage} from './mask.ts';
import {type Axis, createAxis, createTally, mergeTally, type Tally} from './tally.ts';
import {createTemplateIndex} from './template-index.ts';

export interface MinedPattern {
	/** 1, 2, 3, … in the order of their first lines; a merge keeps the smaller. */
	readonly id: number;
	/** The template; `<*>` where lines differ. */
	words: readonly string[];
	readonly tally: Tally;
}

interface Node extends MinedPattern {
	/** The pattern it has been merged into. */
	into: Node | undefined;
	/** Its template holds more than one shape. */
	general: boolean;
	/** Came since its length was last looked at. */
	fresh: boolean;
	used: number;
	forgotten: boolean;
}

export interface MinerOptions {
	/** Most patterns kept; beyond it those unused for longest are forgotten. */
	readonly mostPatterns?: number;
}

export interface Miner {
	readonly axis: Axis;
	/** The pattern of the message, learned from it; `line` is its number, for the sample. */
	readonly add: (message: string, line: number) => MinedPattern;
	/** The pattern of the message where it has one; learns nothing. */
	readonly find: (message: string) => MinedPattern | undefined;
	/** The pattern that the id stands for since merges; the id itself where it was forgotten. */
	readonly idOf: (id: number) => number;
	/** Merges what belongs together; to be called before `patterns`. */
	readonly settle: () => void;
	/** All, in the order of their ids. */
	readonly patterns: () => readonly MinedPattern[];
	/** What was dropped to stay within `mostPatterns`. */
	readonly forgotten: () => {readonly patterns: number; readonly lines: number};
}

/** Fresh patterns of a length that make it worth while to look for merges before anybody asks. */
const enoughFresh = 256;
/** Shapes remembered to skip the search; the templates answer for those that are not. */
const mostShapes = 65_536;

const alive = (node: Node): Node => {
	let last = node;
	while (last.into) last = last.into;
	if (node.into && node.into !== last) node.into = last;
	return last;
};

/** Bounded in memory by `mostPatterns` and the shapes it remembers, whatever comes. */
export function createMiner({mostPatterns = 10_000}: MinerOptions = {}): Miner {
	const axis = createAxis();
	const byShape = new Map<string, Node>();
	const byLength = new Map<number, Node[]>();
	const fresh = new Map<number, number>();
	const merged = new Map<number, Node>();
	const index = createTemplateIndex<Node>();
	let lastId = 0;
	let total = 0;
	let tick = 0;
	const lost = {patterns: 0, lines: 0};

	function settleLength(length: number): void {
		fresh.delete(length);
		const nodes = byLength.get(length) ?? [];
		const {groups, templates} = groupShapes(nodes.map(({words}) => words));
		const heads: (Node | undefined)[] = templates.map(() => undefined);
		// Nodes stand in the order of their ids, so that the first of a group is the oldest.
		for (const [place, node] of nodes.entries()) {
			node.fresh = false;
			const group = groups[place] as number;
			const head = heads[group];
			if (head === undefined) {
				heads[group] = node;
				continue;
			}
			if (node.general) index.remove(node);
			node.into = head;
			merged.set(node.id, head);
			mergeTally(head.tally, node.tally, axis);
			head.used = Math.max(head.used, node.used);
		}
		for (const [group, head] of heads.entries()) {
			const words = templates[group];
			if (head === undefined || words === undefined || words.join(' ') === head.words.join(' ')) continue;
			if (head.general) index.remove(head);
			head.words = words;
			head.general = true;
			index.add(head);
		}
		const kept = heads.filter((head) => head !== undefined);
		total -= nodes.length - kept.length;
		byLength.set(length, kept);
	}

	function forget(): void {
		const all = [...byLength.values()].flat().toSorted((a, b) => a.used - b.used);
		for (const node of all.slice(0, Math.ceil(all.length / 4))) {
			node.forgotten = true;
			if (node.general) index.remove(node);
			lost.patterns++;
			lost.lines += node.tally.count;
		}
		for (const [length, nodes] of byLength)
			byLength.set(
				length,
				nodes.filter((node) => !node.forgotten),
			);
		for (const [shape, node] of byShape) if (alive(node).forgotten) byShape.delete(shape);
		total = all.length - Math.ceil(all.length / 4);
	}

	/** A pattern of its own for a shape that fits none. */
	function begin(shape: string, words: readonly string[], message: string, line: number): Node {
		if (total >= mostPatterns) {
			settle();
			if (total >= mostPatterns) forget();
		}
		const node: Node = {
			id: ++lastId,
			words,
			tally: createTally(message, line),
			into: undefined,
			general: false,
			fresh: true,
			used: tick,
			forgotten: false,
		};
		const nodes = byLength.get(words.length);
		if (nodes) nodes.push(node);
		else byLength.set(words.length, [node]);
		byShape.set(shape, node);
		total++;
		const waiting = (fresh.get(words.length) ?? 0) + 1;
		fresh.set(words.length, waiting);
		if (waiting >= enoughFresh && waiting * 2 >= (byLength.get(words.length) ?? []).length) settleLength(words.length);
		return alive(node);
	}

	function learn(shape: string, message: string, line: number): Node {
		const words = shape.split(' ');
		const known = index.find(words);
		if (!known) return begin(shape, words, message, line);
		// What the templates answer for may go first.
		if (byShape.size >= mostShapes) for (const [text, node] of byShape) if (alive(node).general) byShape.delete(text);
		if (byShape.size < mostShapes) byShape.set(shape, known);
		return known;
	}

	function settle(): void {
		for (const length of fresh.keys()) settleLength(length);
	}

	return {
		axis,
		add: (message, line) => {
			const shape = maskMessage(message);
			const known = byShape.get(shape);
			const node = known ? alive(known) : learn(shape, message, line);
			node.used = ++tick;
			return node;
		},
		find: (message) => {
			const shape = maskMessage(message);
			const known = byShape.get(shape);
			return known ? alive(known) : index.find(shape.split(' '));
		},
		idOf: (id) => {
			const head = merged.get(id);
			return head ? alive(head).id : id;
		},
		settle,
		patterns: () => [...byLength.values()].flat().toSorted((a, b) => a.id - b.id),
		forgotten: () => lost,
	};
}
