/** A selection within one cluster as the namespaces to watch, each with the labels to ask for and the judge of its pods. */
import {SourceError} from '../../../base/source-error.ts';
import type {Connection} from '../client/connection.ts';
import type {WirePod} from '../client/wire.ts';
import type {Choice} from './choice.ts';
import {selectorText} from './label-selector.ts';
import {createOwnership, findWorkload, type Workload} from './workloads.ts';

export interface PodScope {
	readonly namespace: string;
	readonly selector: string | undefined;
	/** True for a pod that is meant; a promise where its owner must be asked for first. */
	readonly takes: (pod: WirePod) => boolean | Promise<boolean>;
}

export interface Scopes {
	readonly scopes: readonly PodScope[];
	/** Workloads that are in none of the namespaces. */
	readonly missing: readonly string[];
	/** Namespaces that may not be read, with the sentence why. */
	readonly denied: readonly {readonly namespace: string; readonly error: string}[];
}

const both = (a: string | undefined, b: string | undefined): string | undefined => [a, b].filter(Boolean).join(',') || undefined;

function scopeOf(
	connection: Connection,
	options: {
		readonly namespace: string;
		readonly selector: string | undefined;
		readonly choice: Choice;
		readonly found: readonly Workload[];
		readonly signal: AbortSignal;
	},
): PodScope {
	const {namespace, selector, choice, found, signal} = options;
	if (choice.workloads.length === 0) return {namespace, selector, takes: choice.takesPod};
	const isOf = createOwnership(connection, signal);
	const [only] = found;
	// One workload's labels are asked of the server; those of several are judged here, so that one watch serves all.
	const labels = only && found.length === 1 ? selectorText(only.selector) : undefined;
	return {
		namespace,
		selector: both(selector, labels),
		takes(pod) {
			if (!choice.takesPod(pod)) return false;
			const verdicts = found.map((workload) => isOf(workload, pod));
			if (verdicts.includes(true)) return true;
			const asked = verdicts.filter((verdict) => verdict instanceof Promise);
			return asked.length === 0 ? false : Promise.all(asked).then((answers) => answers.includes(true));
		},
	};
}

/** Resolves the workloads in each namespace. Throws SourceError where the cluster does not answer. */
export async function resolveScopes(
	connection: Connection,
	options: {
		readonly namespaces: readonly string[];
		readonly selector: string | undefined;
		readonly choice: Choice;
		readonly signal: AbortSignal;
	},
): Promise<Scopes> {
	const {namespaces, choice, signal} = options;
	const found = new Map<string, Workload[]>();
	const denied: {namespace: string; error: string}[] = [];
	const present = new Set<string>();
	for (const namespace of namespaces) {
		const here: Workload[] = [];
		try {
			for (const ref of choice.workloads) {
				const workloads = await findWorkload(connection, ref, {namespace, signal});
				if (workloads.length > 0) present.add(ref.text);
				here.push(...workloads);
			}
			found.set(namespace, here);
		} catch (error) {
			if (!(error instanceof SourceError) || error.kind !== 'forbidden') throw error;
			denied.push({namespace, error: error.message});
		}
	}
	const scopes = [...found]
		.filter(([, here]) => choice.workloads.length === 0 || here.length > 0)
		.map(([namespace, here]) => scopeOf(connection, {...options, namespace, found: here}));
	return {scopes, missing: denied.length > 0 ? [] : choice.workloads.map(({text}) => text).filter((text) => !present.has(text)), denied};
}
