/** How lines are drawn at present; the same object as long as nothing about it changes, so that drawn lines are kept. */
import type {TailApp} from '../../../src/apps/tail-app.ts';
import {width} from '../../../src/base/terminal/width.ts';
import type {Theme} from '../../kit/theme.ts';
import type {LineLook} from './draw-line.ts';
import {wantedPatterns} from './filter-words.ts';
import {shortNames} from './short-names.ts';
import type {TailUi} from './tail-session.ts';

function fieldColumns(name: string, columns: number): number {
	return Math.max(width(name), columns >= 160 ? 20 : columns >= 100 ? 14 : 10);
}

const everyMatch = ({source, flags}: RegExp) => new RegExp(source, flags.includes('g') ? flags : `${flags}g`);

/** Makes the function that gives the look for a state and a number of columns. */
export function createLooks(app: TailApp, theme: Theme): (ui: TailUi, columns: number) => LineLook {
	let names: readonly string[] = [];
	let namesFor = '';
	let look: LineLook | undefined;
	let lookFor: readonly unknown[] = [];
	return (ui, columns) => {
		const streams = app.tail.streams.get();
		const most = ui.columns >= 160 ? 28 : ui.columns >= 100 ? 20 : 12;
		const key = `${streams.length} ${most}`;
		if (key !== namesFor) {
			names = shortNames(streams, most);
			namesFor = key;
		}
		const now = [ui.columns, columns, ui.left, ui.wrap, ui.names, ui.fields, ui.search?.pattern, ui.filters, ui.leastLevel, names];
		if (look && now.every((one, index) => one === lookFor[index])) return look;
		lookFor = now;
		const shown = names;
		look = {
			theme,
			columns,
			left: ui.left,
			wrap: ui.wrap,
			gap: ui.columns < 100 ? 1 : 2,
			// A single stream needs no name: the status bar tells it.
			nameColumns: ui.names && shown.length > 1 ? Math.max(...shown.map(width)) : 0,
			level: ui.names,
			nameOf: (stream) => shown[stream] ?? '',
			fields: ui.fields.map((name) => ({name, columns: fieldColumns(name, ui.columns)})),
			found: ui.search ? [everyMatch(ui.search.pattern)] : [],
			wanted: wantedPatterns(ui.filters),
		};
		return look;
	};
}
