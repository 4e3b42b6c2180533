/**
 * The operator's kubeconfig, found as kubectl finds it: the configured file, `KUBECONFIG`, `~/.kube/config`,
 * the service account of a pod. The vendor's client costs some 300 ms to import, so it is loaded here, when first needed.
 */
import {existsSync} from 'node:fs';
import {homedir} from 'node:os';
import path from 'node:path';
import type {KubeConfig} from './client-node.ts';
import {didYouMean} from '../../../base/nearest.ts';
import {SourceError} from '../../../base/source-error.ts';

export interface KubeconfigOptions {
	/** Path of a kubeconfig; `~` is the home directory. */
	readonly kubeconfig?: string | undefined;
	/** A context of it; the current one where absent. */
	readonly context?: string | undefined;
}

const source = 'Kubernetes';
const serviceAccountToken = '/var/run/secrets/kubernetes.io/serviceaccount/token';

function expandHome(file: string): string {
	return file === '~' || file.startsWith('~/') ? path.join(homedir(), file.slice(1)) : file;
}

/** The files to read, those first that win; empty where only the pod's own account is left. */
function kubeconfigFiles(configured: string | undefined): readonly string[] {
	if (configured !== undefined) {
		const file = expandHome(configured);
		if (existsSync(file)) return [file];
		throw missing(`the kubeconfig ${configured} does not exist`);
	}
	const named = (process.env['KUBECONFIG'] ?? '').split(path.delimiter).filter((file) => file !== '');
	if (named.length > 0) {
		const files = named.filter((file) => existsSync(file));
		if (files.length > 0) return files;
		throw missing(`the kubeconfig ${named.join(', ')} named by KUBECONFIG does not exist`);
	}
	const usual = path.join(homedir(), '.kube', 'config');
	if (existsSync(usual)) return [usual];
	if (process.env['KUBERNETES_SERVICE_HOST'] && existsSync(serviceAccountToken)) return [];
	throw missing('there is no kubeconfig: KUBECONFIG is not set and ~/.kube/config does not exist');
}

function missing(message: string): SourceError {
	return new SourceError({
		source,
		kind: 'missing-credential',
		message,
		advice: 'Set KUBECONFIG, or kubeconfig: under kubernetes: in rounds.yaml, to the file `kubectl` uses',
	});
}

/** The parser's reason and line without its excerpt: a kubeconfig holds secrets. */
function brokenReason(error: unknown): string {
	const {reason, mark} = error as {reason?: unknown; mark?: {line?: unknown}};
	if (typeof reason === 'string') return typeof mark?.line === 'number' ? `line ${mark.line + 1}: ${reason}` : reason;
	const {code} = error as {code?: unknown};
	if (typeof code === 'string') return code;
	// Its own complaints are about names (`users[0].name is missing`); anything else is a value of the wrong shape.
	return error instanceof Error && /^\w+\[\d+\]/.test(error.message) ? error.message : 'it is not a kubeconfig';
}

function broken(file: string, reason: string): SourceError {
	return new SourceError({
		source,
		kind: 'missing-credential',
		message: `the kubeconfig ${file} cannot be read: ${reason}`,
		advice: 'Run `kubectl config view`: it reads the same file and shows the wrong line',
	});
}

/** Of several with one name, the first. */
function firstOf<T extends {readonly name: string}>(items: readonly T[]): T[] {
	const names = new Set<string>();
	return items.filter(({name}) => !names.has(name) && names.add(name));
}

/** Reads the files; where two define one name, the first wins, as in kubectl. */
function readFiles(kubeConfig: KubeConfig, fresh: () => KubeConfig, files: readonly string[]): void {
	const all = files.map((file) => {
		const one = fresh();
		try {
			one.loadFromFile(file);
		} catch (error) {
			throw broken(file, brokenReason(error));
		}
		return one;
	});
	if (all.every(({clusters, contexts}) => clusters.length === 0 && contexts.length === 0))
		throw broken(files.join(', '), 'it is not a kubeconfig');
	kubeConfig.loadFromOptions({
		// Plain HTTP has no TLS to verify; the client refuses such a cluster unless it is told so, kubectl does not.
		clusters: firstOf(all.flatMap(({clusters}) => clusters)).map((cluster) =>
			cluster.server.startsWith('http:') ? {...cluster, skipTLSVerify: true} : cluster,
		),
		users: firstOf(all.flatMap(({users}) => users)),
		contexts: firstOf(all.flatMap(({contexts}) => contexts)),
		currentContext: all.map(({currentContext}) => currentContext).find(Boolean) ?? '',
	});
}

/** The kubeconfig as it is, whatever its current context; throws SourceError where it is missing or broken. */
export async function readKubeconfig(configured: string | undefined): Promise<KubeConfig> {
	const files = kubeconfigFiles(configured);
	const {KubeConfig} = await import('./client-node.ts');
	const kubeConfig = new KubeConfig();
	if (files.length === 0) kubeConfig.loadFromCluster();
	else readFiles(kubeConfig, () => new KubeConfig(), files);
	return kubeConfig;
}

function noSuch(message: string, advice: string): SourceError {
	return new SourceError({source, kind: 'not-found', message, advice});
}

/** The kubeconfig set to the wanted context, which has a cluster and a user; throws SourceError where it does not. */
export async function loadKubeconfig({kubeconfig, context}: KubeconfigOptions): Promise<KubeConfig> {
	const kubeConfig = await readKubeconfig(kubeconfig);
	const names = kubeConfig.getContexts().map(({name}) => name);
	const known = names.length === 0 ? 'The kubeconfig has no context at all' : `The kubeconfig has ${names.join(', ')}`;
	const wanted = context ?? kubeConfig.getCurrentContext();
	if (!wanted) throw noSuch('the kubeconfig names no current context', `${known}. Set context: under kubernetes: in rounds.yaml`);
	if (!names.includes(wanted)) throw noSuch(`the kubeconfig has no context "${wanted}"${didYouMean(wanted, names)}`, known);
	kubeConfig.setCurrentContext(wanted);
	if (!kubeConfig.getCurrentCluster())
		throw noSuch(`the context "${wanted}" names a cluster that the kubeconfig does not have`, '`kubectl config view` shows the clusters');
	return kubeConfig;
}
