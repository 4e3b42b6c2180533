import {describe, expect, it} from 'vitest';
import * as z from 'zod';
import {configureChecks} from '../../src/config/configured-checks.ts';
import {createSchema, type RoundsConfig} from '../../src/config/config-schema.ts';
import type {Sources} from '../../src/ports/sources.ts';
import {configuredCheck} from '../helpers/fake-check.ts';

const {check: alpha} = configuredCheck({
	id: 'alpha',
	options: z.strictObject({limit: z.number().default(5)}),
	configured: ({service}) => service.owner === 'team',
});
const {check: beta} = configuredCheck({id: 'beta', configured: () => false});
const {check: gamma} = configuredCheck({id: 'gamma', cadence: 'weekly', everyMs: 1000, timeoutMs: 2000});
const registry = {alpha, beta, gamma};
const sources: Sources = {
	http: {get: async (url) => ({url, latencyMs: 0})},
	commands: {run: async () => ({exitCode: 0, stdout: '', stderr: '', durationMs: 0})},
	alerts: [],
	backups: [],
};

function configured(more: object, over: object = {}) {
	const config: RoundsConfig = createSchema(registry).parse({
		services: [{name: 'a', owner: 'team', environments: [{name: 'production'}], ...over}],
		...more,
	});
	const [service] = config.services;
	const [environment] = service?.environments ?? [];
	if (!service || !environment) throw new Error('the configuration has no environment');
	return configureChecks({config, service, environment, sources, registry});
}

describe('configureChecks', () => {
	it('takes every check that has what it needs, in the registry’s order, with its own defaults', () => {
		expect(configured({}).map(({id}) => id)).toEqual(['alpha', 'gamma']);
		expect(configured({})[0]).toMatchObject({
			id: 'alpha',
			title: 'alpha',
			cadence: 'daily',
			runbook: 'alpha',
			everyMs: 30_000,
			timeoutMs: 5000,
			options: {limit: 5},
			check: alpha,
		});
		expect(configured({}, {owner: 'else'}).map(({id}) => id)).toEqual(['gamma']);
	});

	it('takes the list as it is written, also what has no source yet', () => {
		expect(configured({checks: ['gamma', 'beta', {check: 'gamma', id: 'again'}]}).map(({id}) => id)).toEqual(['gamma', 'beta', 'again']);
	});

	it('lets an entry override title, cadence, runbook, times and options', () => {
		const [entry] = configured({
			checks: [
				{check: 'alpha', id: 'mine', title: 'Mine', cadence: 'monthly', runbook: 'other', every: '2m', timeout: '9s', options: {limit: 7}},
			],
		});
		expect(entry).toMatchObject({
			id: 'mine',
			title: 'Mine',
			cadence: 'monthly',
			runbook: 'other',
			everyMs: 120_000,
			timeoutMs: 9000,
			options: {limit: 7},
		});
	});

	it('prefers the service’s own list to the common one', () => {
		expect(configured({checks: ['alpha']}, {checks: ['beta']}).map(({id}) => id)).toEqual(['beta']);
	});
});
