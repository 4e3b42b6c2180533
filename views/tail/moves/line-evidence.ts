/** Lines on their way out: pinned, copied, saved. What leaves is harmless text. */
import {describeFilter} from '../../../src/logs/query/filter.ts';
import {parseLine} from '../../../src/logs/formats/fields.ts';
import {levels, type LogLines} from '../../../src/logs/log-lines.ts';
import {plural} from '../../../src/base/figures.ts';
import {sanitize} from '../../../src/base/terminal/sanitize.ts';
import type {LogEvidence} from '../../../src/logs/log-evidence.ts';
import type {TailSession, TailUi} from '../lines/tail-session.ts';

/** A selection beyond this is no evidence that anybody reads. */
export const mostSelected = 2000;

/** The selected lines that pass the filters, oldest first: the cursor's alone where nothing is selected. */
export function selectedLines({ui, view, analysis}: TailSession): readonly number[] {
	const {cursor} = view.picture();
	if (cursor === undefined) return [];
	const {selectedFrom} = ui.get();
	if (selectedFrom === undefined) return [cursor];
	const {matches} = analysis;
	const last = Math.max(cursor, selectedFrom);
	const result: number[] = [];
	for (let line = matches.next(Math.min(cursor, selectedFrom) - 1); line !== undefined && line <= last; line = matches.next(line)) {
		result.push(line);
		if (result.length >= mostSelected) break;
	}
	return result;
}

/** FNV-1a over the code units: distinguishes lines of one moment. */
function hash(text: string): string {
	let value = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
	return (value >>> 0).toString(36);
}

/** Stays the same for a line wherever it is. */
export function lineId({tail}: TailSession['app'], line: number): string {
	const {lines} = tail;
	const stream = tail.streams.get()[lines.stream(line)]?.key ?? String(lines.stream(line));
	return `${stream}@${lines.time(line)}:${lines.length(line)}:${hash(lines.text(line, 512))}`;
}

/** The filters as they are, in words. */
export function queryWords({filters, leastLevel}: Pick<TailUi, 'filters' | 'leastLevel'>): string {
	return [
		...(leastLevel === undefined ? [] : [`level >= ${leastLevel}`]),
		...filters.filter(({enabled}) => enabled).map((filter) => describeFilter(filter)),
	].join('  and  ');
}

/** The line as it came; of JSON the message first, for a reader sees its beginning. */
function readable(text: string): string {
	const {format, message} = parseLine(text);
	return sanitize(format === 'json' && message !== text ? `${message} ${text}` : text);
}

/** What several lines are called where one row must do: how many, and what the gravest says. */
function headline(lines: LogLines, chosen: readonly number[]): readonly string[] {
	if (chosen.length === 1) return [];
	const grave = (line: number) => levels.indexOf(lines.level(line) ?? 'debug');
	const gravest = chosen.reduce((worst, line) => (grave(line) > grave(worst) ? line : worst));
	return [`${plural(chosen.length, 'line')}: ${sanitize(parseLine(lines.text(gravest)).message)}`];
}

/** The lines as one piece of evidence; undefined for none. */
export function evidenceOf({app, ui}: Pick<TailSession, 'app' | 'ui'>, chosen: readonly number[]): LogEvidence | undefined {
	const [first] = chosen;
	if (first === undefined) return undefined;
	const {lines, streams} = app.tail;
	const known = streams.get();
	const at = chosen.map((line) => lines.time(line)).find((time) => !Number.isNaN(time));
	return {
		id: chosen.length === 1 ? lineId(app, first) : `${lineId(app, first)}+${chosen.length}`,
		text: [...headline(lines, chosen), ...chosen.map((line) => readable(lines.text(line)))].join('\n'),
		at: at ?? app.clock.now(),
		streams: [...new Set(chosen.map((line) => known[lines.stream(line)]?.name ?? ''))].filter((name) => name !== ''),
		query: queryWords(ui.get()),
	};
}

/** True where the line is pinned, alone or within a selection. */
export function isPinned({app, pinnedWith}: Pick<TailSession, 'app' | 'pinnedWith'>, line: number): boolean {
	const id = lineId(app, line);
	if (app.isPinned(id)) return true;
	const whole = pinnedWith.get(id);
	return whole !== undefined && app.isPinned(whole);
}

/** Pins the lines, or takes the pin back; says which. */
export function pinLines(session: TailSession, chosen: readonly number[]): string {
	const evidence = evidenceOf(session, chosen);
	if (!evidence) return 'there is no line to pin';
	for (const line of chosen) session.pinnedWith.set(lineId(session.app, line), evidence.id);
	return session.app.pin(evidence);
}

/** Copies the lines as they came, harmless; says how many. */
export function copyLines({app}: TailSession, chosen: readonly number[]): string {
	app.copy(chosen.map((line) => sanitize(app.tail.lines.text(line))).join('\n'));
	return `${plural(chosen.length, 'line')} copied`;
}

/** All lines that pass the filters, oldest first, each harmless; follows them while late lines are put in. */
export function* passingLines({app, analysis}: TailSession): Generator<string> {
	const {lines}: {lines: LogLines} = app.tail;
	let line: number | undefined = lines.first() - 1;
	const end = lines.end();
	const unsubscribe = lines.onMoved(({moved}) => {
		if (line !== undefined) line = moved(line);
	});
	try {
		for (line = analysis.matches.next(line); line !== undefined && line < end; line = analysis.matches.next(line)) {
			yield sanitize(lines.text(line, Infinity));
		}
	} finally {
		unsubscribe();
	}
}
