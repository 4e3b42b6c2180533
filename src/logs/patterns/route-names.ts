/**
 * Names in paths: `/api/users/anna/orders` has no digit that would tell `anna` for a value, but where many names are
 * between the same words they are values. A last part has nothing behind it to tell by, and a service may have dozens of
 * endpoints next to each other: there it takes a crowd, or names that are known from before other words.
 */
import {wildcard} from './mask-word.ts';

export interface RouteNames {
	/** Learns from all paths seen, each as it came; true where it knows more than before. */
	readonly learn: (paths: Iterable<string>) => boolean;
	/** The path with the names that are values masked. */
	readonly mask: (path: string) => string;
}

/** So many names between the same words are values. */
const enough = 12;
/** So many last parts next to each other are. */
const crowd = 100;
/** Names of one place remembered to know them as a last part. */
const mostNames = 1000;
/** A path may hold one name behind the other. */
const mostRounds = 4;

/** The set under the key, begun where there is none. */
function setOf<K, V>(map: Map<K, Set<V>>, key: K): Set<V> {
	const known = map.get(key);
	if (known) return known;
	const fresh = new Set<V>();
	map.set(key, fresh);
	return fresh;
}

/** Knows no name yet. */
export function createRouteNames(): RouteNames {
	/** What is before a name that has more behind it, and before one that is the last part. */
	const [inner, last] = [new Set<string>(), new Set<string>()];
	/** Names met behind such a prefix with more behind them. */
	const met = new Map<string, Set<string>>();

	function mask(path: string): string {
		if (inner.size === 0 && last.size === 0) return path;
		const parts = path.split('/');
		let prefix = '';
		for (const [place, part] of parts.entries()) {
			const places = place === parts.length - 1 ? last : inner;
			prefix += `${part !== '' && places.has(prefix) ? wildcard : part}/`;
		}
		return prefix.slice(0, -1);
	}

	function learnOnce(paths: Iterable<string>): boolean {
		const between = new Map<string, Set<string>>();
		const ends = new Map<string, Set<string>>();
		const before = inner.size + last.size;
		for (const path of paths) {
			const masked = mask(path);
			const end = masked.lastIndexOf('/');
			const name = masked.slice(end + 1);
			if (name !== '' && name !== wildcard) setOf(ends, masked.slice(0, end + 1)).add(name);
			for (let from = masked.indexOf('/') + 1, to = masked.indexOf('/', from); to >= 0; from = to + 1, to = masked.indexOf('/', from)) {
				const part = masked.slice(from, to);
				if (part === '' || part === wildcard) continue;
				const prefix = masked.slice(0, from);
				const names = setOf(between, `${prefix}\n${masked.slice(to)}`).add(part);
				if (names.size < enough) continue;
				inner.add(prefix);
				const all = setOf(met, prefix);
				for (const one of names) if (all.size < mostNames) all.add(one);
			}
		}
		for (const [prefix, names] of ends) {
			const known = met.get(prefix);
			const familiar = known === undefined ? 0 : [...names].filter((name) => known.has(name)).length;
			if (names.size >= crowd || (names.size >= enough && familiar * 2 >= names.size)) last.add(prefix);
		}
		return inner.size + last.size > before;
	}

	return {
		mask,
		learn(paths) {
			const all = [...paths];
			let learned = false;
			for (let round = 0; round < mostRounds && learnOnce(all); round++) learned = true;
			return learned;
		},
	};
}
