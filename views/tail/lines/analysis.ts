/**
 * What is worked out of the lines, kept up in slices between keys: which pass the filters, how many per time and
 * level, by a field, by pattern, by endpoint. One per look at the logs; the screens read it.
 */
import type {CompiledFilter} from '../../../src/logs/query/compile-filter.ts';
import type {Group} from '../../../src/logs/count/group.ts';
import type {Histogram} from '../../../src/logs/count/histogram.ts';
import type {Matches} from '../../../src/logs/query/matches.ts';
import type {Patterns} from '../../../src/logs/count/pattern-counts.ts';
import type {RequestCounter} from '../../../src/logs/count/request-counts.ts';
import type {Search} from '../../../src/logs/query/search.ts';
import type {Store} from '../../../src/base/store.ts';
import type {ErrorRate} from './error-rate.ts';

export interface Analysis {
	readonly matches: Matches;
	/** Only lines that pass count from now on; all of them where undefined. */
	readonly filterBy: (filter: CompiledFilter | undefined) => void;
	/** Share of the lines that the filters have been tried on since they changed, 0 to 1; undefined once all were. */
	readonly looking: () => number | undefined;
	/** Another number whenever what passes may have changed otherwise than by new lines. */
	readonly epoch: () => number;
	readonly search: Search;
	readonly histogram: Histogram;
	/** Always counted. */
	readonly errorRate: ErrorRate;
	readonly requests: RequestCounter;
	/** Counted while `watch` holds it: costs nothing before it is looked at. */
	readonly patterns: Patterns;
	readonly group: () => Group;
	/** Counts by these fields from now on. */
	readonly groupBy: (fields: readonly string[]) => void;
	/** Keeps a costly counter going while a panel shows it; returns the function that ends it. */
	readonly watch: (what: 'patterns' | 'group' | 'requests') => () => void;
	/** Counts up, at most fifteen times a second, when anything above has changed. */
	readonly changed: Store<number>;
	/** Runs the slices again: filters have changed, or lines have come. */
	readonly wake: () => void;
	/** As `wake`, without pauses: someone waits. */
	readonly hurry: () => void;
	readonly stop: () => void;
}
