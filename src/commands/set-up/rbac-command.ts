/** `rounds rbac`: the least-privilege role for the namespaces of a service. */
import type {ServiceConfig} from '../../config/config-schema.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';

export interface RbacInput {
	readonly service: ServiceConfig;
	/** Only this one; every environment of the service where absent. */
	readonly environment?: string | undefined;
	readonly manifest: (options: {readonly namespaces: readonly string[]; readonly name: string}) => string;
	readonly out: (text: string) => void;
}

/**
 * Prints YAML for `kubectl apply -f -`; it applies nothing itself.
 * @throws UserError (78) where no environment names a Kubernetes namespace
 */
export function rbac({service, environment, manifest, out}: RbacInput): void {
	const environments = service.environments.filter(({name}) => environment === undefined || name === environment);
	const namespaces = [...new Set(environments.flatMap(({sources}) => (sources.kubernetes ? [sources.kubernetes.namespace] : [])))];
	if (namespaces.length === 0) {
		const whose = environment === undefined ? service.name : `${service.name} ${environment}`;
		throw new UserError(`${whose} names no Kubernetes namespace: add sources.kubernetes.namespace to rounds.yaml.`, exitCodes.config);
	}
	out(manifest({namespaces, name: 'rounds'}));
}
