import type {ConfiguredCheck} from '../checks/kit/check.ts';
import type {Sources} from '../ports/sources.ts';
import {registry as builtIn} from './check-registry.ts';
import type {CheckEntry, CheckRegistry, RoundsConfig, ServiceConfig} from './config-schema.ts';
import type {Environment} from '../service/service.ts';

export interface ConfigureInput {
	readonly config: Pick<RoundsConfig, 'checks'>;
	readonly service: ServiceConfig;
	readonly environment: Environment;
	readonly sources: Sources;
	/** Default: the checks of this program. */
	readonly registry?: CheckRegistry | undefined;
}

/**
 * The checklist of this round, in the order of the walk: the service's own list, else the common one, else every
 * check of the registry that says it has what it needs. A check on a list stays on it also without its source:
 * it then says what is missing.
 */
export function configureChecks({config, service, environment, sources, registry = builtIn}: ConfigureInput): readonly ConfiguredCheck[] {
	const entries: readonly CheckEntry[] =
		service.checks ??
		config.checks ??
		Object.values(registry)
			.filter((check) => check.configured({service, environment, sources}))
			.map((check) => ({check: check.kind, options: check.options.parse({})}));
	return entries.flatMap((entry): readonly ConfiguredCheck[] => {
		const check = registry[entry.check];
		if (!check) return [];
		return [
			{
				id: entry.id ?? entry.check,
				title: entry.title ?? check.title,
				check,
				options: entry.options,
				cadence: entry.cadence ?? check.cadence,
				runbook: entry.runbook ?? check.runbook,
				everyMs: entry.every ?? check.everyMs,
				timeoutMs: entry.timeout ?? check.timeoutMs,
			},
		];
	});
}
