/** Which pods restart too often, by rate where it is known and by the last restart where it is not. Pure. */
import type {Pod} from '../../ports/pod-source.ts';
import type {JudgeContext} from '../kit/check.ts';
import type {PodsData, PodsOptions} from './types.ts';

export interface RestartRate {
	readonly count: number;
	/** `window`: that many within the window; `life`: in the pod's life, the last one within the window. */
	readonly within: 'window' | 'life';
	/** Median of all pods within the window. */
	readonly usual?: number;
}

/** Restarts within the window: as Prometheus counted, as seen since an earlier look, or all of a pod younger than the window. */
function countedInWindow(pod: Pod, data: PodsData, {options, now}: JudgeContext<PodsOptions>): number | undefined {
	if (pod.createdAt !== undefined && now - pod.createdAt <= options.window) return pod.restarts;
	const counted = data.restartsLastHour?.get(pod.name);
	const before = data.earlier?.restarts.get(pod.uid);
	const seen = before === undefined ? 0 : pod.restarts - before;
	// Either may know of restarts that the other does not: what was counted is up to a minute old, what was seen begins with this round.
	if (counted !== undefined) return Math.min(Math.max(counted, seen), pod.restarts);
	// An earlier look of a minute ago proves that it restarts, never that it does not.
	return seen >= options.restarts ? seen : undefined;
}

function median(values: readonly number[]): number | undefined {
	// Ten thousand numbers sort ten times quicker as a typed array, without a comparison of ours.
	return Float64Array.from(values).sort()[Math.floor(values.length / 2)];
}

/**
 * The pods with too many restarts, by uid.
 * A pod whose rate is unknown counts when its last restart lies within the window and its total reaches the threshold.
 */
export function restartRates(data: PodsData, context: JudgeContext<PodsOptions>): ReadonlyMap<string, RestartRate> {
	const {options, now} = context;
	const rates = new Map<string, RestartRate>();
	const {pods} = data.list;
	const recently = ({lastRestartAt}: Pod) => lastRestartAt !== undefined && now - lastRestartAt <= options.window;
	const inWindow = (pod: Pod) => countedInWindow(pod, data, context) ?? (recently(pod) ? pod.restarts : 0);
	/** Of all pods, since those of one controller often fail together; worked out only once a pod is odd. */
	let usual: number | undefined;
	for (const pod of pods) {
		if (pod.restarts < options.restarts || pod.status === 'Completed') continue;
		const counted = countedInWindow(pod, data, context);
		if (counted === undefined ? !recently(pod) : counted < options.restarts) continue;
		if (pods.length > 2) usual ??= median(pods.map(inWindow));
		rates.set(pod.uid, {
			count: counted ?? pod.restarts,
			within: counted === undefined ? 'life' : 'window',
			...(usual === undefined ? {} : {usual}),
		});
	}
	return rates;
}
