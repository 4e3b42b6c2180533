/** What the check is set up with and what it reads. */
import * as z from 'zod';
import type {Alert} from '../../ports/alert-source.ts';
import type {PartialFailure} from '../kit/partial-failure.ts';

/** One alert, as all the sources that know of it say. */
export interface MergedAlert extends Alert {
	/** `Alertmanager`, `Prometheus`, `Grafana`: everyone who reports it. */
	readonly sources: readonly string[];
}

export interface AlertsData {
	/** Firing first, then pending, silenced, inhibited; within each the most severe, then the oldest. */
	readonly alerts: readonly MergedAlert[];
	/** Names of the sources that answered. */
	readonly read: readonly string[];
	/** Sources that did not answer. */
	readonly failures: readonly PartialFailure[];
}

const severities = (defaults: readonly string[]) => z.array(z.string()).default([...defaults]);

export const options = z.strictObject({
	critical: severities(['critical', 'page', 'emergency', 'error']).describe('Severity labels that are critical while firing'),
	information: severities(['info', 'none', 'observed']).describe('Severity labels that are shown but ask for nothing'),
	ignore: z
		.array(z.string())
		.default(['Watchdog', 'InfoInhibitor', 'DeadMansSwitch'])
		.describe('Alert names that are meant to fire all the time'),
});

export type AlertsOptions = z.output<typeof options>;
