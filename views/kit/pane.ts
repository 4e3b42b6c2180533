/**
 * What a pane is: a plain projection of one kind of reading into rows. One generic table draws them all.
 * To add one: a file here that calls `definePane`, and its line in index.ts (the compiler asks for it).
 */
import type {Reason} from '../../src/checks/kit/check.ts';
import type {RowTarget} from '../../src/round/outside/target.ts';
import type {LogLook} from '../../src/apps/tail-app.ts';
import type {Part} from './line.ts';
import type {Theme} from './theme.ts';

export interface Column<Item> {
	readonly title: string;
	/** Columns it always gets when it is shown at all. */
	readonly width: number;
	/** Share of the room that is left, up to `max` columns; absent for a fixed column. */
	readonly grow?: number;
	readonly max?: number;
	readonly align?: 'left' | 'right';
	/** Cut in the middle when too long: names whose end distinguishes them. */
	readonly middle?: true;
	/** The higher, the sooner it gives way on a narrow screen; 0 stays always. */
	readonly drop: number;
	/** Pure; `now` is for ages. */
	readonly cell: (item: Item, context: CellContext) => Part;
	/** What sorting by it compares; absent where the cell's text will do. */
	readonly sort?: (item: Item) => number | string;
}

export interface CellContext {
	/** Epoch milliseconds. */
	readonly now: number;
	readonly theme: Theme;
}

export interface PaneSpec<Data, Item> {
	/** One row and many rows by name: `pod`, `pods`. */
	readonly noun: readonly [string, string];
	/** The rows, trouble first; stable, so that live rows stay where they are until their trouble changes. */
	readonly items: (data: Data) => readonly Item[];
	/** Stable over updates: the selection and the pin hold on to it. */
	readonly id: (item: Item) => string;
	readonly columns: readonly Column<Item>[];
	/** What `/` searches. */
	readonly search: (item: Item) => string;
	readonly url?: (item: Item, data: Data) => string | undefined;
	/** Which logs `l` opens; absent where a row has none of its own. */
	readonly logs?: (item: Item, data: Data) => LogLook | undefined;
	/** What the row is in its own system, for what can be changed there; absent where nothing can. */
	readonly outside?: (item: Item, data: Data) => RowTarget | undefined;
	/** When it began, epoch milliseconds; absent where a row does not tell. */
	readonly began?: (item: Item) => number | undefined;
	/** What a runbook's block calls it: `POD`, `NAMESPACE`, `URL`; not what is empty. */
	readonly variables?: (item: Item, data: Data) => Readonly<Record<string, string | undefined>>;
	/** What `y` copies. */
	readonly copy: (item: Item) => string;
	/** Whether the check’s reason speaks of this row; absent where none speaks of a row by itself. */
	readonly isAbout?: (reason: Reason, item: Item) => boolean;
	/** What pinning the row says in the entry and the report. */
	readonly evidence: (item: Item) => string;
	/** Further facts for the whole-row page. */
	readonly details?: (item: Item, context: CellContext) => readonly (readonly [string, string])[];
	/** At most two lines above the rows: a trend, a total, what is missing. */
	readonly head?: (data: Data, context: CellContext & {readonly columns: number}) => readonly Part[];
	/** What is there instead of rows. */
	readonly empty: (data: Data) => string;
}

/** A pane whose row type is forgotten: its items only ever meet its own functions. */
export type Pane<Data = unknown> = PaneSpec<Data, unknown>;

/** Types a pane from its own parts. */
export function definePane<Data, Item>(pane: PaneSpec<Data, Item>): Pane<Data> {
	return pane as unknown as Pane<Data>;
}

/** Items in the order of their rank, lowest first, otherwise as they come: one pass, no comparison of names. */
export function byRank<Item>(items: readonly Item[], rank: (item: Item) => number): readonly Item[] {
	const buckets: Item[][] = [];
	for (const item of items) (buckets[rank(item)] ??= []).push(item);
	return buckets.flatMap((bucket) => bucket ?? []);
}
