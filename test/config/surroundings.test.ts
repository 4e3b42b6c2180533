import {describe, expect, it} from 'vitest';
import {githubRepository, isWebAddress, likelyNamespace} from '../../src/config/surroundings.ts';

describe('githubRepository', () => {
	it.each([
		['git@github.com:example/checkout.git', 'example/checkout'],
		['https://github.com/example/checkout', 'example/checkout'],
		['https://token@github.com/example/check.out.git/', 'example/check.out'],
		['ssh://git@github.com/example/checkout.git\n', 'example/checkout'],
		['git@gitlab.com:example/checkout.git', undefined],
		['../checkout', undefined],
	])('%j is %j', (remote, repository) => {
		expect(githubRepository(remote)).toBe(repository);
	});
});

describe('likelyNamespace', () => {
	it.each([
		['production', ['checkout-staging', 'checkout-prod', 'shop-prod'], 'checkout-prod'],
		['staging', ['checkout-staging', 'checkout-prod'], 'checkout-staging'],
		['production', ['checkout', 'checkout-staging'], 'checkout'],
		['production', ['default', 'prod'], 'prod'],
		['production', ['default', 'products'], undefined],
		['staging', ['checkout'], undefined],
	] as const)('for %s of %j is %j', (environment, namespaces, expected) => {
		expect(likelyNamespace(namespaces, {service: 'checkout', environment})).toBe(expected);
	});
});

describe('isWebAddress', () => {
	it.each([
		['https://example.com/healthz', true],
		['http://localhost:9090', true],
		['localhost:9090', false],
		['ftp://example.com', false],
		['example.com', false],
		['', false],
	])('%j: %j', (text, expected) => {
		expect(isWebAddress(text)).toBe(expected);
	});
});
