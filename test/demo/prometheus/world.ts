/** A world at a fixed moment for the tests of Prometheus, and a short way to ask it. */
import {evaluate} from '../../../src/demo/prometheus/evaluate.ts';
import {functionNames} from '../../../src/demo/prometheus/functions.ts';
import {seriesOf} from '../../../src/demo/prometheus/demo-metrics.ts';
import {parse} from '../../../src/demo/prometheus/parse-promql.ts';
import type {Sample, SeriesSource} from '../../../src/demo/prometheus/series.ts';
import {createWorld} from '../../../src/demo/kit/story.ts';
import type {ScenarioName, World} from '../../../src/demo/kit/world.ts';

export const startedAt = Date.UTC(2026, 10, 20, 8, 31);

export interface Asked {
	readonly world: World;
	readonly series: readonly SeriesSource[];
	/** The samples of an instant query, `afterMs` after the start; the clock has continued as far. */
	readonly ask: (query: string, afterMs?: number) => readonly Sample[];
	/** The one number of a query's only sample. */
	readonly number: (query: string, afterMs?: number) => number;
}

export function askWorld(scenario: ScenarioName, seed = 1): Asked {
	let now = startedAt;
	const world = createWorld({scenario, seed, clock: {now: () => now, sleep: () => Promise.resolve()}});
	const series = seriesOf(world);
	const ask = (query: string, afterMs = 0) => {
		now = Math.max(now, startedAt + afterMs);
		const value = evaluate(parse(query, functionNames), series, startedAt + afterMs);
		if (value.type !== 'vector') throw new Error(`${query} is a ${value.type}`);
		return value.samples;
	};
	return {
		world,
		series,
		ask,
		number: (query, afterMs) => {
			const samples = ask(query, afterMs);
			const [only] = samples;
			if (samples.length !== 1 || !only) throw new Error(`${query} has ${samples.length} samples`);
			return only.value;
		},
	};
}

/** Evaluates over hand-made series. */
export function askSeries(series: readonly SeriesSource[], query: string, at = startedAt): readonly Sample[] {
	const value = evaluate(parse(query, functionNames), series, at);
	if (value.type === 'vector') return value.samples;
	if (value.type === 'scalar') return [{labels: {}, value: value.value}];
	throw new Error(`${query} is a ${value.type}`);
}
