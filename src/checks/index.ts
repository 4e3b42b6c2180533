/** The registry of checks in the order of a morning: a new check is one line here. Panes and configuration follow its types. */
import {alerts} from './alerts/index.ts';
import {backups} from './backups/index.ts';
import {capacity} from './capacity/index.ts';
import type {Check} from './kit/check.ts';
import {command} from './command/index.ts';
import {dashboards} from './dashboards/index.ts';
import {errors} from './errors/index.ts';
import {health} from './health/index.ts';
import {http} from './http/index.ts';
import {logStandard} from './log-standard/index.ts';
import {logs} from './logs/index.ts';
import {payments} from './payments/index.ts';
import {pods} from './pods/index.ts';
import {promql} from './promql/index.ts';
import {rateLimits} from './rate-limits/index.ts';
import {readiness} from './readiness/index.ts';
import {security} from './security/index.ts';

export const checks = {
	health,
	alerts,
	pods,
	errors,
	logs,
	payments,
	'rate-limits': rateLimits,
	backups,
	capacity,
	security,
	'log-standard': logStandard,
	readiness,
	dashboards,
	http,
	promql,
	command,
};

export type CheckKind = keyof typeof checks;

/** What a reading of this kind holds. */
export type DataOf<K extends CheckKind> = (typeof checks)[K] extends Check<infer Data, infer _Options> ? Data : never;

/** What rounds.yaml may set for this kind, as parsed. */
export type OptionsOf<K extends CheckKind> = (typeof checks)[K] extends Check<infer _Data, infer Options> ? Options : never;

export const checkKinds = Object.keys(checks) as readonly CheckKind[];

/** Kinds that say nothing until a team fills in their options, and so are no part of the default list. */
export const openKinds: readonly CheckKind[] = ['http', 'promql', 'command'];

/** The checks a round makes where rounds.yaml lists none, in order. */
export const defaultKinds: readonly CheckKind[] = checkKinds.filter((kind) => !openKinds.includes(kind));

/** The check of a kind with its types forgotten, for code that treats all alike: its data only ever meets its own judge. */
export function checkOf(kind: CheckKind): Check {
	return checks[kind] as unknown as Check;
}
