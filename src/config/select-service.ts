import {didYouMean} from '../base/nearest.ts';
import {exitCodes, UserError} from '../base/user-error.ts';
import type {RoundsConfig, ServiceConfig} from './config-schema.ts';
import {isProduction, type Environment} from '../service/service.ts';

export interface Selection {
	readonly service: ServiceConfig;
	readonly environment: Environment;
}

function choose<T extends {readonly name: string}>(all: readonly T[], {wanted, what}: {readonly wanted: string; readonly what: string}): T {
	const found = all.find(({name}) => name === wanted) ?? all.find(({name}) => name.toLowerCase() === wanted.toLowerCase());
	if (found) return found;
	const names = all.map(({name}) => name);
	throw new UserError(
		`There is no ${what} "${wanted}" in rounds.yaml${didYouMean(wanted, names)} (known: ${names.join(', ')})`,
		exitCodes.usage,
	);
}

/**
 * The service and environment of this run: what was asked for, else the first service and its production
 * environment (its first one where none is production).
 * @throws UserError (64) for a name that is not configured, with the nearest that is
 */
export function select(
	config: Pick<RoundsConfig, 'services'>,
	{service: wanted, environment}: {readonly service?: string | undefined; readonly environment?: string | undefined} = {},
): Selection {
	const [first] = config.services;
	const service = wanted === undefined ? first : choose(config.services, {wanted, what: 'service'});
	if (!service) throw new UserError('rounds.yaml names no service.', exitCodes.config);
	const chosen =
		environment === undefined
			? (service.environments.find(isProduction) ?? service.environments[0])
			: choose(service.environments, {wanted: environment, what: `environment of ${service.name}`});
	if (!chosen) throw new UserError(`The service ${service.name} has no environment in rounds.yaml.`, exitCodes.config);
	return {service, environment: chosen};
}
