/**
 * Ages, restarts and quantities as `kubectl get pods` and `kubectl top` print them. Pure: the core, the headless
 * report and the panes share it, so that no two of them disagree on a column.
 */
import type {Pod} from '../../ports/pod-source.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** A whole unit, followed by the smaller one where that is not zero: `2d4h`, `2d`. */
function twoUnits(large: string, small: {readonly count: number; readonly unit: string}): string {
	return small.count === 0 ? large : `${large}${small.count}${small.unit}`;
}

/**
 * A duration in milliseconds as kubectl's AGE column: `38s`, `2m5s`, `86m`, `7h12m`, `31h`, `2d4h`, `9d`, `2y3d`.
 * Source: HumanDuration in k8s.io/apimachinery/pkg/util/duration; negative beyond a second is `<invalid>`.
 */
export function kubectlAge(ms: number): string {
	const seconds = Math.trunc(ms / second);
	if (seconds < -1) return '<invalid>';
	if (seconds < 0) return '0s';
	if (seconds < 120) return `${seconds}s`;
	const minutes = Math.floor(ms / minute);
	if (minutes < 10) return twoUnits(`${minutes}m`, {count: seconds % 60, unit: 's'});
	if (minutes < 180) return `${minutes}m`;
	const hours = Math.floor(ms / hour);
	if (hours < 8) return twoUnits(`${hours}h`, {count: minutes % 60, unit: 'm'});
	if (hours < 48) return `${hours}h`;
	const days = Math.floor(hours / 24);
	if (days < 8) return twoUnits(`${days}d`, {count: hours % 24, unit: 'h'});
	if (days < 2 * 365) return `${days}d`;
	const years = Math.floor(days / 365);
	if (years < 8) return twoUnits(`${years}y`, {count: days % 365, unit: 'd'});
	return `${years}y`;
}

/** The AGE column of a pod at `now` (epoch milliseconds); `<unknown>` without a creation date. */
export function kubectlPodAge(pod: Pick<Pod, 'createdAt'>, now: number): string {
	return pod.createdAt === undefined ? '<unknown>' : kubectlAge(now - pod.createdAt);
}

/** The RESTARTS column of a pod at `now` (epoch milliseconds): `0`, `14 (38s ago)`. */
export function kubectlRestarts(pod: Pick<Pod, 'restarts' | 'lastRestartAt'>, now: number): string {
	if (pod.restarts === 0 || pod.lastRestartAt === undefined) return String(pod.restarts);
	return `${pod.restarts} (${kubectlAge(now - pod.lastRestartAt)} ago)`;
}

const kibi = 1024;
const memoryUnits = [
	{unit: 'Gi', bytes: kibi ** 3, from: 10 * kibi ** 3},
	{unit: 'Mi', bytes: kibi ** 2, from: kibi ** 2},
	{unit: 'Ki', bytes: kibi, from: 0},
] as const;

/** One decimal only where it says something: `12`, `12.5`. */
function short(value: number): string {
	const rounded = Math.round(value * 10) / 10;
	return Number.isInteger(rounded) || rounded >= 100 ? String(Math.round(value)) : rounded.toFixed(1);
}

/** `a` of `b` in one unit: `488/512Mi`; either alone where the other is missing, `-` without both. */
function ratio(used: string | undefined, limit: string | undefined, unit: string): string {
	if (used === undefined) return limit === undefined ? '-' : `-/${limit}${unit}`;
	return limit === undefined ? `${used}${unit}` : `${used}/${limit}${unit}`;
}

/**
 * Memory in bytes, next to its limit where there is one: `488/512Mi`, `301Mi`, `12.5Gi`, `-/512Mi`, `-`.
 * Mebibytes as in `kubectl top`, gibibytes from 10 Gi.
 */
export function formatMemory(used: number | undefined, limit?: number): string {
	const scale = Math.max(used ?? 0, limit ?? 0);
	const {unit, bytes} = memoryUnits.find(({from}) => scale >= from) ?? memoryUnits[2];
	const show = (value: number | undefined) =>
		value === undefined ? undefined : unit === 'Gi' ? short(value / bytes) : String(Math.round(value / bytes));
	return ratio(show(used), show(limit), unit);
}

/** CPU in millicores, next to its limit where there is one: `210m`, `210/500m`, `12.5` (cores, from 10 cores), `-`. */
export function formatCpu(used: number | undefined, limit?: number): string {
	const inCores = Math.max(used ?? 0, limit ?? 0) >= 10_000;
	const show = (value: number | undefined) => (value === undefined ? undefined : inCores ? short(value / 1000) : String(Math.round(value)));
	return ratio(show(used), show(limit), inCores ? '' : 'm');
}
