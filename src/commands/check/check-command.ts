/** `rounds check`: every check once, one report, the Nagios exit code. */
import {resolve} from 'node:path';
import {concurrency, readAll} from '../../checks/kit/check-runs.ts';
import {jsonReport, junitReport, type ReportFormat, reportStatus, textReport} from '../../checks/kit/check-report.ts';
import {systemRandom} from '../../adapters/machine/system-random.ts';
import type {Context} from '../../apps/context.ts';
import {didYouMean} from '../../base/nearest.ts';
import {earlierRounds} from '../../ops-log/memory/earlier-rounds.ts';
import {exitCode} from '../../base/status.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';

export interface CheckInput {
	/** Only these; all of the round where empty. */
	readonly ids: readonly string[];
	readonly format: ReportFormat;
	readonly colour: boolean;
	readonly out: (text: string) => void;
	readonly signal: AbortSignal;
}

/**
 * Prints the report on `out` and resolves to the exit code: 0 ok, 1 warning, 2 critical, 3 unknown.
 * @throws UserError (64) for an id that is not in the round
 */
export async function check({checks, ...context}: Context, input: CheckInput): Promise<number> {
	const ids = checks.map(({id}) => id);
	for (const id of input.ids) {
		if (!ids.includes(id))
			throw new UserError(`There is no check "${id}" in this round${didYouMean(id, ids)} (known: ${ids.join(', ')})`, exitCodes.usage);
	}
	// What only an eye can judge has no place in a report without one, unless it is asked for by name.
	const chosen = checks.filter(({id, check: {byEye}}) => (input.ids.length > 0 ? input.ids.includes(id) : !byEye));
	const startedAt = context.clock.now();
	const earlier = earlierRounds({
		directory: resolve(context.root, context.loaded.config.opsLog.records),
		service: context.service.name,
		environment: context.environment.name,
	});
	const results = await readAll(
		chosen,
		{...context, earlier},
		{signal: input.signal, concurrency, longestRetryMs: 3000, random: systemRandom, debug: context.debug},
	);
	const report = {...context, startedAt, durationMs: context.clock.now() - startedAt, results};
	const formats = {
		text: () => textReport(report, {colour: input.colour}),
		json: () => jsonReport(report),
		junit: () => junitReport(report),
	};
	input.out(formats[input.format]());
	return exitCode(reportStatus(report));
}
