/** Pods as `kubectl get pods` shows them, plus what it hides: last termination, memory against its limit, warning events. */
import type {Pod} from '../../ports/pod-source.ts';
import {type CheckContext, defineCheck} from '../kit/check.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {podFacts} from './facts.ts';
import {judgePods} from './judge.ts';
import {podsToJson} from './json.ts';
import {fillQuery} from '../kit/queries.ts';
import {type EarlierRestarts, type PodsData, options, type PodsOptions} from './types.ts';

/** How often Prometheus is asked for the restart rate while the pods are watched, milliseconds. */
const ratePaceMs = 60_000;

function restartsOf(pods: readonly Pod[]): ReadonlyMap<string, number> {
	return new Map(pods.map(({uid, restarts}) => [uid, restarts]));
}

/** An addition to the pods, never a reason to fail: without Prometheus the rate is told from the pods alone. */
async function readRestarts(context: CheckContext<PodsOptions>): Promise<ReadonlyMap<string, number> | undefined> {
	const {metrics} = context.sources;
	if (!metrics) return undefined;
	try {
		const samples = await metrics.query(fillQuery(context.options.restartsQuery, context), {signal: context.signal});
		return new Map(
			samples.flatMap(({labels, value}) => (labels['pod'] && Number.isFinite(value) ? [[labels['pod'], Math.round(value)]] : [])),
		);
	} catch {
		return undefined;
	}
}

export const pods = defineCheck<PodsData, PodsOptions>({
	kind: 'pods',
	title: 'Pods',
	why: 'A pod that dies and comes back hides an outage that is about to happen.',
	tips: [
		'Look at LAST before STATUS: OOMKilled shows there long after the pod reads Running again.',
		'A crash loop: what did it say before it died? `kubectl logs POD --previous`.',
		'One pod of many: its node or its data. All pods of one owner: the last deploy.',
		'ImagePullBackOff is almost always a tag that was never pushed, or an expired registry secret.',
		'Events live one hour. An empty list in the morning does not prove a quiet night.',
	],
	serves: 'integrity',
	cadence: 'daily',
	runbook: 'pods',
	source: 'Kubernetes',
	options,
	everyMs: 15_000,
	timeoutMs: 15_000,
	configured: ({sources}) => sources.pods !== undefined,
	async read(context) {
		if (!context.sources.pods) throw notConfigured('Kubernetes', '`sources: {kubernetes: {namespace: …}}`');
		const [list, restartsLastHour] = await Promise.all([context.sources.pods.list(context.signal), readRestarts(context)]);
		return {list, ...(restartsLastHour ? {restartsLastHour} : {})};
	},
	follow(context, handlers) {
		const source = context.sources.pods;
		if (!source) {
			handlers.onError(notConfigured('Kubernetes', '`sources: {kubernetes: {namespace: …}}`'));
			return {stop: () => {}};
		}
		let earlier: EarlierRestarts | undefined;
		let next: EarlierRestarts | undefined;
		let restartsLastHour: ReadonlyMap<string, number> | undefined;
		let askedAt = Number.NEGATIVE_INFINITY;
		/** The watch tells of every restart at once; the rate of the hour is asked for at its own, slower pace. */
		const refreshRate = () => {
			if (context.clock.now() - askedAt < ratePaceMs) return;
			askedAt = context.clock.now();
			void readRestarts(context).then((restarts) => {
				restartsLastHour = restarts;
			});
		};
		refreshRate();
		return source.watch({
			onList(list) {
				const at = context.clock.now();
				refreshRate();
				handlers.onData({list, ...(earlier ? {earlier} : {}), ...(restartsLastHour ? {restartsLastHour} : {})});
				if (!list.complete) return;
				// Two looks half a window apart: the older one is always between half and a whole window old.
				earlier ??= {at, restarts: restartsOf(list.pods)};
				if (!next || at - next.at > context.options.window / 2) {
					if (next) earlier = next;
					next = {at, restarts: restartsOf(list.pods)};
				}
			},
			onLiveness: handlers.onLiveness,
			onError: handlers.onError,
		});
	},
	judge: judgePods,
	toJson: podsToJson,
	facts: podFacts,
});
