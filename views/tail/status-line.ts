/** The first line of the log screen: what is looked at, how its streams are, how fast, how far back. Pure. */
import {formatNumber} from '../../src/base/figures.ts';
import type {Tail} from '../../src/logs/hold/tail.ts';
import {width} from '../../src/base/terminal/width.ts';
import {type Part, partsWidth, spread} from '../kit/line.ts';
import {streamsSummary} from './lines/stream-words.ts';
import type {TailSession} from './lines/tail-session.ts';
import {clockTime, dayName, dayNumber} from './lines/time-cell.ts';

type Fact = Part & {
	/** The higher, the sooner it goes where there is no room. */
	readonly drop: number;
};

/** Columns of the subject that go before the figures, and before how the streams are. */
const [mostOfSubject, leastOfSubject] = [28, 18] as const;

/** `256 MB`: memory as people count it, in powers of two. */
function megabytes(bytes: number): string {
	const mega = bytes / 2 ** 20;
	return mega < 10 ? `${Number(mega.toFixed(1))} MB` : `${Math.round(mega)} MB`;
}

/** `256 MB in memory, oldest 07:51` or `all in memory, 34 MB`; if it must be `short`, without the size. */
export function memoryWords(
	{lines}: Pick<Tail, 'lines'>,
	{now, utc, short}: {readonly now: number; readonly utc: boolean; readonly short: boolean},
): string {
	const held = megabytes(lines.bytesHeld());
	if (!lines.wrapped()) return short ? held : `all in memory, ${held}`;
	const back = lines.reachesBackTo();
	if (back === undefined) return `${held}, oldest lines dropped`;
	const day = dayNumber(back, utc) === dayNumber(now, utc) ? '' : `${dayName(back, utc).trim()} `;
	return `${short ? '' : `${held} in memory, `}oldest ${day}${clockTime(back, utc).slice(0, 5)}${utc ? 'Z' : ''}`;
}

function place({app, theme}: TailSession, columns: number): readonly Part[] {
	const dot: Part = {text: ` ${theme.symbols.separator} `, tone: 'dim'};
	const {place: at} = app;
	const where: readonly Part[] = at
		? [
				{text: at.service, tone: 'strong'},
				dot,
				at.production ? {text: at.environment.toUpperCase(), tone: 'strong-red'} : {text: at.environment},
				...(at.cluster === undefined || columns < 140 ? [] : [dot, {text: at.cluster}]),
				{text: '   '},
			]
		: [];
	return [{text: columns < 140 ? ' ' : ' rounds tail   ', tone: 'dim'}, ...where, {text: app.title, tone: at ? 'plain' : 'strong'}];
}

function facts(
	{app, theme, ui}: TailSession,
	{now, short, brief}: {readonly now: number; readonly short: boolean; readonly brief: boolean},
): readonly Fact[] {
	const {tail} = app;
	const dot = ` ${theme.symbols.separator} `;
	const streams = streamsSummary(tail.streams.get(), now, brief).flatMap((part, index): readonly Fact[] => {
		// Those that ended go before those that live.
		const drop = index > 0 && part.tone === 'dim' ? 2 : 1;
		return [...(index === 0 ? [] : [{text: dot, tone: 'dim' as const, drop}]), {...part, drop}];
	});
	const {perSecond} = tail.received();
	const utc = ui.get().time === 'utc';
	const gap = short ? '  ' : '   ';
	const rate = short ? `${formatNumber(perSecond)}/s`.padStart(8) : `${formatNumber(perSecond)} lines/s`.padStart(14);
	const wrapped = tail.lines.wrapped();
	return [
		...streams,
		...(app.demo === undefined ? [] : [{text: `${gap}demo ${app.demo}`, tone: 'amber' as const, drop: 5}]),
		...(app.follows ? [{text: `${gap}${rate}`, drop: 4}] : []),
		// How far back it reaches is worth more than how fast it goes.
		{text: `${gap}${memoryWords(tail, {now, utc, short})}`, tone: wrapped ? 'plain' : 'dim', drop: wrapped ? 3 : 5},
		{text: `${gap}${clockTime(now, utc)} `, drop: 0},
	];
}

/** The status line, exactly as wide as the screen. */
export function statusLine(session: TailSession, now: number): string {
	const {columns} = session.ui.get();
	const left = place(session, columns);
	const subject = width(session.app.title);
	const before = partsWidth(left) - subject;
	const fits = (facts: readonly Fact[], shown: number) => partsWidth(facts) + before + Math.min(subject, shown) + 2 <= columns;
	// The subject tells where one is: the figures are said shorter before it is cut, and go before much of it is.
	const ways = [columns < 120 ? {short: true, brief: false} : {short: false, brief: false}, {short: true, brief: false}];
	const way = ways.find((one) => fits(facts(session, {now, ...one}), subject)) ?? {short: true, brief: true};
	let right = facts(session, {now, ...way});
	for (let drop = 5; drop > 1 && !fits(right, mostOfSubject); drop--) right = right.filter((fact) => fact.drop !== drop);
	if (!fits(right, leastOfSubject)) right = right.filter((fact) => fact.drop !== 1);
	return spread(session.theme, {left, right: [{text: '  '}, ...right]}, columns);
}
