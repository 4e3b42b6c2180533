import {barsInUse, barsOf, selectedBar} from '../moves/bars.ts';
import {goToTime} from '../moves/jumping.ts';
import {changeTail, type TailSession} from '../lines/tail-session.ts';
import type {TailAction, TailActions} from './tail-action.ts';

const noBars = ({analysis}: TailSession) => (analysis.histogram.span() ? undefined : 'No timestamps found yet');

/** Selects the bar that is so many further, the last one at most. */
const select = (by: number): TailAction => ({
	run(session) {
		const bars = barsOf(session);
		const {first, last} = barsInUse(bars);
		const index = Math.max(first, Math.min(last, selectedBar(bars, session.ui.get().bar ?? Infinity) + by));
		changeTail(session, {bar: bars[index]?.from});
	},
	disabled: noBars,
});

export const histogramActions = {
	'bar-left': select(-1),
	'bar-right': select(1),
	'bar-first': select(Number.NEGATIVE_INFINITY),
	'bar-last': select(Infinity),
	'bar-jump': {
		run(session) {
			const bars = barsOf(session);
			const bar = bars[selectedBar(bars, session.ui.get().bar ?? Infinity)];
			if (!bar) return;
			goToTime(session, bar.from);
			changeTail(session, {focus: 'lines'});
		},
		disabled: noBars,
	},
} as const satisfies Partial<TailActions>;
