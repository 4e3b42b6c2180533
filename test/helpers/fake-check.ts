import * as z from 'zod';
import type {Check, ConfiguredCheck, Finding} from '../../src/checks/kit/check.ts';
import type {RoundContext} from '../../src/checks/kit/check-runs.ts';
import {environment, service} from '../../src/service/service.ts';
import type {Clock} from '../../src/ports/clock.ts';

/** A finding with nothing wrong, changed where told. */
export function finding(over: Partial<Finding> = {}): Finding {
	return {status: 'ok', summary: 'all is well', short: 'well', reasons: [], evidence: [], ...over};
}

/** A check that reads what it is told to. */
export function configuredCheck(over: Partial<Check> & {readonly id?: string} = {}): ConfiguredCheck {
	const {id = 'sample', ...rest} = over;
	const check: Check = {
		kind: id,
		title: id,
		why: 'because',
		tips: [],
		serves: 'integrity',
		cadence: 'daily',
		runbook: id,
		source: 'Sample',
		options: z.unknown(),
		everyMs: 30_000,
		timeoutMs: 5000,
		configured: () => true,
		read: async () => 1,
		judge: (data) => finding({summary: `read ${String(data)}`}),
		...rest,
	};
	return {
		id,
		title: check.title,
		check,
		options: {},
		cadence: check.cadence,
		runbook: check.runbook,
		everyMs: check.everyMs,
		timeoutMs: check.timeoutMs,
	};
}

/** A service with one production environment and no source. */
export function roundContext(clock: Clock): RoundContext {
	return {
		clock,
		service: service.parse({name: 'checkout', owner: 'payments', environments: [{name: 'production'}]}),
		environment: environment.parse({name: 'production'}),
		sources: {
			http: {get: async (url) => ({url, latencyMs: 1, status: 200})},
			commands: {run: async () => ({exitCode: 0, stdout: '', stderr: '', durationMs: 1})},
			alerts: [],
			backups: [],
		},
	};
}
