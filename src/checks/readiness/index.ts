/** Readiness: what must be right before a bad night, confirmed by a person now and then, and doubted where a source tells otherwise. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {Sources} from '../../ports/sources.ts';
import type {Finding, JudgeContext, Reason} from '../kit/check.ts';
import {defineCheck} from '../kit/check.ts';
import {finding, label, someOf} from '../kit/finding.ts';
import {plural} from '../../base/figures.ts';
import {judgeRecorded} from '../kit/recorded.ts';

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
	{id: 'tests', title: 'Tests', asks: 'they pass on the main branch, and cover what hurt users last', every: '31d'},
	{id: 'threat-model', title: 'Threat model', asks: 'it knows every door that was opened since it was written', every: '180d'},
	{id: 'backups', title: 'Backups', asks: 'one was restored, opened and timed; the way there is written down', every: '90d'},
	{id: 'logs', title: 'Logs', asks: 'they are in one place, rotated, without secrets, found by request id', every: '90d'},
	{id: 'alerts', title: 'Alerts', asks: 'each reached a person when it was fired by hand, and had a runbook', every: '90d'},
];

const options = z
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
						.describe('Where it is kept'),
				}),
			)
			.min(1)
			.prefault(usual)
			.describe('What must be right; default: tests, threat-model, backups, logs, alerts'),
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

const failing = new Set(['failure', 'timed_out', 'startup_failure']);

/** What the sources that are there tell against an item; nothing where they tell nothing. */
async function doubtsOf(id: string, sources: Sources, signal: AbortSignal): Promise<readonly string[]> {
	switch (id) {
		case 'tests': {
			const read = await sources.repositories?.read(signal);
			return [
				...(read?.builds ?? [])
					.filter(({conclusion}) => failing.has(conclusion))
					.map((build) => `${build.workflow} on ${build.branch} fails`),
				...(read?.missing ?? []),
			];
		}
		case 'backups':
			return sources.backups.length > 0 ? [] : ['no backup is looked at: rounds.yaml names no `backups`'];
		case 'logs':
			return sources.logs ? [] : ['no logs are looked at: rounds.yaml names no `kubernetes`'];
		case 'alerts':
			return sources.alerts.length > 0 ? [] : ['no alert is looked at: rounds.yaml names no `alertmanager`, `prometheus` or `grafana`'];
		default:
			return [];
	}
}

function reasonsOf({title, asks, every, lastOn, doubts}: ReadinessItem, now: number): readonly Reason[] {
	const doubted = doubts.map((text): Reason => ({status: 'warning', subject: title, text}));
	if (lastOn === undefined) return [...doubted, {status: 'warning', subject: title, text: `never confirmed: ${asks}`}];
	const {overdue, text} = judgeRecorded({lastOn, every}, now);
	return [...doubted, {status: overdue ? 'warning' : 'ok', subject: title, text: `confirmed ${text}`}];
}

/** How an item stands; pure. */
export function readinessOf(item: ReadinessItem, now: number): 'ready' | 'doubted' | 'overdue' | 'never' {
	if (item.lastOn === undefined) return 'never';
	if (item.doubts.length > 0) return 'doubted';
	return judgeRecorded({lastOn: item.lastOn, every: item.every}, now).overdue ? 'overdue' : 'ready';
}

function judge({items}: ReadinessData, {id, now}: JudgeContext<ReadinessOptions>): Finding {
	const open = items.filter((item) => readinessOf(item, now) !== 'ready');
	const said = `${items.length - open.length} of ${items.length} confirmed`;
	const words = {ready: 'is right', doubted: 'is in doubt', overdue: 'is overdue', never: 'was never confirmed'} as const;
	const unready = open.map((item) => `${item.title.toLowerCase()} ${words[readinessOf(item, now)]}`);
	return finding({
		summary: open.length === 0 ? `${plural(items.length, 'item')} confirmed` : `${said}: ${someOf(unready)}`,
		short: `${label(id)} ${items.length - open.length}/${items.length}`,
		reasons: items.flatMap((item) => reasonsOf(item, now)),
		evidence: open.map((item) => ({
			id: `readiness:${item.id}`,
			check: id,
			text: reasonsOf(item, now)
				.filter(({status}) => status !== 'ok')
				.map(({subject, text}) => `${subject}: ${text}`)
				.join('; '),
			at: now,
			...(item.url === undefined ? {} : {url: item.url}),
		})),
	});
}

export const readiness = defineCheck<ReadinessData, ReadinessOptions>({
	kind: 'readiness',
	title: 'Readiness',
	why: 'What was never tried does not work on the night it is needed: tests, threat model, restores, logs, alerts.',
	tips: [
		'Once a month, an hour: go through the boxes of the runbook, each with its proof, then write the days into rounds.yaml.',
		'“We have it” is no answer; “we tried it on this day, and it took so long” is.',
		'What is not true becomes a ticket with an owner, not a later date.',
		'A source that tells otherwise (a red build, no backup) outweighs the day somebody wrote down.',
	],
	serves: 'integrity',
	cadence: 'monthly',
	runbook: 'readiness',
	source: 'rounds.yaml and the sources it names',
	options,
	everyMs: 3_600_000,
	timeoutMs: 30_000,
	// Without the days of the team’s own it says nothing new.
	configured: () => false,
	read: async ({sources, options, signal}) => ({
		items: await Promise.all(
			options.items.map(async (item) => ({...item, lastOn: options.confirmed[item.id], doubts: await doubtsOf(item.id, sources, signal)})),
		),
	}),
	judge,
});
