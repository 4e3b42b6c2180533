import {type CompiledFilter, compileFilters} from '../../../src/logs/query/compile-filter.ts';
import {parseFilter, type Filter} from '../../../src/logs/query/filter.ts';

/** When the filters are typed, in UTC. */
export const typedAt = Date.UTC(2026, 10, 20, 8, 33, 7);

/** The filter that was typed; throws where it is none. */
export function typedFilter(text: string): Filter {
	const filter = parseFilter(text, {now: typedAt, near: typedAt, utc: true});
	if ('problem' in filter) throw new Error(filter.problem);
	return filter;
}

/** The filters typed, compiled; stream 1 is the pod `pod-1`. */
export function typedFilters(...texts: readonly string[]): CompiledFilter {
	return compileFilters(texts.map(typedFilter), (id) => ({key: `${id}`, name: `pod-${id}`, pod: `pod-${id}`}));
}
