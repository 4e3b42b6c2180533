/**
 * Which line is on which row. While frozen the picture is kept as it is until a key or a filter changes it: lines
 * that arrive, also late ones, and lines that make room move nothing. While following, the rows move with the analysis'
 * paced tick alone: a key finds the lines that the eye saw, and freezing or continuing repaints none of them.
 */
import {hiddenWith} from '../../../src/logs/query/continuation.ts';
import {isNote} from '../../../src/logs/hold/note-text.ts';
import type {LogLines} from '../../../src/logs/log-lines.ts';
import type {Store} from '../../../src/base/store.ts';
import type {TailApp} from '../../../src/apps/tail-app.ts';
import type {Theme} from '../../kit/theme.ts';
import type {Analysis} from './analysis.ts';
import {type DrawnLine, drawLine, drawNote, type LineLook} from './draw-line.ts';
import {noteWords} from './notes.ts';
import {isFiltered} from './is-filtered.ts';
import {tailLayout} from './tail-layout.ts';
import {createLooks} from './looks.ts';
import {timeColumns} from './time-cell.ts';
import type {TailUi, View, Picture, ViewRow} from './tail-session.ts';

/** Cursor, pin, and a blank at the end. */
export const marginColumns = 2;

const mostKept = 1000;

interface Kept {
	readonly picture: Picture;
	readonly ui: TailUi;
	readonly epoch: number;
	/** The analysis' tick at which the rows moved last, or stood when the view began to follow. */
	readonly tick: number;
}

/** True where both states have the same rows for the same lines, wherever the eye is. */
function sameRows(a: TailUi, b: TailUi): boolean {
	return (
		a.columns === b.columns &&
		a.rows === b.rows &&
		a.panel?.kind === b.panel?.kind &&
		a.wrap === b.wrap &&
		a.filters === b.filters &&
		a.leastLevel === b.leastLevel &&
		a.names === b.names &&
		a.fields === b.fields
	);
}

/** True where the frozen state's eye is where it was; what was followed may be frozen as it is. */
function samePlace({ui, picture}: Kept, {cursor, cursorRow}: TailUi): boolean {
	const before = ui.frozen ? ui : picture;
	return before.cursor === cursor && before.cursorRow === cursorRow;
}

/** The view of a session's state. */
export function createView({
	app,
	theme,
	analysis,
	ui,
}: {
	readonly app: TailApp;
	readonly theme: Theme;
	readonly analysis: Analysis;
	readonly ui: Store<TailUi>;
	readonly pinnedWith: ReadonlyMap<string, string>;
}): View {
	const {lines} = app.tail;
	const looks = createLooks(app, theme);
	let cache = new Map<number, DrawnLine>();
	let cachedFor: LineLook | undefined;
	let kept: Kept | undefined;

	const look = () => {
		const state = ui.get();
		return looks(state, tailLayout(state).lines.columns - marginColumns - timeColumns[state.time] - (state.time === 'none' ? 0 : 2));
	};
	function drawn(line: number): DrawnLine {
		const current = look();
		if (current !== cachedFor || cache.size > mostKept) {
			// What is no longer held can only be shown as it was drawn.
			const first = lines.first();
			cache = new Map([...cache].filter(([one]) => one < first).slice(-200));
			cachedFor = current;
		}
		const known = cache.get(line);
		if (known) return known;
		const hidden = hiddenOf(line);
		const made = make(lines, line, {current, hidden: hidden.count});
		if (line >= lines.first() && !hidden.open) cache.set(line, made);
		return made;
	}
	/** How many lines that continue with it no filter lets through; `open` while that may change. */
	function hiddenOf(line: number): {readonly count: number; readonly open: boolean} {
		if (!isFiltered({ui}) || line < lines.first() || line >= lines.end() || isNote(lines, line)) return {count: 0, open: false};
		if (analysis.looking() !== undefined) return {count: 0, open: true};
		const {matches} = analysis;
		const {to} = matches.looked();
		let isLookedAt = true;
		const {count, open} = hiddenWith(lines, line, (one) => {
			isLookedAt &&= one < to;
			return one >= to || matches.has(one);
		});
		return {count, open: open || !isLookedAt};
	}
	function make(from: LogLines, line: number, {current, hidden}: {readonly current: LineLook; readonly hidden: number}): DrawnLine {
		if (line < from.first() || line >= from.end())
			return {rows: [theme.paint('dim', 'this line was dropped from memory')], note: false, time: NaN};
		if (!isNote(from, line)) return drawLine(from, line, current, hidden);
		const {time} = ui.get();
		return drawNote(from, line, {
			theme,
			columns: tailLayout(ui.get()).lines.columns - 1,
			words: noteWords(from, line, {name: current.nameOf(from.stream(line)), utc: time === 'utc'}),
		});
	}

	/** Rows of the line; one for all where nothing is wrapped, so that no line is drawn only to be counted. */
	const height = (line: number) => (ui.get().wrap ? drawn(line).rows.length : 1);

	function above(cursor: number, wanted: number): ViewRow[] {
		const rows: ViewRow[] = [];
		for (let line = analysis.matches.previous(cursor); line !== undefined && rows.length < wanted; line = analysis.matches.previous(line)) {
			for (let part = height(line) - 1; part >= 0 && rows.length < wanted; part--) rows.push({line, part});
		}
		return rows.toReversed();
	}
	function compose(state: TailUi): Picture {
		const {matches} = analysis;
		const room = tailLayout(state).lines.rows;
		const cursor =
			state.frozen && state.cursor !== undefined ? matches.nearest(Math.max(state.cursor, lines.first())) : matches.previous(lines.end());
		if (cursor === undefined || room <= 0) return {rows: [], cursor: undefined, cursorRow: 0};
		const last = Math.max(0, room - height(cursor));
		const rows = above(cursor, state.frozen ? Math.min(state.cursorRow, last) : last);
		const cursorRow = rows.length;
		for (let line: number | undefined = cursor; line !== undefined && rows.length < room; line = matches.next(line)) {
			const parts = height(line);
			for (let part = 0; part < parts && rows.length < room; part++) rows.push({line, part});
		}
		return {rows, cursor, cursorRow};
	}

	/** What is kept, where it still holds for the state. */
	function holding(state: TailUi, epoch: number, tick: number): Kept | undefined {
		if (!kept || kept.epoch !== epoch || kept.picture.cursor === undefined || !sameRows(kept.ui, state)) return undefined;
		if (state.frozen) return samePlace(kept, state) ? {...kept, ui: state} : undefined;
		if (kept.ui.frozen) return {...kept, ui: state, tick};
		return kept.tick === tick ? kept : undefined;
	}

	return {
		look,
		drawn,
		picture() {
			const state = ui.get();
			const epoch = analysis.epoch();
			const tick = analysis.changed.get();
			kept = holding(state, epoch, tick) ?? {picture: compose(state), ui: state, epoch, tick};
			return kept.picture;
		},
		moved(moved) {
			const before = cache;
			cache = new Map();
			for (const [line, made] of before) cache.set(moved(line), made);
			if (!kept) return;
			const {picture, ui: state} = kept;
			kept = {
				...kept,
				ui: state.cursor === undefined ? state : {...state, cursor: moved(state.cursor)},
				picture: {
					rows: picture.rows.map(({line, part}) => ({line: moved(line), part})),
					cursor: picture.cursor === undefined ? undefined : moved(picture.cursor),
					cursorRow: picture.cursorRow,
				},
			};
		},
	};
}
