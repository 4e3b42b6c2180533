/** Labelled lines made from statements with slots (`{ip}`, `{n}`, `{of:a|b}`), the same ones in every run. */

export interface LabelledLine {
	readonly label: string;
	readonly text: string;
}

/** How often, and the statement. */
export type Statement = readonly [count: number, text: string];

export interface System {
	readonly statements: readonly Statement[];
	/** Below this grouping accuracy the miner has become worse. */
	readonly atLeast: number;
}

/** A generator of numbers from 0 up to 1 that gives the same row for the same seed (mulberry32). */
export function randomOf(seed: string): () => number {
	let state = 0;
	for (const char of seed) state = (Math.imul(state, 31) + (char.codePointAt(0) ?? 0)) | 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const users = 'root admin guest oracle test mysql postgres nagios www ftp alice bob deploy jenkins ubuntu'.split(' ');
const hosts =
	'mail.example.org ns1.isp.net proxy.campus.edu cache-3.cdn.example.com dsl-82-83-12.provider.net.br db.internal.lan node-17.rack4.dc2.corp'.split(
		' ',
	);

function slot(name: string, random: () => number): string {
	const below = (most: number) => Math.floor(random() * most);
	const hex = (length: number) => Array.from({length}, () => below(16).toString(16)).join('');
	const two = () => String(below(60)).padStart(2, '0');
	const one = (words: readonly string[]) => words[below(words.length)] ?? '';
	const [kind, rest = ''] = name.split(/:(.*)/s);
	switch (kind) {
		case 'n':
			return String(below(10 ** (1 + below(7))));
		case 'd':
			return String(below(10));
		case 'f':
			return `${below(100)}.${below(1000)}`;
		case 'ip':
			return `${10 + below(200)}.${below(256)}.${below(256)}.${below(256)}`;
		case 'hex':
			return hex(Number(rest || 8));
		case 'uuid':
			return [8, 4, 4, 4, 12].map(hex).join('-');
		case 'time':
			return `${two()}:${two()}:${two()}`;
		case 'user':
			return one(users);
		case 'host':
			return one(hosts);
		case 'path':
			return `/${one(['var', 'usr', 'opt', 'home'])}/${one(['lib', 'log', 'data'])}/${hex(4)}${one(['', '.log', '/x', '_del'])}`;
		case 'of':
			return one(rest.split('|'));
		case 'list':
			return Array.from({length: 1 + below(9)}, () => fill(rest.replaceAll('[', '{').replaceAll(']', '}'), random)).join(' ');
		default:
			throw new Error(`no slot ${name}`);
	}
}

function fill(statement: string, random: () => number): string {
	return statement.replaceAll(/\{([a-z]+(?::[^{}]*)?)\}/g, (_, name: string) => slot(name, random));
}

/** The lines of the statements, mixed. */
export function linesOf(statements: readonly Statement[], seed: string): readonly LabelledLine[] {
	const random = randomOf(seed);
	return statements
		.flatMap(([count, text]) => Array.from({length: count}, () => ({label: text, text: fill(text, random), order: random()})))
		.toSorted((a, b) => a.order - b.order);
}

/** Share of lines whose group holds exactly the lines of their label (Zhu et al., 2019). */
export function groupingAccuracy(labels: readonly string[], groups: readonly number[]): number {
	const [byGroup, byLabel] = [new Map<number, number[]>(), new Map<string, number>()];
	for (const [line, label] of labels.entries()) {
		const group = groups[line] as number;
		byGroup.set(group, [...(byGroup.get(group) ?? []), line]);
		byLabel.set(label, (byLabel.get(label) ?? 0) + 1);
	}
	let right = 0;
	for (const lines of byGroup.values()) {
		const label = labels[lines[0] as number] as string;
		if (byLabel.get(label) === lines.length && lines.every((line) => labels[line] === label)) right += lines.length;
	}
	return right / labels.length;
}
