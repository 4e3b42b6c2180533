/** Who imports whom, types included, as the parser that oxlint is built on reads it. */
import {globSync, readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {parseSync} from 'oxc-parser';

export type Arrow = readonly [from: string, to: string];

export const sourceFiles: readonly string[] = globSync('{src,views}/**/*.{ts,tsx}').sort();

function specifiersOf(file: string): readonly string[] {
	const source = readFileSync(file, 'utf8');
	const {module} = parseSync(file, source);
	const dynamic = module.dynamicImports.map(({moduleRequest}) => source.slice(moduleRequest.start + 1, moduleRequest.end - 1));
	const exported = module.staticExports.flatMap(({entries}) => entries.flatMap(({moduleRequest}) => moduleRequest?.value ?? []));
	return [...module.staticImports.map(({moduleRequest}) => moduleRequest.value), ...exported, ...dynamic];
}

/** One arrow for each import of a file of ours. */
export function arrows(): readonly Arrow[] {
	return sourceFiles.flatMap((file) =>
		specifiersOf(file)
			.filter((specifier) => specifier.startsWith('.'))
			.map((specifier): Arrow => [file, join(dirname(file), specifier)]),
	);
}

/** The circles among the arrows: groups in which each leads to each (Tarjan's strongly connected components). */
export function circles(arrows: readonly Arrow[]): readonly (readonly string[])[] {
	const next = new Map<string, Set<string>>();
	for (const [from, to] of arrows) {
		if (!next.has(to)) next.set(to, new Set());
		if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to));
	}
	const found: string[][] = [];
	const order = new Map<string, number>();
	const lowest = new Map<string, number>();
	const path: string[] = [];
	const visit = (node: string): void => {
		order.set(node, order.size);
		lowest.set(node, order.size - 1);
		path.push(node);
		for (const to of next.get(node) ?? []) {
			if (!order.has(to)) visit(to);
			if (path.includes(to)) lowest.set(node, Math.min(lowest.get(node) ?? 0, lowest.get(to) ?? 0));
		}
		if (lowest.get(node) !== order.get(node)) return;
		const group = path.splice(path.indexOf(node));
		if (group.length > 1) found.push(group.sort());
	};
	for (const node of next.keys()) if (!order.has(node)) visit(node);
	return found;
}
