/** The bars over the lines: which time each means, and which is selected. Pure. */
import type {Column} from '../../../src/logs/count/histogram.ts';
import {storyColumns, type StoryColumns} from '../../../src/logs/count/story-columns.ts';
import {barCount} from '../lines/tail-layout.ts';
import type {TailSession} from '../lines/tail-session.ts';

/** The bars as they are now, oldest first, and how many lines are older; no bar while no line has told a time. */
export function storyOf({analysis, ui}: Pick<TailSession, 'analysis' | 'ui'>): StoryColumns {
	return storyColumns(analysis.histogram, barCount(ui.get().columns));
}

export const barsOf = (session: Pick<TailSession, 'analysis' | 'ui'>): readonly Column[] => storyOf(session).bars;

/** The first bar with lines and the newest one: what lies between can be gone to. */
export function barsInUse(bars: readonly Column[]): {readonly first: number; readonly last: number} {
	const first = bars.findIndex(({total}) => total > 0);
	return {
		first: Math.max(0, first),
		last: Math.max(
			0,
			bars.findLastIndex(({total}) => total > 0),
		),
	};
}

/** The selected bar: the one of that time, or the nearest there is. */
export function selectedBar(bars: readonly Column[], at: number): number {
	const {first, last} = barsInUse(bars);
	const index = bars.findIndex(({to}) => at < to);
	return Math.max(first, Math.min(last, index < 0 ? last : index));
}
