/** What the check is set up with and what it reads. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';

export interface ReadinessItem {
	readonly id: string;
	readonly title: string;
	/** What must be true for it to be confirmed. */
	readonly asks: string;
	/** How often it must be confirmed, milliseconds. */
	readonly every: number;
	readonly url?: string | undefined;
	/** ISO date. */
	readonly lastOn?: string | undefined;
	/** What the other sources tell against it, one sentence each. */
	readonly doubts: readonly string[];
}

export interface ReadinessData {
	readonly items: readonly ReadinessItem[];
}

/** The five that every service has. */
const usual = [
	{id: 'tests', title: 'Tests', asks: 'they pass on the main branch, and cover what affected users last', every: '31d'},
	{id: 'threat-model', title: 'Threat model', asks: 'it knows every door that was opened since it was written', every: '180d'},
	{id: 'backups', title: 'Backups', asks: 'one was restored, opened and timed, and the steps are written down', every: '90d'},
	{id: 'logs', title: 'Logs', asks: 'they are in one place, rotated, without secrets, found by request id', every: '90d'},
	{id: 'alerts', title: 'Alerts', asks: 'each reached a person when it was fired by hand, and had a runbook', every: '90d'},
];

export const options = z
	.strictObject({
		items: z
			.array(
				z.strictObject({
					id: z
						.string()
						.regex(/^[a-z][a-z0-9-]*$/, 'should be lower-case letters, digits and dashes')
						.describe('What `confirmed` calls it'),
					title: z.string().describe('In the checklist'),
					asks: z.string().describe('What must be true'),
					every: duration.prefault('31d').describe('How often it must be confirmed'),
					url: z
						.url({protocol: /^https?$/})
						.optional()
						.describe('Its address'),
				}),
			)
			.min(1)
			.prefault(usual)
			.describe('What must be right. Default: tests, threat-model, backups, logs, alerts'),
		confirmed: z
			.record(z.string(), z.iso.date())
			.default({})
			.describe('The day each item was last looked at and found right, such as {tests: 2026-11-02}'),
	})
	.superRefine(({items, confirmed}, context) => {
		for (const id of Object.keys(confirmed))
			if (!items.some((item) => item.id === id))
				context.addIssue({
					code: 'custom',
					path: ['confirmed', id],
					message: `there is no item ${id}: ${items.map((item) => item.id).join(', ')}`,
				});
	});

export type ReadinessOptions = z.output<typeof options>;
