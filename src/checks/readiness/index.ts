/** Readiness: what must be right before a bad night, confirmed by a person now and then, and doubted where a source tells otherwise. */
import type {Sources} from '../../ports/sources.ts';
import {type Finding, type JudgeContext, type Reason, defineCheck} from '../kit/check.ts';
import {finding, label, someOf} from '../kit/finding.ts';
import {plural} from '../../base/figures.ts';
import {judgeRecorded} from '../kit/recorded.ts';
import {type ReadinessItem, type ReadinessData, options, type ReadinessOptions} from './types.ts';

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

/** How an item is; pure. */
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
		'“We have it” is not enough. Write when you tried it and how long it took.',
		'What is not true becomes a ticket with an owner, not a later date.',
		'A source that reports otherwise (a red build, no backup) outweighs the recorded day.',
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
