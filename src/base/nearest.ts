/** Levenshtein distance: the fewest single-character insertions, deletions and replacements that turn `a` into `b`. */
export function editDistance(a: string, b: string): number {
	let previous = Array.from({length: b.length + 1}, (_, column) => column);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
			current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
		}
		previous = current;
	}
	return previous[b.length] ?? 0;
}

/**
 * The name a typo most likely meant: `prometheus` for `promtheus`.
 * Undefined where nothing is near (more than a third of the letters differ), so that no one is led astray.
 */
export function nearest(typed: string, names: readonly string[]): string | undefined {
	const word = typed.toLowerCase();
	let best: {readonly name: string; readonly distance: number} | undefined;
	for (const name of names) {
		const distance = editDistance(word, name.toLowerCase());
		if (!best || distance < best.distance) best = {name, distance};
	}
	return best && best.distance <= Math.max(1, Math.ceil(Math.max(word.length, best.name.length) / 3)) ? best.name : undefined;
}

/** `. Did you mean "prometheus"?`, or nothing; to be put behind a sentence about `typed`. */
export function didYouMean(typed: string, names: readonly string[]): string {
	const name = nearest(typed, names);
	return name === undefined ? '' : `. Did you mean "${name}"?`;
}
