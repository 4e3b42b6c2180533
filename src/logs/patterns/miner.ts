/**
 * The online miner: every line's shape belongs to a pattern. A shape not seen before joins the pattern whose template it
 * fits, or begins one; from time to time the patterns of one length are held against each other and merged.
 */
import {groupShapes} from './group-shapes.ts';
import {longestMessage, maskMessage} from './mask.ts';
import {createRouteNames} from './route-names.ts';
import {isShape} from './request-shape.ts';
import {signatureOf} from './line-signature.ts';
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
	/** When it last had a line, in lines. */
	used: number;
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
	/** The pattern that the id means since merges; the id itself where it was forgotten. */
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
/** Signatures remembered to skip the search. */
const mostSignatures = 65_536;

/** Those that came as shapes are under a length that no message has: they are merged only for names in their paths. */
const ofShapes = -1;

/** A copy: a part of a string keeps the whole in memory, and a message is mostly part of some hundred kilobytes. */
const detached = (message: string) => Buffer.from(message.slice(0, longestMessage)).toString();

/** One text for the words; a word may hold spaces, never a line break. */
const keyOf = (words: readonly string[]) => words.join('\n');

const alive = (node: Node): Node => {
	let last = node;
	while (last.into) last = last.into;
	if (node.into && node.into !== last) node.into = last;
	return last;
};

/** Bounded in memory by `mostPatterns` and the signatures it remembers, whatever comes. */
export function createMiner({mostPatterns = 10_000}: MinerOptions = {}): Miner {
	const axis = createAxis();
	/** A memory that may be emptied at any time. */
	const bySignature = new Map<number, Node>();
	/** Those of one shape only; the others are found by their templates. */
	const byShape = new Map<string, Node>();
	const byLength = new Map<number, Node[]>();
	/** How many of a length came since it was last looked at. */
	const fresh = new Map<number, number>();
	/** What a merged id has become. */
	const merged = new Map<number, number>();
	const index = createTemplateIndex<Node>();
	const names = createRouteNames();
	let lastId = 0;
	let total = 0;
	let tick = 0;
	let lost = {patterns: 0, lines: 0};

	/** Takes the pattern out of where it is found. */
	function unlist(node: Node): void {
		if (node.general) index.remove(node);
		else byShape.delete(keyOf(node.words));
	}

	/** Puts a pattern into the one that it is a case of. */
	function mergeInto(head: Node, node: Node): void {
		node.into = head;
		merged.set(node.id, head.id);
		mergeTally(head.tally, node.tally, axis);
		head.used = Math.max(head.used, node.used);
	}

	/** Requests whose paths differ in nothing but names. */
	function settleShapes(): void {
		fresh.delete(ofShapes);
		const nodes = byLength.get(ofShapes) ?? [];
		if (!names.learn(nodes.map(({words}) => words[1] ?? ''))) return;
		const kept = nodes.filter((node) => {
			byShape.delete(keyOf(node.words));
			node.words = withoutNames(node.words);
			const head = byShape.get(keyOf(node.words));
			if (head) mergeInto(head, node);
			else byShape.set(keyOf(node.words), node);
			return head === undefined;
		});
		total -= nodes.length - kept.length;
		byLength.set(ofShapes, kept);
	}
	const withoutNames = (words: readonly string[]) => words.map((word, place) => (place === 1 ? names.mask(word) : word));

	function settleLength(length: number): void {
		if (length === ofShapes) return settleShapes();
		fresh.delete(length);
		const nodes = byLength.get(length) ?? [];
		const {groups, templates} = groupShapes(nodes.map(({words}) => words));
		const heads: (Node | undefined)[] = templates.map(() => undefined);
		// Nodes are in the order of their ids, so that the first of a group is the oldest.
		for (const [place, node] of nodes.entries()) {
			const group = groups[place] as number;
			const head = heads[group];
			if (head === undefined) {
				heads[group] = node;
				continue;
			}
			unlist(node);
			mergeInto(head, node);
		}
		const kept = heads.filter((head) => head !== undefined);
		for (const [group, head] of kept.entries()) {
			const words = templates[group] as readonly string[];
			if (words.every((word, place) => word === head.words[place])) continue;
			unlist(head);
			head.words = words;
			head.general = true;
			index.add(head);
		}
		total -= nodes.length - kept.length;
		byLength.set(length, kept);
	}

	function settle(): void {
		for (const length of fresh.keys()) settleLength(length);
	}

	/** Drops the quarter that has been without a line for longest. */
	function forget(): void {
		const all = [...byLength.values()].flat().toSorted((a, b) => a.used - b.used);
		const dropped = new Set(all.slice(0, Math.ceil(all.length / 4)));
		for (const node of dropped) {
			unlist(node);
			lost = {patterns: lost.patterns + 1, lines: lost.lines + node.tally.count};
		}
		const isKept = (node: Node) => !dropped.has(node);
		for (const [length, nodes] of byLength) byLength.set(length, nodes.filter(isKept));
		bySignature.clear();
		total -= dropped.size;
	}

	/** A pattern of its own for a shape that fits none. */
	function begin(words: readonly string[], message: string, line: number): Node {
		if (total >= mostPatterns) settle();
		if (total >= mostPatterns) forget();
		const given = isShape(message);
		const sample = given ? words.join(' ') : message;
		const node: Node = {id: ++lastId, words, tally: createTally(sample, line), into: undefined, general: false, used: tick};
		const length = given ? ofShapes : words.length;
		const nodes = byLength.get(length);
		if (nodes) nodes.push(node);
		else byLength.set(length, [node]);
		byShape.set(keyOf(words), node);
		total++;
		const waiting = (fresh.get(length) ?? 0) + 1;
		fresh.set(length, waiting);
		if (waiting >= enoughFresh && waiting * 2 >= (byLength.get(length) ?? []).length) settleLength(length);
		return alive(node);
	}

	function shapeOf(message: string): readonly string[] {
		const words = maskMessage(message);
		return isShape(message) ? withoutNames(words) : words;
	}

	function known(words: readonly string[], message: string): Node | undefined {
		return byShape.get(keyOf(words)) ?? (isShape(message) ? undefined : index.find(words));
	}

	return {
		axis,
		add: (message, line) => {
			const signature = signatureOf(message);
			let node = bySignature.get(signature);
			if (node === undefined) {
				const own = detached(message);
				const words = shapeOf(own);
				node = known(words, own) ?? begin(words, own, line);
				if (bySignature.size >= mostSignatures) bySignature.clear();
				bySignature.set(signature, node);
			} else if (node.into) {
				node = alive(node);
				bySignature.set(signature, node);
			}
			node.used = ++tick;
			return node;
		},
		find: (message) => {
			const node = bySignature.get(signatureOf(message));
			return node ? alive(node) : known(shapeOf(message), message);
		},
		idOf: (id) => {
			let now = id;
			for (let next = merged.get(now); next !== undefined; next = merged.get(now)) now = next;
			return now;
		},
		settle,
		patterns: () => [...byLength.values()].flat().toSorted((a, b) => a.id - b.id),
		forgotten: () => lost,
	};
}
