/** What the checks that ask Prometheus share: placeholders, single values, and the same instant in past weeks. */
import type {MetricSource, Sample} from '../../ports/metric-source.ts';
import {type Baseline, baselineOf, baselineOffsets} from '../../base/baseline.ts';
import type {CheckContext} from './check.ts';

/** Text every query option carries in the JSON Schema. */
export const placeholders = '$service, $environment and $namespace are replaced by those of the round';

/** Fills `$service`, `$environment` and `$namespace`; a namespace that is not configured matches everything. */
export function fillQuery(promql: string, {service, environment}: Pick<CheckContext<unknown>, 'service' | 'environment'>): string {
	const values: Readonly<Record<string, string>> = {
		service: service.name,
		environment: environment.name,
		namespace: environment.sources.kubernetes?.namespace ?? '.*',
	};
	return promql.replaceAll(/\$(service|environment|namespace)\b/g, (whole, name: string) => values[name] ?? whole);
}

/** The one value of an instant query; undefined where the vector is empty or the value is NaN or infinite. */
export function singleValue(samples: readonly Sample[]): number | undefined {
	const value = samples[0]?.value;
	return value !== undefined && Number.isFinite(value) ? value : undefined;
}

export interface History {
	readonly now: readonly Sample[];
	/** The same instant 7, 14, 21 and 28 days ago; a past that cannot be read is empty. */
	readonly past: readonly (readonly Sample[])[];
}

/** Asks now and for the same instant of the past weeks; only the failure of `now` is a failure. */
export async function readWithHistory(
	metrics: MetricSource,
	promql: string,
	{at, signal}: {readonly at: number; readonly signal: AbortSignal},
): Promise<History> {
	const [now, ...past] = await Promise.all([
		metrics.query(promql, {at, signal}),
		...baselineOffsets.map((offset) => metrics.query(promql, {at: at - offset, signal}).catch((): readonly Sample[] => [])),
	]);
	return {now, past};
}

/** The baseline of one series, picked out of each past answer by `pick`. */
export function baselineBy(history: History, pick: (samples: readonly Sample[]) => number | undefined): Baseline {
	return baselineOf(history.past.map(pick));
}

/** The baseline as it is where it is known; else that of the records of earlier rounds, which may not know it either. */
export async function orFromRecords(
	baseline: Baseline,
	{id, earlier}: Pick<CheckContext<unknown>, 'id' | 'earlier'>,
	{fact, at}: {readonly fact: string; readonly at: number},
): Promise<Baseline> {
	if (baseline.known || !earlier) return baseline;
	const recorded = await earlier.usual({check: id, fact, at});
	return recorded.points.length > baseline.points.length ? recorded : baseline;
}
