/** The bars over the lines and the words next to them: how many lines when, and which of them are errors. Pure. */
import {formatNumber, formatPercent, plural} from '../../src/base/figures.ts';
import type {Column} from '../../src/logs/count/histogram.ts';
import {levels} from '../../src/logs/log-lines.ts';
import {sparkline} from '../../src/base/terminal/sparkline.ts';
import {draw, drawFull, type Part, partsWidth} from '../kit/line.ts';
import type {Tone} from '../kit/theme.ts';
import {barsInUse, selectedBar, storyOf} from './moves/bars.ts';
import {isFiltered} from './lines/is-filtered.ts';
import {barCount, barsLeft, tailLayout} from './lines/tail-layout.ts';
import {noLineWords} from './moves/tail-states.ts';
import type {TailSession} from './lines/tail-session.ts';
import {clockTime, dayName, dayNumber} from './lines/time-cell.ts';

const errorsIn = ({counts}: Column) => counts.error + counts.fatal;

function toneOf(bar: Column): Tone {
	if (errorsIn(bar) > 0) return 'red';
	return bar.counts.warn > 0 ? 'amber' : 'plain';
}

/** The bars painted, neighbours of one tone together; the selected one inverse. */
function painted({theme}: TailSession, glyphs: string, tones: readonly (Tone | undefined)[]): string {
	const all = Array.from(glyphs);
	let text = '';
	for (let at = 0; at < all.length;) {
		let end = at + 1;
		while (end < all.length && tones[end] === tones[at]) end += 1;
		text += theme.paint(tones[at], all.slice(at, end).join(''));
		at = end;
	}
	return text;
}

/** A width that people know: `20 s`, `5 m`, `1 h`. */
function widthWords(ms: number): string {
	if (ms < 60_000) return `${ms / 1000} s`;
	if (ms < 3_600_000) return `${ms / 60_000} m`;
	return ms < 86_400_000 ? `${ms / 3_600_000} h` : `${ms / 86_400_000} d`;
}

/** `08:31:20 +20 s`, `1,204 lines`, `31 error`, `4 warn`: what there is to say of one bar, the most important first. */
export function barWords(bar: Column, utc: boolean): readonly string[] {
	const wide = bar.to - bar.from;
	const counts = levels
		.toReversed()
		.filter((level) => bar.counts[level] > 0 && level !== 'info' && level !== 'debug')
		.map((level) => `${formatNumber(bar.counts[level])} ${level}`);
	const day = wide >= 3_600_000 ? `${dayName(bar.from, utc).trim()} ` : '';
	return [`${day}${clockTime(bar.from, utc)} +${widthWords(wide)}`, plural(bar.total, 'line'), ...counts];
}

/**
 * `5xx 1.9 % in 15 m`, `usual 0.2 %`; nothing where the lines tell of no request. The panel's figure is that of all lines.
 * Of filtered lines the share is theirs alone: all of those above a level may be 5xx, and nothing says what is usual for them.
 */
function requestWords(session: TailSession): readonly (readonly Part[])[] {
	const {analysis, app} = session;
	const share = analysis.errorRate.share();
	if (share === undefined) return [];
	if (isFiltered(session)) return [[{text: `5xx ${formatPercent(share)} of these`}]];
	const usual = app.usualErrors.get();
	const bad = share > Math.max(0.01, (usual ?? 0) * 3);
	return [
		[{text: `5xx ${formatPercent(share)} in 15 m`, tone: bad ? 'red' : 'plain'}],
		usual === undefined ? [] : [{text: `usual ${formatPercent(usual)}`, tone: 'dim'}],
	];
}

/** `08:12 → 08:33`, with days where they differ, with seconds where there is room and they tell something. */
function spanWords(bars: readonly Column[], {utc, short}: {readonly utc: boolean; readonly short: boolean}): string {
	const {first, last} = barsInUse(bars);
	const [from, to] = [bars[first]?.from ?? 0, bars[last]?.to ?? 0];
	const days = dayNumber(from, utc) !== dayNumber(to, utc);
	const digits = !short && to - from < 600_000 ? 8 : 5;
	const time = (at: number) => `${days ? `${dayName(at, utc).trim()} ` : ''}${clockTime(at, utc).slice(0, digits)}`;
	return `${time(from)} → ${time(to)}${utc ? 'Z' : ''}`;
}

/** `1,204 older`: lines that no bar means. */
function olderWords(older: number): readonly Part[] {
	return older === 0 ? [] : [{text: `${formatNumber(older)} older`, tone: 'dim'}];
}

/** As many of the groups as fit, each whole; the first is the last to go. */
function fitting(groups: readonly (readonly Part[])[], columns: number): readonly Part[] {
	const shown: Part[] = [];
	for (const group of groups) {
		const parts: readonly Part[] = shown.length === 0 ? group : [{text: '  '}, ...group];
		if (group.length > 0 && partsWidth([...shown, ...parts]) <= columns) shown.push(...parts);
	}
	return shown;
}

function row(
	{theme}: TailSession,
	columns: number,
	of: {readonly label: Part; readonly bars: string; readonly count: number; readonly words: readonly Part[]; readonly older: number},
): string {
	const room = columns - barsLeft - of.count - 2;
	const label = drawFull(theme, [' ', of.label], barsLeft - 1);
	// Lines from before the first bar stand at the edge.
	const edge = of.older > 0 ? theme.paint(of.label.tone, theme.symbols.earlier) : ' ';
	return `${label}${edge}${of.bars}  ${draw(theme, of.words, room)}`;
}

/** The histogram's rows, as many as the layout has. */
export function histogramLines(session: TailSession): readonly string[] {
	const {theme, ui} = session;
	const state = ui.get();
	const {columns} = state;
	const {histogramRows} = tailLayout(state);
	const {bars, older} = storyOf(session);
	if (bars.length === 0) {
		const none = session.analysis.histogram.total() === 0 ? noLineWords(session) : 'No timestamps: the histogram is off';
		return [draw(theme, [{text: ` ${none}`, tone: 'dim'}], columns), ...(histogramRows === 2 ? [''] : [])];
	}
	const utc = state.time === 'utc';
	const focused = state.focus === 'histogram';
	const selected = focused ? selectedBar(bars, state.bar ?? Infinity) : undefined;
	const count = barCount(columns);
	const all = session.analysis.histogram.counts();
	const errors = all.error + all.fatal;
	const olderErrors = errors - bars.reduce((sum, bar) => sum + errorsIn(bar), 0);
	const most = Math.max(...bars.map(({total}) => total));
	const wide = widthWords((bars[0]?.to ?? 0) - (bars[0]?.from ?? 0));
	const glyphs = (values: readonly number[]) =>
		sparkline(
			values.map((value) => (value === 0 ? Number.NaN : value)),
			{bars: theme.symbols.bars},
		);
	const tones = (tone: (bar: Column) => Tone) => bars.map((bar, index) => (index === selected ? 'cursor' : tone(bar)));
	const counted: readonly (readonly Part[])[] = [
		errors > 0 ? [{text: `${formatNumber(errors)} error`, tone: 'red'}] : [],
		all.warn > 0 ? [{text: `${formatNumber(all.warn)} warn`, tone: 'amber'}] : [],
	];
	const room = columns - barsLeft - count - 2;
	const bar = selected === undefined ? undefined : bars[selected];
	const chosen =
		bar &&
		fitting(
			barWords(bar, utc).map((text): readonly Part[] => [{text, tone: 'strong'}]),
			room,
		);
	const rates = requestWords(session);
	const label: Part = {text: 'lines', tone: focused ? 'strong' : 'dim'};
	const [first = [], second = []] = counted;
	if (histogramRows === 1) {
		const span: readonly Part[] = [{text: spanWords(bars, {utc, short: true}), tone: 'dim'}];
		const words = chosen ?? fitting([first, ...rates, span, olderWords(older), second], room);
		return [
			row(session, columns, {label, count, older, words, bars: painted(session, glyphs(bars.map(({total}) => total)), tones(toneOf))}),
		];
	}
	const scale: readonly Part[] = fitting(
		[
			[{text: spanWords(bars, {utc, short: false}), tone: 'dim'}],
			olderWords(older),
			[{text: `at most ${formatNumber(most)} in ${wide}`, tone: 'dim'}],
		],
		room,
	);
	return [
		row(session, columns, {
			label,
			count,
			older,
			words: chosen ?? scale,
			bars: painted(
				session,
				glyphs(bars.map(({total}) => total)),
				tones(() => 'plain'),
			),
		}),
		row(session, columns, {
			label: {text: 'errors', tone: errors > 0 ? 'red' : 'dim'},
			count,
			older: olderErrors,
			words: fitting([first, second, ...rates], room),
			bars: painted(
				session,
				glyphs(bars.map(errorsIn)),
				tones(() => 'red'),
			),
		}),
	];
}
