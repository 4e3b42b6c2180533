/** What every command is on: the configuration, the chosen service and environment, its sources and checks. */
import {systemClock} from '../adapters/machine/system-clock.ts';
import {createCommandRunner} from '../adapters/programs/command-runner.ts';
import {createSecrets, type Secrets} from '../adapters/machine/secrets.ts';
import {createSources} from './create-sources.ts';
import type {ConfiguredCheck} from '../checks/kit/check.ts';
import {configureChecks} from '../config/configured-checks.ts';
import {loadConfig, type LoadedConfig} from '../config/load-config-file.ts';
import {registry} from '../config/check-registry.ts';
import {select, type Selection} from '../config/select-service.ts';
import {operatorName} from '../adapters/machine/operator.ts';
import type {Sources} from '../ports/sources.ts';
import type {CommandRunner} from '../ports/commands.ts';
import type {Clock} from '../ports/clock.ts';
import {type DebugLog, silentDebugLog} from '../ports/debug-log.ts';
import {embeddedRunbooks} from '../runbooks/embedded.ts';

/** The options every command knows. */
export interface CommonOptions {
	readonly config?: string | undefined;
	readonly service?: string | undefined;
	readonly environment?: string | undefined;
	/** Kubernetes context instead of the one in rounds.yaml. */
	readonly context?: string | undefined;
	readonly readOnly?: boolean | undefined;
}

export interface Place {
	readonly cwd: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	/** Silent if absent. */
	readonly debug?: DebugLog;
}

export interface Context extends Selection {
	readonly loaded: LoadedConfig;
	/** Absolute; the ops log, the records and the team's runbooks are relative to it. */
	readonly root: string;
	readonly sources: Sources;
	readonly checks: readonly ConfiguredCheck[];
	readonly clock: Clock;
	readonly commands: CommandRunner;
	readonly secrets: Secrets;
	readonly debug: DebugLog;
	readonly operator: string;
	/** Cluster or Kubernetes context, as the status bar shows it. */
	readonly cluster: string | undefined;
	readonly readOnly: boolean;
}

/**
 * Reads the configuration and makes what the commands need of it; nothing is asked of any source yet.
 * `root` is where the team's own files are; the directory of rounds.yaml where absent.
 * @throws UserError for a configuration that cannot be used
 */
export async function openContext(options: CommonOptions, {cwd, env, debug = silentDebugLog}: Place, root?: string): Promise<Context> {
	const loaded = await loadConfig({cwd, env, path: options.config, registry, runbooks: embeddedRunbooks});
	const {service, environment: chosen} = select(loaded.config, options);
	const kubernetes = chosen.sources.kubernetes;
	const environment =
		options.context !== undefined && kubernetes
			? {...chosen, cluster: undefined, sources: {...chosen.sources, kubernetes: {...kubernetes, context: options.context}}}
			: chosen;
	const commands = createCommandRunner();
	const secrets = createSecrets({env, run: commands, baseDirectory: loaded.directory});
	debug.hide(secrets.redact);
	const sources = createSources({environment, clock: systemClock, secrets, commands, debug, directory: loaded.directory});
	return {
		loaded,
		root: root ?? loaded.directory,
		service,
		environment,
		sources,
		checks: configureChecks({config: loaded.config, service, environment, sources, registry}),
		clock: systemClock,
		commands,
		secrets,
		debug,
		operator: operatorName(loaded.config.operator, env),
		cluster: environment.cluster ?? environment.sources.kubernetes?.context,
		readOnly: options.readOnly ?? false,
	};
}
