/** What the live log screens see of the program, in the round and on their own. */
import type {Clock} from '../ports/clock.ts';
import type {Store} from '../base/store.ts';
import type {LogSelection} from '../ports/log-feed.ts';
import type {Filter} from '../logs/query/filter.ts';
import type {Tail} from '../logs/hold/tail.ts';
import type {Runbook} from '../runbooks/runbook.ts';
import type {RunbookHit} from '../runbooks/search-runbooks.ts';
import type {LogEvidence} from '../logs/log-evidence.ts';
import type {PatternMemory} from '../logs/patterns/pattern-memory.ts';

/** Which logs of the environment's cluster to open, and where to be in them. */
export interface LogLook {
	readonly selection: Partial<LogSelection>;
	/** Epoch milliseconds. */
	readonly goTo?: number;
}

/** The runbooks as logs on their own see them: to be read. */
export interface TailRunbooks {
	readonly runbooks: () => readonly Runbook[];
	/** Best first, at most `limit`; none for a query without a word. */
	readonly findRunbooks: (query: string, limit: number) => readonly RunbookHit[];
	/** Opens an address in the browser. */
	readonly open: (url: string) => void;
	/** One sentence about what could not be read; undefined where all is well. */
	readonly problem: string | undefined;
}

export interface TailApp {
	readonly clock: Clock;
	/** What is looked at: `deploy/api in checkout-prod`. */
	readonly title: string;
	/** The service and environment it belongs to; absent for a file or a pipe. */
	readonly place?: {readonly service: string; readonly environment: string; readonly production: boolean; readonly cluster?: string};
	readonly demo: string | undefined;
	readonly tail: Tail;
	/** True while the feed continues; false for what has been read to its end. */
	readonly follows: boolean;
	/** Goes to that time once lines are there: an alert's start, an error's last event. Epoch milliseconds. */
	readonly goTo?: number;
	/** The filters to begin with; none where absent. */
	readonly filters?: readonly Filter[];
	readonly notice: Store<string | undefined>;
	readonly patterns: PatternMemory;
	/** Usual share of 5xx answers, 0 to 1, where a baseline is known; told once it is. */
	readonly usualErrors: Store<number | undefined>;
	/** Pins, or takes the pin back where it is pinned; says which and where it went. */
	readonly pin: (evidence: LogEvidence) => string;
	readonly isPinned: (id: string) => boolean;
	/** Writes the lines to a file (relative to where the program runs; never over an existing one); resolves to its path. */
	readonly save: (name: string, lines: Iterable<string>) => Promise<string>;
	readonly copy: (text: string) => void;
	/** Edits text in $EDITOR; resolves to the new text. The caller suspends the screen around it. */
	readonly edit: (text: string) => Promise<string>;
	/** Reads the runbooks, once they are asked for; absent in a round, which has its own. */
	readonly openRunbooks?: () => Promise<TailRunbooks>;
	/** Ends the streams. */
	readonly stop: () => Promise<void>;
}
