/** Which ops log is meant: that of this working directory's rounds.yaml, or the demo's. */
import {join, relative, resolve} from 'node:path';
import {stateDirectory} from '../adapters/files.ts';
import {loadConfig} from '../config/load.ts';
import {registry} from '../config/registry.ts';
import {createSchema, type RoundsConfig} from '../config/schema.ts';
import {knownChecks} from '../ops-log/known-checks.ts';
import type {KnownCheck} from '../ops-log/mentions.ts';
import type {LogInput} from './log-input.ts';

export interface OpsLog {
	readonly config: RoundsConfig;
	/** Absolute. */
	readonly path: string;
	/** Directory of the records, absolute. */
	readonly records: string;
	/** As a person in this directory would type it. */
	readonly shown: string;
	readonly checks: readonly KnownCheck[];
}

/** Of the simulated company, as far as its ops log needs one: the rest is only there while it runs. */
const demoConfig = {services: [{name: 'checkout', owner: 'payments', environments: [{name: 'production'}, {name: 'staging'}]}]};

/**
 * The ops log of this working directory, or of the demo.
 * @throws UserError (78) where there is no rounds.yaml, or none that can be used
 */
export async function openLog({common, options, cwd, env}: Pick<LogInput, 'common' | 'options' | 'cwd' | 'env'>): Promise<OpsLog> {
	const demo = options['demo'];
	const {config, directory} =
		typeof demo === 'string'
			? {config: createSchema(registry).parse(demoConfig), directory: join(stateDirectory(env), 'demo', demo)}
			: await loadConfig({cwd, env, path: common.config});
	const path = resolve(directory, config.opsLog.path);
	const short = relative(cwd, path);
	return {
		config,
		path,
		records: resolve(directory, config.opsLog.records),
		shown: short === '' || short.startsWith('..') ? path : short,
		checks: knownChecks(config),
	};
}
