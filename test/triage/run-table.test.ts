import {describe, expect, it} from 'vitest';
import {entryOf} from '../../src/ops-log/entry-of.ts';
import {objectOf} from '../../src/round/outside/affected-item.ts';
import type {LinkedTicket} from '../../src/round/outside/outside-record.ts';
import type {RoundState} from '../../src/round/round.ts';
import {type Investigation, startInvestigation} from '../../src/round/investigation/investigation.ts';
import {type RunRow, runRows} from '../../src/triage/run-row.ts';
import {runTableText} from '../../src/triage/run-table.ts';
import {width} from '../../src/base/terminal/width.ts';
import {round, startedAt, verdict} from '../round/samples.ts';
import {investigated} from './answered.ts';

const minute = 60_000;
const begun = startInvestigation({
	step: 'pods',
	openedAt: startedAt,
	evidence: [{id: 'pod:shop/api-1', check: 'pods', text: 'api-1 CrashLoopBackOff', at: startedAt}],
});
const closed: Investigation = {
	...investigated({problem: 'api dies', 'why.1': 'a cache', 'why.2': '', outcome: 'intermittent', 'follow-up': ''}, begun),
	closedAt: startedAt + 7 * minute,
};
const second = startInvestigation({step: 'pods', id: 'pods-2', openedAt: startedAt + minute});
const ticket: LinkedTicket = {url: 'https://t/1', title: 'one', at: startedAt + 2 * minute, operator: 'alice'};

function withTickets(...tickets: readonly LinkedTicket[]): RoundState {
	const state = round();
	return {
		...state,
		steps: state.steps.map((step) =>
			step.id === 'pods' ? {...step, investigation: closed, further: [{...second, problem: 'no image'}], tickets} : step,
		),
	};
}

describe('runRows', () => {
	it('has the known fields only', () => {
		expect(runRows(withTickets())).toEqual([
			{
				at: startedAt,
				check: 'pods',
				affected: 'checkout production, pod api-1',
				problem: 'api dies',
				outcome: 'intermittent',
				resolvedMs: 7 * minute,
				cause: 'a cache',
				tickets: [],
			},
			{at: startedAt + minute, check: 'pods', affected: 'checkout production', problem: 'no image', tickets: []},
		]);
	});

	it('does not show the ticket of another pod', () => {
		const other = {...ticket, at: startedAt, affectedItem: 'checkout production, pod worker-1'};
		const tickets = (state: RoundState) => runRows(state).map((row) => row.tickets);
		expect(tickets(withTickets(other))).toEqual([[], ['https://t/1']]);
		const alone = withTickets(other);
		const state = {
			...alone,
			steps: alone.steps.map((step) => (step.id === 'pods' ? {...step, further: [], verdict: verdict('anomaly')} : step)),
		};
		expect(runRows(state)).toMatchObject([{affected: 'checkout production, pod api-1', tickets: []}]);
		expect(entryOf(state, {now: startedAt}).anomalies).toEqual([expect.stringMatching(/^pods: api dies .*\[ticket\]\(https:\/\/t\/1\)$/)]);
		expect(tickets(withTickets({...other, affectedItem: 'checkout production, pod api-1'}))).toEqual([['https://t/1'], []]);
	});

	it('shows the most urgent priority and the affected item of its tickets', () => {
		const [first, other] = runRows(
			withTickets(
				{...ticket, at: startedAt, priority: 'P4', affectedItem: 'checkout production, api'},
				{...ticket, url: 'https://t/2', priority: 'P2', investigation: 'pods'},
				{...ticket, url: 'https://t/3', priority: 'P1', investigation: 'pods-2'},
			),
		);
		expect(first).toMatchObject({priority: 'P2', affected: 'checkout production, api', tickets: ['https://t/1', 'https://t/2']});
		expect(other).toMatchObject({priority: 'P1', tickets: ['https://t/3']});
	});

	it('reads the oldest records, without evidence and method', () => {
		const state = round();
		const old = {step: 'pods', openedAt: startedAt, problem: 'api dies', whys: []} as unknown as Investigation;
		const steps = state.steps.map((step) => (step.id === 'pods' ? {...step, investigation: old} : step));
		expect(runRows({...state, steps})).toMatchObject([{problem: 'api dies', affected: 'checkout production'}]);
	});
});

describe('runTableText', () => {
	const date = () => '2026-11-20 08:31';
	const rows: readonly RunRow[] = [
		{
			at: 1,
			check: 'pods',
			affected: 'checkout production, pod api-54fb9-n4vkg',
			problem: 'api is killed\nfor \u001B[31mmemory 東京',
			priority: 'P2',
			outcome: 'not enough information',
			resolvedMs: 427_000,
			tickets: [],
		},
		{at: 2, check: 'logs', affected: 'checkout production', tickets: []},
	];

	it('has the guide’s columns in full when the width is not limited', () => {
		expect(runTableText(rows, {columns: undefined, date})).toBe(
			[
				'AFFECTED ITEM                             PROBLEM                        DATE              PRIORITY  OUTCOME                 TIME TO RESOLVE',
				'checkout production, pod api-54fb9-n4vkg  api is killed for memory 東京  2026-11-20 08:31  P2        not enough information  7m07s',
				'checkout production                       -                              2026-11-20 08:31  -         -                       open',
				'',
			].join('\n'),
		);
	});

	it.each([40, 60, 80, 100, 120, 200])('fits %i columns, every cell below its title, and keeps the problem', (columns) => {
		const lines = runTableText(rows, {columns, date}).trimEnd().split('\n');
		expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(columns);
		expect(lines.join('\n')).toContain('api is killed');
		if (columns < 80) return;
		expect(lines.join('\n')).toContain('pod api-54fb9-n4vkg');
		const row = lines.find((line) => line.includes('not enough')) ?? '';
		expect(width(row.slice(0, row.indexOf('not enough')))).toBe(lines[0]?.indexOf('OUTCOME'));
		expect(lines[0]).toMatch(columns === 80 ? /RESOLVED$/ : /TIME TO RESOLVE$|RESOLVED$/);
	});
});

it.each([
	['pod:shop/api-1', 'api-1 0/1', 'pod api-1'],
	['backup:pgbackrest/orders', 'orders', 'database orders'],
	['http:https://example.com/a', 'x', 'address https://example.com/a'],
	['issue:4711', 'CHECKOUT-API-7Q1 OutOfMemoryError: grew', 'issue CHECKOUT-API-7Q1'],
	['alert:Grafana/ab12', 'High error rate firing for 8 m, critical', 'alert High error rate'],
	['webhook:evt_1', 'webhook invoice.paid (evt_1), 1 delivery pending', 'webhook evt_1'],
	['invoice:in_1', 'invoice CO-2044 (in_1), JPY 12,000', 'invoice CO-2044'],
	['log', 'a line', undefined],
])('names the object of %s', (id, text, object) => {
	expect(objectOf({id, text})).toBe(object);
});
