/** Which pods and containers a selection means, and how it is called. Pure. */
import type {LogSelection} from '../../../ports/log-feed.ts';
import {UserError} from '../../../base/user-error.ts';
import type {WirePod} from '../client/wire.ts';
import {parseWorkload, type WorkloadRef} from './workloads.ts';

export interface Choice {
	/** By name alone; workloads are judged apart. */
	readonly takesPod: (pod: WirePod) => boolean;
	readonly takesContainer: (name: string) => boolean;
	readonly workloads: readonly WorkloadRef[];
}

function compile(what: string, source: string | undefined): RegExp | undefined {
	if (source === undefined) return undefined;
	try {
		return new RegExp(source);
	} catch (error) {
		const why = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : '';
		throw new UserError(`the expression for ${what} cannot be read: ${why}`);
	}
}

/** Reads the selection; throws a UserError where an expression or a workload cannot be read. */
export function chooseOf(selection: LogSelection): Choice {
	const pods = compile('pods', selection.pods);
	const excluded = compile('excluded pods', selection.excludePods);
	const containers = compile('containers', selection.containers);
	const excludedContainers = compile('excluded containers', selection.excludeContainers);
	const names = new Set(selection.podNames);
	return {
		takesPod({metadata}) {
			const name = metadata?.name ?? '';
			return (names.size === 0 || names.has(name)) && (pods?.test(name) ?? true) && !excluded?.test(name);
		},
		takesContainer: (name) => (containers?.test(name) ?? true) && !excludedContainers?.test(name),
		workloads: selection.workloads.map(parseWorkload),
	};
}

/** What is looked at, as a person says it: `deploy/api in checkout-prod`. `own` is the environment's namespace. */
export function titleOf(selection: LogSelection, own: string): string {
	const {workloads, podNames = [], pods, selector, namespaces, contexts, previous} = selection;
	const what = [
		...workloads,
		...podNames,
		...(pods === undefined ? [] : [`pods matching ${pods}`]),
		...(selector === undefined ? [] : [`pods with ${selector}`]),
	];
	const where = namespaces === 'all' ? 'all namespaces' : namespaces.length === 0 ? own : namespaces.join(', ');
	const of = contexts.length === 0 ? '' : ` of ${contexts.join(', ')}`;
	return `${previous ? 'the previous run of ' : ''}${what.length === 0 ? 'all pods' : what.join(', ')} in ${where}${of}`;
}
