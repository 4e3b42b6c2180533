/** Which piece of a filter can be searched for in the bytes of many lines at once. */
import {expressionNeedle, type Needle, textNeedle, warm} from './bulk-pattern.ts';
import {type Condition, ignoresCase, literalSource, type Wild} from './condition.ts';
import {expressionOf, figureOf} from './field-test.ts';

/**
 * A word of the value as it must be in the line's bytes. Values are found unescaped while JSON escapes signs and
 * letters outside of ASCII, and colours may be between words: only letters and digits are as they are
 * (no one writes numbers of up to 15 digits with an exponent).
 */
function valueNeedle(value: Wild): Needle | undefined {
	const words = value.flatMap((part) => part.match(/[A-Za-z][\w-]*\w|\d{3,15}/g) ?? []);
	const longest = words.toSorted((a, b) => b.length - a.length)[0];
	if (longest === undefined) return undefined;
	const needle = textNeedle(longest, ignoresCase(value.join('')));
	return needle && {...needle, exact: false};
}

/** The needle of one condition; undefined where lines without any common piece may pass. */
export function conditionNeedle(condition: Condition): Needle | undefined {
	switch (condition.kind) {
		case 'text':
			return textNeedle(condition.text, ignoresCase(condition.text));
		case 'regex':
			return expressionNeedle(expressionOf(condition.value));
		case 'pattern':
			return valueNeedle(condition.template.split('<*>'));
		case 'field': {
			const {name, test, except} = condition;
			// These the parser puts into its own words.
			const reworded = /^(?:level|severity|format|time|timestamp|ts)$/i.test(name);
			if (except || reworded || !(test.kind === 'equals' || test.kind === 'contains')) return undefined;
			return figureOf(test.value) === undefined ? valueNeedle(test.value) : undefined;
		}
		default:
			return undefined;
	}
}

/** The rarest of what all must hold; exact only where it was the only thing asked. */
export function rarest(needles: readonly (Needle | undefined)[], asked: number): Needle | undefined {
	const best = needles.filter((needle) => needle !== undefined).toSorted((a, b) => b.rarity - a.rarity)[0];
	return best && asked > 1 ? {...best, exact: false} : best;
}

/** One expression for any of them; undefined where one of them has none. */
export function union(needles: readonly (Needle | undefined)[]): Needle | undefined {
	const all = needles.filter((needle) => needle !== undefined);
	if (all.length < needles.length || all.length === 0) return undefined;
	if (all.length === 1) return all[0];
	// Named groups and back references would meet those of the others.
	const sources = all.map(({pattern}) => (pattern instanceof RegExp ? pattern.source : literalSource(pattern.toString())));
	if (sources.some((source) => /\\[1-9k]|\(\?<[^=!]/.test(source))) return undefined;
	const ignoreCase = all.some(({pattern}) => pattern instanceof RegExp && pattern.ignoreCase);
	const exact =
		all.every((needle) => needle.exact) && all.every(({pattern}) => (pattern instanceof RegExp && pattern.ignoreCase) === ignoreCase);
	return {
		pattern: warm(new RegExp(sources.map((source) => `(?:${source})`).join('|'), ignoreCase ? 'gi' : 'g')),
		exact,
		ascii: all.every(({ascii}) => ascii),
		rarity: Math.min(...all.map(({rarity}) => rarity)),
	};
}
