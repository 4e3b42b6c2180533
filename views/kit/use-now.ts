import {useEffect, useState} from 'react';
import type {Clock} from '../../src/ports/clock.ts';

interface Ticker {
	readonly listeners: Set<() => void>;
	readonly timer: NodeJS.Timeout;
}

/** One timer for all that tick alike: what moves together is drawn in one frame. */
const tickers = new Map<number, Ticker>();

function tick(everyMs: number, listener: () => void): () => void {
	const listeners = tickers.get(everyMs)?.listeners ?? new Set();
	const ticker = tickers.get(everyMs) ?? {listeners, timer: setInterval(() => listeners.forEach((one) => one()), everyMs)};
	tickers.set(everyMs, ticker);
	listeners.add(listener);
	return () => {
		listeners.delete(listener);
		if (listeners.size > 0) return;
		clearInterval(ticker.timer);
		tickers.delete(everyMs);
	};
}

/** The time, told again every `everyMs`; only what calls this is redrawn by it. */
export function useNow(clock: Clock, everyMs: number): number {
	const [now, setNow] = useState(clock.now);
	useEffect(() => tick(everyMs, () => setNow(clock.now())), [clock, everyMs]);
	return now;
}
