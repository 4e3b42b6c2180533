import {type CompiledFilter, compileFilters} from '../../src/logs/compile-filter.ts';
import {parseFilter, type Filter} from '../../src/logs/filter.ts';

/** The filter that was typed; throws where it is none. */
export function typedFilter(text: string): Filter {
	const filter = parseFilter(text);
	if ('problem' in filter) throw new Error(filter.problem);
	return filter;
}

/** The filters typed, compiled; stream 1 is the pod `pod-1`. */
export function typedFilters(...texts: readonly string[]): CompiledFilter {
	return compileFilters(texts.map(typedFilter), (id) => ({key: `${id}`, name: `pod-${id}`, pod: `pod-${id}`}));
}
