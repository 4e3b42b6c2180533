/** Pods as `kubectl get pods` shows them, plus what it hides: last termination, memory against its limit, warning events. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {Pod, PodList} from '../../ports/pod-source.ts';
import {type CheckContext, defineCheck} from '../kit/check.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {podFacts} from './facts.ts';
import {judgePods} from './judge.ts';
import {podsToJson} from './json.ts';
import {fillQuery, placeholders} from '../kit/queries.ts';

/** Restart counts of an earlier look, by pod uid, to tell a rate from a total. */
export interface EarlierRestarts {
	/** Epoch milliseconds. */
	readonly at: number;
	readonly restarts: ReadonlyMap<string, number>;
}

export interface PodsData {
	readonly list: PodList;
	/** The oldest look of the last hour while this round watches. */
	readonly earlier?: EarlierRestarts;
	/** Restarts in the last hour by pod name, from Prometheus where kube-state-metrics is scraped. */
	readonly restartsLastHour?: ReadonlyMap<string, number>;
}

const options = z.strictObject({
	restarts: z.number().int().positive().default(3).describe('This many restarts within the window are too many'),
	window: duration.prefault('1h').describe('The window of the restart rate'),
	died: duration.prefault('24h').describe('A container killed for memory this recently is a warning, although it runs again'),
	events: z.number().int().positive().default(3).describe('A warning event seen this many times is a warning'),
	memory: z.number().min(0).max(1).default(0.9).describe('Warn when memory reaches this share of its limit'),
	cpu: z.number().min(0).max(1).default(0.95).describe('Warn when CPU reaches this share of its limit'),
	starting: duration.prefault('5m').describe('How long a pod may take to become ready before it is a warning'),
	restartsQuery: z
		.string()
		.default('sum by (pod) (increase(kube_pod_container_status_restarts_total{namespace=~"$namespace"}[1h]))')
		.describe(`PromQL for the restarts of the last hour by pod; asked where Prometheus is configured. ${placeholders}`),
});
export type PodsOptions = z.output<typeof options>;

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
		'Events live one hour: an empty list in the morning is no proof of a quiet night.',
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
