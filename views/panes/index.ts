/** The registry of panes: one per kind of check, complete by its type. */
import type {CheckKind, DataOf} from '../../src/checks/index.ts';
import {alerts} from './alerts.ts';
import {backups} from './backups.ts';
import {capacity} from './capacity.ts';
import {command} from './command.ts';
import {dashboards} from './dashboards.ts';
import {errors} from './errors.ts';
import {health} from './health.ts';
import {http} from './http.ts';
import {logStandard} from './log-standard.ts';
import {logs} from './logs.ts';
import type {Pane} from './pane.ts';
import {payments} from './payments.ts';
import {pods} from './pods.ts';
import {promql} from './promql.ts';
import {rateLimits} from './rate-limits.ts';
import {readiness} from './readiness.ts';
import {security} from './security.ts';

export const panes: {readonly [K in CheckKind]: Pane<DataOf<K>>} = {
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

/** The pane of a check's kind with its types forgotten; undefined for a kind nobody registered. */
export function paneOf(kind: string): Pane | undefined {
	return Object.hasOwn(panes, kind) ? (panes[kind as CheckKind] as unknown as Pane) : undefined;
}
