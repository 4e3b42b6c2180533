import {describe, expect, it} from 'vitest';
import {select} from '../../src/config/select-service.ts';
import {service} from '../../src/service/service.ts';

const services = [
	service.parse({name: 'checkout', owner: 'a', environments: [{name: 'staging'}, {name: 'production'}]}),
	service.parse({name: 'inventory', owner: 'b', environments: [{name: 'blue'}, {name: 'green', production: true}]}),
	service.parse({name: 'search', owner: 'c', environments: [{name: 'only'}]}),
];

function chosen(wanted: {readonly service?: string; readonly environment?: string} = {}): string {
	const selection = select({services}, wanted);
	return `${selection.service.name} ${selection.environment.name}`;
}

describe('select', () => {
	it.each([
		['the first service and its production', {}, 'checkout production'],
		['the environment that is marked as production', {service: 'inventory'}, 'inventory green'],
		['the only environment there is', {service: 'search'}, 'search only'],
		['what was asked for', {service: 'inventory', environment: 'blue'}, 'inventory blue'],
		['names in any case', {service: 'Checkout', environment: 'STAGING'}, 'checkout staging'],
	])('takes %s', (_, wanted, expected) => {
		expect(chosen(wanted)).toBe(expected);
	});

	it('names the nearest for a typo, and all there are', () => {
		expect(() => chosen({service: 'chekout'})).toThrow(
			/no service "chekout".*Did you mean "checkout"\? \(known: checkout, inventory, search\)/,
		);
		expect(() => chosen({environment: 'prodution'})).toThrow(/no environment of checkout "prodution".*Did you mean "production"\?/);
		expect(() => chosen({environment: 'blue'})).toThrow(expect.objectContaining({exitCode: 64}));
	});
});
