/** rounds.yaml as a document whose every value knows its line and column. */
import {isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node, type Pair} from 'yaml';

export type Path = readonly PropertyKey[];

/** Something wrong at a place in the file. */
export interface Mistake {
	/** Characters from the start of the text. */
	readonly offset: number;
	readonly text: string;
}

export interface YamlSource {
	/** The file as plain data; undefined where its syntax is too broken to be read on. */
	readonly data: unknown;
	readonly mistakes: readonly Mistake[];
	readonly lineOf: (offset: number) => {readonly line: number; readonly column: number};
	/** Where the value at the path is; the nearest one around it where there is none. */
	readonly offsetOf: (path: Path) => number;
	/** Where the key at the path is. */
	readonly offsetOfKey: (path: Path) => number;
}

const plainWords: Readonly<Record<string, string>> = {
	TAB_AS_INDENT: 'this line is indented with a tab. Use spaces.',
	MULTIPLE_DOCS: 'a second document begins here (---). The file must hold only one.',
	BAD_INDENT: 'the indentation does not fit what is around it',
	MISSING_CHAR: 'something is not closed',
	BLOCK_AS_IMPLICIT_KEY: 'a second ": " on this line. Put text with ": " in quotes.',
};

function pairOf(node: Node, key: PropertyKey): Pair<Node, Node | null> | undefined {
	if (!isMap<Node, Node | null>(node)) return undefined;
	return node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
}

function child(node: Node, key: PropertyKey): Node | undefined {
	if (isSeq<Node>(node)) return node.items[Number(key)];
	return pairOf(node, key)?.value ?? undefined;
}

/** The deepest node on the path, and whether the whole path was there. */
function walk(document: Document, path: Path): {readonly node: Node | undefined; readonly complete: boolean} {
	let node: Node | undefined = document.contents ?? undefined;
	for (const key of path) {
		const here: Node | undefined = isAlias(node) ? node.resolve(document) : node;
		const next = here && child(here, key);
		if (!next) return {node, complete: false};
		node = next;
	}
	return {node, complete: true};
}

function start(node: Node | undefined): number {
	return node?.range?.[0] ?? 0;
}

/** Parses; never throws: what is wrong with the syntax is in `mistakes`. */
export function readYaml(text: string): YamlSource {
	const lines = new LineCounter();
	const document = parseDocument(text, {lineCounter: lines, prettyErrors: false, merge: true, logLevel: 'error'});
	const mistakes = [...document.errors, ...document.warnings].map(({code, message, pos}): Mistake => {
		if (code !== 'DUPLICATE_KEY') return {offset: pos[0], text: plainWords[code] ? `${plainWords[code]} (YAML: ${message})` : message};
		const key = /^[^:\s]+/.exec(text.slice(pos[0]))?.[0] ?? '';
		return {offset: pos[0], text: `key "${key}" is given twice in one mapping. Keep one.`};
	});
	// A key given twice leaves the structure whole: the rest can be judged too. Anything else would breed mistakes that are none.
	const readable = document.errors.every(({code}) => code === 'DUPLICATE_KEY');
	let data: unknown;
	try {
		data = readable ? document.toJS() : undefined;
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const anchor = /^Unresolved alias .*: (\S+)$/.exec(message)?.[1];
		mistakes.push({offset: anchor === undefined ? 0 : Math.max(text.indexOf(`*${anchor}`), 0), text: message});
	}
	const offsetOf = (path: Path) => start(walk(document, path).node);
	return {
		data,
		mistakes,
		lineOf(offset) {
			const {line, col} = lines.linePos(offset);
			return {line: Math.max(line, 1), column: Math.max(col, 1)};
		},
		offsetOf,
		offsetOfKey(path) {
			const parent = walk(document, path.slice(0, -1));
			const key = path.at(-1);
			const node = isAlias(parent.node) ? parent.node.resolve(document) : parent.node;
			const pair = parent.complete && node && key !== undefined ? pairOf(node, key) : undefined;
			return pair ? start(pair.key) : offsetOf(path);
		},
	};
}
