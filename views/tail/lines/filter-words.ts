/** What filters look for, as patterns that the eye can be led to. Pure. */
import {ignoresCase, isExpression, literalSource} from '../../../src/logs/query/condition.ts';
import type {Filter} from '../../../src/logs/query/filter.ts';

/** Patterns of the filters that want a text to be there: what is left out has nothing to show. */
export function wantedPatterns(filters: readonly Filter[]): readonly RegExp[] {
	return filters.flatMap((filter): readonly RegExp[] => {
		if (!filter.enabled || filter.negated) return [];
		if (filter.kind === 'text') return [new RegExp(literalSource(filter.text), ignoresCase(filter.text) ? 'giu' : 'gu')];
		if (filter.kind === 'regex' && isExpression(filter.value)) return safely(filter.value.source, filter.value.ignoreCase ? 'gi' : 'g');
		return [];
	});
}

function safely(source: string, flags: string): readonly RegExp[] {
	try {
		return [new RegExp(source, flags)];
	} catch {
		return [];
	}
}
