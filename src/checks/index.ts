/** The registry of checks in the order of a morning: a new check is one line here. Panes and configuration follow its types. */
import {alerts} from './alerts.ts';
import {backups} from './backups.ts';
import {capacity} from './capacity.ts';
import type {Check} from './check.ts';
import {command} from './command.ts';
import {dashboards} from './dashboards.ts';
import {errors} from './errors.ts';
import {health} from './health.ts';
import {http} from './http.ts';
import {logStandard} from './log-standard.ts';
import {logs} from './logs.ts';
import {payments} from './payments.ts';
import {pods} from './pods.ts';
import {promql} from './promql.ts';
import {rateLimits} from './rate-limits.ts';
import {readiness} from './readiness.ts';
import {security} from './security.ts';

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
