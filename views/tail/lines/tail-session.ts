/**
 * What the log screens know beyond the lines themselves: where the eye is, what is filtered, what lies on top.
 * It lives outside React, so that keys act on it at once and in order.
 */
import type {Filter} from '../../../src/logs/query/filter.ts';
import type {Level} from '../../../src/logs/log-lines.ts';
import {type Patch, patched} from '../../../src/base/patch.ts';
import type {Store} from '../../../src/base/store.ts';
import type {TailApp} from '../../../src/apps/tail-app.ts';
import type {TextField} from '../../kit/text-field.ts';
import type {Theme} from '../../kit/theme.ts';
import type {Analysis} from './analysis.ts';
import type {Seeking} from './seeking.ts';
import type {DrawnLine, LineLook} from './draw-line.ts';

export type PanelKind = 'patterns' | 'groups' | 'requests' | 'streams' | 'filters';

/** The list next to or over the lines; at most one. */
export interface Panel {
	readonly kind: PanelKind;
	/** Id of the selected row, so that it stays selected while rows move. */
	readonly selected?: string;
	/** Where it stood last, for when it is gone. */
	readonly index: number;
}

export type TailPromptKind = 'search' | 'filter' | 'columns' | 'group' | 'save' | 'go-to';

/** Where the eye was when a prompt opened: cancelling goes back there. */
export type Place = Pick<TailUi, 'frozen' | 'cursor' | 'cursorRow' | 'receivedAtFreeze'> & {readonly search?: TailSearch | undefined};

export type TailOverlay =
	| {readonly kind: 'help'; readonly field: TextField; readonly selected: number}
	| {
			readonly kind: 'prompt';
			readonly prompt: TailPromptKind;
			readonly field: TextField;
			readonly problem?: string;
			readonly from?: Place;
			/** Id of the filter that is being changed. */
			readonly changes?: string;
	  }
	/** One whole line; its number. */
	| {readonly kind: 'line'; readonly line: number; readonly top: number};

export type TimeFormat = 'local' | 'utc' | 'relative' | 'none';

export interface TailSearch {
	readonly text: string;
	readonly pattern: RegExp;
	readonly state: 'looking' | 'found' | 'none';
}

export interface TailUi {
	readonly columns: number;
	readonly rows: number;
	readonly focus: 'lines' | 'histogram' | 'panel';
	readonly overlay?: TailOverlay;
	readonly panel?: Panel;
	/** The stack, oldest first; numbered from 1 on the screen. */
	readonly filters: readonly Filter[];
	/** The level of the `L` key, a filter of its own before the stack; absent for all. */
	readonly leastLevel?: Level;
	readonly search?: TailSearch;
	readonly groupBy: readonly string[];
	/** True while the view does not move; false while it follows the newest line. */
	readonly frozen: boolean;
	/** The selected line's number while frozen; while following it is the newest, whichever that is. */
	readonly cursor?: number;
	/** Rows between the top of the lines' region and the cursor's row; kept while it fits. */
	readonly cursorRow: number;
	/** The other end of the selection. */
	readonly selectedFrom?: number;
	/** Lines received when the view was frozen, for `+1,204 new`. */
	readonly receivedAtFreeze: number;
	/** Columns scrolled to the right. */
	readonly left: number;
	readonly wrap: boolean;
	readonly time: TimeFormat;
	/** Stream and level columns. */
	readonly names: boolean;
	/** Fields shown as columns of their own. */
	readonly fields: readonly string[];
	/** A time within the selected bar of the histogram: it stays selected while bars move on. Epoch milliseconds. */
	readonly bar?: number;
}

export interface TailSession {
	readonly app: TailApp;
	readonly theme: Theme;
	readonly ui: Store<TailUi>;
	readonly analysis: Analysis;
	/** Which lines are on which row. */
	readonly view: View;
	/** The walk through the lines that a search or a jump has begun; at most one. */
	readonly seeking: Seeking;
	/** Evidence by the line it holds, for lines pinned as part of a selection. */
	readonly pinnedWith: Map<string, string>;
	/** What the logs lie over, and esc goes back to: `the round`. Absent where they are the program's own screen. */
	readonly over?: string;
	/** Looks up a runbook over the logs; absent where there are none. */
	readonly lookUp?: () => void;
	/** Leaves the logs: back to the round, or out of the program. */
	readonly exit: () => void;
	readonly suspend: <T>(run: () => Promise<T>) => Promise<T>;
	/** Lets go of everything that listens; the lines stay. */
	readonly close: () => void;
}

export const freshTailUi: TailUi = {
	columns: 80,
	rows: 24,
	focus: 'lines',
	filters: [],
	groupBy: ['pod'],
	frozen: false,
	cursorRow: 0,
	receivedAtFreeze: 0,
	left: 0,
	wrap: false,
	time: 'local',
	names: true,
	fields: [],
};

/** Changes part of the screen's state. */
export function changeTail({ui}: Pick<TailSession, 'ui'>, part: Patch<TailUi>): void {
	ui.set(patched(ui.get(), part));
}

export interface View {
	readonly picture: () => Picture;
	/** The line as it is drawn now; from memory where nothing about it has changed. */
	readonly drawn: (line: number) => DrawnLine;
	readonly look: () => LineLook;
	/** Follows the new numbers of lines after late ones were put in. */
	readonly moved: (moved: (old: number) => number) => void;
}

export interface Picture {
	readonly rows: readonly ViewRow[];
	/** The selected line; undefined where no line passes. */
	readonly cursor: number | undefined;
	/** Its first row, from the top. */
	readonly cursorRow: number;
}

export interface ViewRow {
	readonly line: number;
	/** Which of the line's rows: more than one only where long lines are wrapped. */
	readonly part: number;
}
