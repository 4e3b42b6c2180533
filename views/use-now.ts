import {useEffect, useState} from 'react';
import type {Clock} from '../src/ports.ts';

/** The time, told again every `everyMs`; only what calls this is redrawn by it. */
export function useNow(clock: Clock, everyMs: number): number {
	const [now, setNow] = useState(clock.now);
	useEffect(() => {
		const timer = setInterval(() => setNow(clock.now()), everyMs);
		return () => clearInterval(timer);
	}, [clock, everyMs]);
	return now;
}
