/** Where the team keeps its runbooks, as far as rounds.yaml says. */
import {findConfig} from '../../config/find-config-file.ts';
import type {LoadedConfig} from '../../config/load-config-file.ts';
import type {CommonOptions, Place} from '../../apps/context.ts';
import {UserError} from '../../base/user-error.ts';

/**
 * rounds.yaml with the directories it names; neither is needed to find a runbook.
 * @throws UserError: 78 for a broken rounds.yaml
 */
export async function teamRunbooks({common, cwd, env}: Place & {readonly common: CommonOptions}): Promise<{
	readonly config: LoadedConfig | undefined;
	/** Absolute; of the chosen service, else of all. */
	readonly directories: readonly string[];
}> {
	if (common.config === undefined && common.service === undefined) {
		const found = await findConfig({cwd, env}).catch((error: unknown) => {
			if (error instanceof UserError) return undefined;
			throw error;
		});
		if (found === undefined) return {config: undefined, directories: []};
	}
	const [{loadConfig, resolveFrom}, {select}] = await Promise.all([
		import('../../config/load-config-file.ts'),
		import('../../config/select-service.ts'),
	]);
	const loaded = await loadConfig({cwd, env, path: common.config});
	const services = common.service === undefined ? loaded.config.services : [select(loaded.config, {service: common.service}).service];
	const named = services.flatMap(({runbooks = []}) => runbooks.map((path) => resolveFrom(loaded.directory, path)));
	return {config: loaded, directories: [...new Set(named)]};
}
