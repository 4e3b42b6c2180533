/** The ops log of a rounds.yaml that is judged whole, or of the demo. */
import {resolve} from 'node:path';
import {type LoadInput, loadConfig} from '../../config/load-config-file.ts';
import {registry} from '../../config/check-registry.ts';
import {createSchema, type RoundsConfig} from '../../config/config-schema.ts';
import {knownChecks} from '../../ops-log/known-checks.ts';
import type {LogPlace} from './log-place.ts';

/** Of the simulated company, as far as its ops log needs one: the rest is only there while it runs. */
const demoConfig = {services: [{name: 'checkout', owner: 'payments', environments: [{name: 'production'}, {name: 'staging'}]}]};

/** As rounds.yaml would be, in the demo. */
export function parseDemoConfig(): RoundsConfig {
	return createSchema(registry).parse(demoConfig);
}

function placeIn(directory: string, config: RoundsConfig): LogPlace {
	const {path, records} = config.opsLog;
	return {path: resolve(directory, path), records: resolve(directory, records), checks: knownChecks(config)};
}

/** The ops log of the demo whose files are there. */
export function demoPlace(directory: string): LogPlace {
	return placeIn(directory, parseDemoConfig());
}

/** @throws UserError (78) where there is no rounds.yaml, or none that can be used */
export async function configuredPlace(input: LoadInput): Promise<LogPlace> {
	const {config, directory} = await loadConfig(input);
	return placeIn(directory, config);
}
