/** What `rounds init` offers: the contexts of the kubeconfig and the namespaces of one of them. */
import type {Clock} from '../../ports/clock.ts';
import {connect} from './client/connection.ts';
import {readKubeconfig} from './client/kubeconfig.ts';

export interface DiscoveredContext {
	readonly name: string;
	readonly namespace?: string;
	readonly cluster: string;
}

export interface DiscoveredKubernetes {
	readonly currentContext?: string;
	readonly contexts: readonly DiscoveredContext[];
}

/** Reads the kubeconfig (the usual places where no path is given) and asks no cluster. Throws SourceError where there is none or it is broken. */
export async function discoverKubernetes(kubeconfig?: string): Promise<DiscoveredKubernetes> {
	const kubeConfig = await readKubeconfig(kubeconfig);
	const currentContext = kubeConfig.getCurrentContext();
	return {
		...(currentContext ? {currentContext} : {}),
		contexts: kubeConfig.getContexts().map(({name, namespace, cluster}) => ({name, cluster, ...(namespace ? {namespace} : {})})),
	};
}

/** The names of a context's namespaces (the current context where undefined), in the server's order. Throws SourceError, `forbidden` where that may not be asked. */
export async function listNamespaces(
	context: string | undefined,
	signal: AbortSignal,
	{kubeconfig, clock}: {readonly kubeconfig?: string; readonly clock: Clock},
): Promise<readonly string[]> {
	const connection = await connect({kubeconfig, context, clock});
	const {items} = await connection.json<{items?: readonly {metadata?: {name?: string}}[] | null}>({
		path: '/api/v1/namespaces',
		doing: 'list namespaces',
		signal,
	});
	return (items ?? []).flatMap(({metadata}) => (metadata?.name === undefined ? [] : [metadata.name]));
}
