/** Judges the pods in one pass: failing, restarting too often, not ready, killed for memory, near their limits. Pure. */
import type {Pod} from '../../ports/pod-source.ts';
import {byUrgency, type Status, worst} from '../../base/status.ts';
import type {Evidence, Finding, JudgeContext, Reason} from '../kit/check.ts';
import {finding, label} from '../kit/finding.ts';
import {formatAge, formatBytes, formatPercent, plural} from '../../base/figures.ts';
import {restartRates, type RestartRate} from './pod-restarts.ts';
import {podTrouble} from './pod-trouble.ts';
import type {PodsData, PodsOptions} from './types.ts';
import {lastTerminationOf} from './json.ts';

interface OddPod {
	readonly pod: Pod;
	readonly status: Status;
	readonly failing: boolean;
	readonly restarting: boolean;
	/** What is wrong, most telling first. */
	readonly texts: readonly string[];
}

const hourMs = 3_600_000;

function restartText({count, within, usual}: RestartRate, pod: Pod, {options, now}: JudgeContext<PodsOptions>): string {
	const usually = usual === undefined ? '' : `, usual ${usual}`;
	if (within === 'window')
		return `${plural(count, 'restart')} in the last ${options.window === hourMs ? 'hour' : formatAge(options.window)}${usually}`;
	const last = pod.lastRestartAt === undefined ? '' : `, the last ${formatAge(now - pod.lastRestartAt)} ago`;
	return `${plural(count, 'restart')}${last}${usually}`;
}

/** Memory and CPU of each container against its limit. */
function pressure(pod: Pod, options: PodsOptions): readonly string[] {
	const texts: string[] = [];
	for (const {name, memory, memoryLimit, cpu, cpuLimit} of pod.containers) {
		const of = pod.containers.length > 1 ? `${name} ` : '';
		if (memory !== undefined && memoryLimit && memory / memoryLimit >= options.memory) {
			texts.push(`${of}memory ${formatPercent(memory / memoryLimit)} of its limit ${formatBytes(memoryLimit)}`);
		}
		if (cpu !== undefined && cpuLimit && cpu / cpuLimit >= options.cpu) {
			texts.push(`${of}CPU ${formatPercent(cpu / cpuLimit)} of its limit ${Math.round(cpuLimit)}m`);
		}
	}
	return texts;
}

function oddPod(pod: Pod, rate: RestartRate | undefined, context: JudgeContext<PodsOptions>): OddPod | undefined {
	const {options, now} = context;
	const trouble = podTrouble(pod, {now, startingMs: options.starting});
	const last = lastTerminationOf(pod);
	const killed = last?.reason === 'OOMKilled' && (last.finishedAt === undefined || now - last.finishedAt <= options.died);
	const near = pressure(pod, options);
	if (!trouble && !rate && !killed && near.length === 0) return undefined;
	const ago = last?.finishedAt === undefined ? '' : ` ${formatAge(now - last.finishedAt)} ago`;
	const tooMany = rate?.within === 'window' && rate.count >= 3 * options.restarts;
	return {
		pod,
		failing: trouble?.failing ?? false,
		restarting: rate !== undefined,
		status: worst([trouble?.status ?? 'ok', tooMany ? 'critical' : 'warning']),
		texts: [
			...(trouble ? [trouble.text] : []),
			...(rate ? [restartText(rate, pod, context)] : []),
			...(killed ? [`last OOMKilled${ago}`] : []),
			...near,
		],
	};
}

/** Warning events of things that are not odd already, seen often and lately: one reason each. */
function eventReasons({list}: PodsData, odd: ReadonlySet<string>, {options, now}: JudgeContext<PodsOptions>): readonly Reason[] {
	return list.warnings
		.filter(({object, count, lastSeen}) => count >= options.events && now - lastSeen <= options.window && !odd.has(object))
		.map(({object, reason, message, count, lastSeen}) => ({
			status: 'warning',
			subject: object.replace(/^Pod\//, ''),
			text: `${reason} ${count} times, the last ${formatAge(now - lastSeen)} ago: ${message}`,
		}));
}

function evidenceOf({pod, texts}: OddPod, {id, now}: JudgeContext<PodsOptions>): Evidence {
	return {id: `pod:${pod.namespace}/${pod.name}`, check: id, text: `${pod.name} ${pod.ready} ${texts.join(', ')}`, at: now};
}

/** Judges a namespace; one without pods, and one not yet fully listed, is never green. */
export function judgePods(data: PodsData, context: JudgeContext<PodsOptions>): Finding {
	const {id} = context;
	const {list} = data;
	const {pods} = list;
	if (pods.length === 0 && list.complete) {
		const text = `no pod in namespace ${list.namespace} of ${list.context}: look at namespace and context in rounds.yaml`;
		return finding({summary: text, short: `${label(id)} none found`, reasons: [{status: 'unknown', subject: list.namespace, text}]});
	}
	const rates = restartRates(data, context);
	const odd: OddPod[] = [];
	for (const pod of pods) {
		const one = oddPod(pod, rates.get(pod.uid), context);
		if (one) odd.push(one);
	}
	odd.sort((a, b) => byUrgency(a.status, b.status) || Number(b.failing) - Number(a.failing) || b.pod.restarts - a.pod.restarts);
	const events = eventReasons(data, new Set(odd.map(({pod}) => `Pod/${pod.name}`)), context);
	const failing = odd.filter((one) => one.failing).length;
	const restarting = odd.filter((one) => !one.failing && one.restarting).length;
	const other = odd.length - failing - restarting;
	const notes = [
		...(restarting > 0 ? [`${restarting} restarts too often`] : []),
		...(other > 0 ? [plural(other, 'warning')] : []),
		...(events.length > 0 ? [plural(events.length, 'warning event')] : []),
		...(list.complete ? [] : ['still listing']),
	];
	const head = failing > 0 ? `${failing} of ${pods.length} failing` : `${plural(pods.length, 'pod')}, none failing`;
	return finding({
		summary: [head, ...notes].join(', '),
		short: [
			`${label(id)} ${failing > 0 ? `${failing}/${pods.length} failing` : `${pods.length}/${pods.length}`}`,
			...notes.filter((note) => !note.includes('event')),
		].join(', '),
		reasons: [
			...odd.map(({pod, status, texts}) => ({status, subject: pod.name, text: texts.join(', ')})),
			...events,
			...(list.complete ? [] : [{status: 'unknown' as const, subject: list.namespace, text: `${pods.length} pods so far, still listing`}]),
			...(list.metrics === 'available'
				? []
				: [{status: 'ok' as const, apart: true as const, subject: 'metrics', text: list.metrics.missing}]),
		],
		evidence: odd.map((one) => evidenceOf(one, context)),
	});
}
