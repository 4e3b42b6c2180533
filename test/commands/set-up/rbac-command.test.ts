import {describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {rbacManifest} from '../../../src/adapters/kubernetes/rbac-role.ts';
import {rbac} from '../../../src/commands/set-up/rbac-command.ts';
import {service} from '../../../src/service/service.ts';

const checkout = service.parse({
	name: 'checkout',
	owner: 'team',
	environments: [
		{name: 'production', sources: {kubernetes: {namespace: 'checkout-prod'}}},
		{name: 'staging', sources: {kubernetes: {namespace: 'checkout-staging'}}},
		{name: 'preview', sources: {kubernetes: {namespace: 'checkout-staging'}}},
		{name: 'laptop'},
	],
});

function boundNamespaces(environment?: string): readonly string[] {
	let text = '';
	rbac({service: checkout, environment, manifest: rbacManifest, out: (more) => (text += more)});
	const documents = text.split(/^---$/m).map((document): unknown => parse(document));
	return documents.flatMap((document) => {
		const {kind, metadata} = document as {kind: string; metadata: {namespace?: string}};
		return kind === 'RoleBinding' ? [metadata.namespace ?? ''] : [];
	});
}

describe('rbac', () => {
	it('binds the role in each namespace of the service once', () => {
		expect(boundNamespaces()).toEqual(['checkout-prod', 'checkout-staging']);
	});

	it('binds it in that of the one environment that is named', () => {
		expect(boundNamespaces('production')).toEqual(['checkout-prod']);
	});

	it('says what is missing where no namespace is named', () => {
		expect(() => boundNamespaces('laptop')).toThrow(/checkout laptop names no Kubernetes namespace: add sources\.kubernetes\.namespace/);
	});
});
