/**
 * When the screen is painted: at once for keys and what they tell, with the lines while they are followed, twice a second
 * while the view is frozen or nothing but the clock moves.
 */
import {createStore, type Store} from '../../src/base/store.ts';
import type {TailSession} from './lines/tail-session.ts';

export interface Paints {
	/** Counts the paintings asked for. */
	readonly asked: Store<number>;
	/** Begins to listen; returns what ends it. */
	readonly listen: () => () => void;
}

const slowMs = 500;

/** Nothing is asked for before `listen`. */
export function createPaints({ui, app, analysis}: TailSession): Paints {
	const asked = createStore(0);
	const ask = () => asked.update((count) => count + 1);
	return {
		asked,
		listen() {
			let later: NodeJS.Timeout | undefined;
			const soon = () => {
				later ??= setTimeout(() => {
					later = undefined;
					ask();
				}, slowMs);
			};
			const ends = [
				ui.subscribe(ask),
				app.notice.subscribe(ask),
				analysis.changed.subscribe(() => {
					// The frozen view moves only while filters look through the lines.
					if (ui.get().frozen && analysis.looking() === undefined && !settling()) soon();
					else ask();
				}),
				app.tail.streams.subscribe(soon),
				app.tail.notice.subscribe(soon),
				app.usualErrors.subscribe(soon),
			];
			let epoch = analysis.epoch();
			/** The last look of the filters has just ended. */
			function settling(): boolean {
				const now = analysis.epoch();
				const before = epoch;
				epoch = now;
				return before !== now;
			}
			const clock = setInterval(ask, 1000);
			return () => {
				for (const end of ends) end();
				clearInterval(clock);
				clearTimeout(later);
			};
		},
	};
}
