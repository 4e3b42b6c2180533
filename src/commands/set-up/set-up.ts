/** Wires `init`, `doctor` and `rbac` to the machine and the adapters. */
import {announceDoctor} from '../../adapters/doctor/announce-doctor.ts';
import {systemClock} from '../../adapters/machine/system-clock.ts';
import {createCommandRunner} from '../../adapters/programs/command-runner.ts';
import {sourceDoctor} from '../../adapters/doctor/source-doctor.ts';
import {createHttpProbe} from '../../adapters/http/http-probe.ts';
import {discoverKubernetes, listNamespaces} from '../../adapters/kubernetes/discover.ts';
import {kubernetesDoctor} from '../../adapters/kubernetes/cluster-doctor.ts';
import {rbacManifest} from '../../adapters/kubernetes/rbac-role.ts';
import {createSecrets} from '../../adapters/machine/secrets.ts';
import {createSources} from '../../apps/create-sources.ts';
import {jsonSchema} from '../../config/json-schema.ts';
import {type LoadedConfig, loadConfig, resolveFrom} from '../../config/load-config-file.ts';
import {registry} from '../../config/check-registry.ts';
import {select, type Selection} from '../../config/select-service.ts';
import type {CommonOptions, Place} from '../../apps/context.ts';
import type {DoctorLine} from '../../ports/doctor-line.ts';
import {silentDebugLog} from '../../ports/debug-log.ts';
import {embeddedRunbooks} from '../../runbooks/embedded.ts';
import {doctor} from './doctor-command.ts';
import {init} from './init-command.ts';
import {createPrompt} from './ask.ts';
import {rbac} from './rbac-command.ts';

export interface SetUpInput extends Place {
	readonly common: CommonOptions;
	readonly yes: boolean;
	readonly out: (text: string) => void;
}

const commands = createCommandRunner();

async function probe(
	{service, environment, loaded, signal}: Selection & {readonly loaded: LoadedConfig; readonly signal: AbortSignal},
	{env, common, debug = silentDebugLog}: SetUpInput,
): Promise<readonly DoctorLine[]> {
	const secrets = createSecrets({env, run: commands, baseDirectory: loaded.directory});
	debug.hide(secrets.redact);
	const sources = createSources({environment, clock: systemClock, secrets, commands, debug, directory: loaded.directory});
	const {kubernetes} = environment.sources;
	const kubeconfig = kubernetes?.kubeconfig === undefined ? {} : {kubeconfig: resolveFrom(loaded.directory, kubernetes.kubeconfig)};
	const context = common.context === undefined ? {} : {context: common.context};
	// It is the service's: told once, whichever environments are examined.
	const first = environment.name === (common.environment ?? service.environments[0]?.name);
	const [cluster, others, announcing] = await Promise.all([
		kubernetes ? kubernetesDoctor({...kubernetes, ...kubeconfig, ...context, clock: systemClock, signal}) : [],
		sourceDoctor({environment, sources, secrets, signal}),
		first ? announceDoctor({config: service.announce, clock: systemClock, secrets, signal}) : [],
	]);
	return [...cluster, ...others, ...announcing];
}

function runDoctor(input: SetUpInput, load: () => Promise<LoadedConfig>): Promise<number> {
	const {env, out, common} = input;
	return doctor({
		out,
		env,
		colour: process.stdout.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
		terminal: {
			isTty: process.stdout.isTTY,
			columns: process.stdout.columns,
			rows: process.stdout.rows,
			colourDepth: process.stdout.isTTY ? process.stdout.getColorDepth() : 1,
		},
		node: process.versions.node,
		commands,
		load,
		service: common.service,
		environment: common.environment,
		probe: (selection) => probe(selection, input),
		signal: new AbortController().signal,
	});
}

async function runInit({cwd, env, out, common, yes}: SetUpInput): Promise<void> {
	const prompt = process.stdin.isTTY && !yes ? createPrompt({input: process.stdin, output: process.stdout}) : undefined;
	try {
		await init({
			cwd,
			env,
			out,
			path: common.config,
			ask: prompt?.ask,
			schema: () => JSON.stringify(jsonSchema()),
			discovery: {
				http: createHttpProbe(systemClock),
				commands,
				kubernetes: () => discoverKubernetes(),
				namespaces: (context, signal) => listNamespaces(context, signal, {clock: systemClock}),
			},
			signal: new AbortController().signal,
		});
	} finally {
		prompt?.close();
	}
}

/** Runs one of the set-up commands and resolves to its exit code. */
export async function runSetUp(command: string, input: SetUpInput): Promise<number> {
	const {cwd, env, out, common} = input;
	const load = () => loadConfig({cwd, env, path: common.config, registry, runbooks: embeddedRunbooks});
	switch (command) {
		case 'doctor':
			return runDoctor(input, load);
		case 'rbac': {
			const {service} = select((await load()).config, common);
			rbac({service, environment: common.environment, manifest: rbacManifest, out});
			return 0;
		}
		case 'init':
			await runInit(input);
			return 0;
		default:
			throw new Error(`no command ${command}`);
	}
}
