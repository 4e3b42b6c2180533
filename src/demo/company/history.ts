/** What the company's team wrote before today: two months of its ops log and the record of yesterday's round. */
import {mkdir, stat, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {Fact, Finding, Reason} from '../../checks/kit/check.ts';
import {finding} from '../../checks/kit/finding.ts';
import {type Entry, formatEntry} from '../../ops-log/entry.ts';
import {header} from '../../ops-log/log-header.ts';
import {type RoundRecord, writeRecord} from '../../ops-log/record-file.ts';
import {createRound} from '../../round/round.ts';
import {dayOf, offsetMinutesAt} from '../../base/times.ts';
import {createWorld} from '../kit/story.ts';
import type {ScenarioName, Story} from '../kit/world.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

interface Told {
	readonly id: string;
	readonly title: string;
	readonly finding: Finding;
	readonly facts?: readonly Fact[];
}

function calm(id: string, title: string, short: string, facts: readonly Fact[] = []): Told {
	return {id, title, finding: finding({summary: short, short: `${id.replaceAll('-', ' ')} ${short}`, reasons: []}), facts};
}

function odd(id: string, title: string, short: string, reason: Reason): Told {
	return {id, title, finding: finding({summary: short, short: `${id} ${short}`, reasons: [reason]})};
}

/** The morning before the release: what is wrong today began after it, but for what a team puts up with for days. */
function yesterday({release, routes, rateLimits, errorRatio, testRestoredAt}: Story): readonly Told[] {
	const images = ['checkout-api', 'checkout-worker', 'checkout-web'].map((name) => ({
		id: `image ${name}`,
		value: release.previous,
		since: release.deployedAt - 52 * 60 * minute,
	}));
	return [
		calm('health', 'Health', '4/4'),
		calm('alerts', 'Alerts', 'none firing'),
		calm('pods', 'Pods', '36/36', images),
		calm('errors', 'Errors', 'none untriaged'),
		calm('logs', 'Logs', '5xx 0.2 % (usual 0.2 %)', [
			{id: '5xx', value: errorRatio.usual, unit: 'ratio'},
			...routes.map(({route, usualP95}) => ({id: `p95 ${route}`, value: usualP95 * 1000, unit: 'ms' as const})),
		]),
		odd('payments', 'Payments', '1 invoice failed (EUR 149.00)', {
			status: 'warning',
			subject: 'CO-2041',
			text: 'EUR 149.00 payment failed, 1 attempt, Stripe tries again in 1 d',
		}),
		calm(
			'rate-limits',
			'Rate limits',
			'as usual',
			rateLimits.map(({action, usualBlocksPerHour}) => ({id: `blocks ${action}`, value: usualBlocksPerHour, unit: 'count'})),
		),
		odd('backups', 'Backups', 'test restore overdue', {
			status: 'warning',
			subject: 'test restore',
			text: `last on ${dayOf(testRestoredAt)}, overdue: due every 90 d`,
		}),
		calm('capacity', 'Capacity', 'within its limits'),
		odd('security', 'Security', '1 medium', {
			status: 'warning',
			subject: 'lodash',
			text: 'medium GHSA-35jh-r3h4-6jhm, Command injection in lodash.template, open for 1 d',
		}),
	];
}

/** Yesterday's round as bob walked it. */
function recordOf(story: Story): RoundRecord {
	const startedAt = story.startedAt - day;
	const told = yesterday(story);
	const operator = 'bob';
	const round = createRound({
		service: story.service,
		environment: 'production',
		operator,
		startedAt,
		steps: told.map(({id, title}) => ({id, title})),
	});
	const notes: Readonly<Record<string, string>> = {
		payments: 'Stripe tries again by itself',
		backups: 'planned for next week',
		security: 'not reachable from outside, update is on its way',
	};
	const steps = round.steps.map((step, index) => {
		const {finding} = told[index] ?? {};
		const note = notes[step.id];
		return finding
			? {...step, verdict: {kind: 'ok' as const, at: startedAt + index * 20_000, operator, finding, ...(note ? {note} : {})}}
			: step;
	});
	const closedAt = startedAt + 4 * minute;
	const at = Math.floor(closedAt / minute) * minute;
	const entry: Entry = {
		...place(at, operator),
		status: 'ok',
		findings: told.map(({id, finding}) => finding.short + (notes[id] ? ` ok (${notes[id]})` : '')),
		anomalies: [],
		walkedMs: 4 * minute,
	};
	return {
		version: 1,
		entry: formatEntry(entry),
		round: {...round, phase: 'closed', closedAt, steps},
		readings: Object.fromEntries(told.map(({id, finding, facts = []}) => [id, {kind: id, startedAt, durationMs: 200, finding, facts}])),
	};
}

function place(at: number, operator: string): Pick<Entry, 'at' | 'offsetMinutes' | 'service' | 'environment' | 'operator'> {
	return {
		at: Math.floor(at / minute) * minute,
		offsetMinutes: offsetMinutesAt(at),
		service: 'checkout',
		environment: 'production',
		operator,
	};
}

function linesOf({startedAt}: Story): readonly string[] {
	const ago = (days: number) => startedAt - days * day;
	const entry = (days: number, operator: string, rest: Pick<Entry, 'status' | 'findings' | 'anomalies'>) =>
		formatEntry({...place(ago(days), operator), ...rest, walkedMs: 11 * minute});
	return [
		// From before the team had rounds.
		`- ${dayOf(ago(48))} api CrashLoopBackOff → intermittent · node drained`,
		`- ${dayOf(ago(41))} password reset blocks 9x usual, because of a client that retried without a pause; fixed in 1.37.2`,
		entry(16, 'carol', {
			status: 'warning',
			findings: ['health 4/4, 1 degraded', 'pods 36/36', '5xx 0.2 % (usual 0.2 %)'],
			anomalies: ['health: staging api answers 200 with its dependency search degraded intermittent (its index was rebuilt)'],
		}),
		entry(8, 'carol', {
			status: 'critical',
			findings: ['health 4/4', 'alerts 1 firing', 'pods 2/36 failing', 'errors 1 new, 1 critical', '5xx 1.1 % (usual 0.2 %)'],
			anomalies: ['pods: api OOMKilled after 1.40.0 serious (cache without a bound)'],
		}),
	];
}

/** Writes the history into the team's directory, once: what is there already is the operator's own. */
export async function writeHistory(root: string, {scenario, now}: {readonly scenario: ScenarioName; readonly now: number}): Promise<void> {
	const log = join(root, 'docs', 'ops', 'ops-log.md');
	const records = join(root, 'docs', 'ops', 'rounds');
	// Only this story has a yesterday; the others are told of a team's first day.
	if (scenario !== 'morning') return;
	const isThere = await Promise.all([log, records].map((path) => stat(path).catch(() => undefined)));
	if (isThere.some((one) => one !== undefined)) return;
	const {story} = createWorld({scenario, clock: {now: () => now, sleep: () => Promise.resolve()}});
	const record = recordOf(story);
	await mkdir(dirname(log), {recursive: true});
	await writeRecord({directory: records, record});
	await writeFile(log, `${[...header, ...linesOf(story), record.entry].join('\n')}\n`);
}
