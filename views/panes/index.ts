/** The registry of panes: one per kind of check, complete by its type. */
import type {CheckKind, DataOf} from '../../src/checks/index.ts';
import {alerts} from './alerts-pane.ts';
import {backups} from './backups-pane.ts';
import {capacity} from './capacity-pane.ts';
import {command} from './command-pane.ts';
import {dashboards} from './dashboards-pane.ts';
import {errors} from './errors-pane.ts';
import {health} from './health-pane.ts';
import {http} from './http-pane.ts';
import {logStandard} from './log-standard-pane.ts';
import {logs} from './logs-pane.ts';
import type {Pane} from '../kit/pane.ts';
import {payments} from './payments-pane.ts';
import {pods} from './pods-pane.ts';
import {promql} from './promql-pane.ts';
import {rateLimits} from './rate-limits-pane.ts';
import {readiness} from './readiness-pane.ts';
import {security} from './security-pane.ts';

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

/** The pane of a check's kind with its types forgotten; undefined for a kind no one registered. */
export function paneOf(kind: string): Pane | undefined {
	return Object.hasOwn(panes, kind) ? (panes[kind as CheckKind] as unknown as Pane) : undefined;
}
