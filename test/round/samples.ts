import fc from 'fast-check';
import type {Finding} from '../../src/checks/kit/check.ts';
import {createRound, type RoundEvent, type RoundState, type Verdict, type VerdictKind} from '../../src/round/round.ts';
import {statuses} from '../../src/base/status.ts';

export const startedAt = Date.UTC(2026, 10, 20, 7, 31);

export function finding(over: Partial<Finding> = {}): Finding {
	return {status: 'ok', summary: 'all answer 200', short: 'health 4/4', reasons: [], evidence: [], ...over};
}

export function verdict(kind: VerdictKind, over: Partial<Verdict> = {}): Verdict {
	return {kind, at: startedAt + 60_000, operator: 'alice', finding: finding(), ...over};
}

export function round(ids: readonly string[] = ['health', 'pods', 'logs']): RoundState {
	return createRound({
		service: 'checkout',
		environment: 'production',
		operator: 'alice',
		startedAt,
		timeZone: 'Europe/Berlin',
		steps: ids.map((id) => ({id, title: id})),
	});
}

const step = fc.constantFrom('health', 'pods', 'logs', 'nonsense');
const text = fc.constantFrom('', '  ', 'deploy at 07:02', 'ä · 東京\n');
const time = fc.integer({min: startedAt, max: startedAt + 86_400_000});
const operator = fc.constantFrom('alice', 'bob');

/** Any event, sensible or not. */
export const anyEvent: fc.Arbitrary<RoundEvent> = fc.oneof(
	fc.record({type: fc.constant('moved' as const), to: fc.oneof(fc.integer({min: -3, max: 9}), fc.constant(Number.NaN))}),
	fc.record({
		type: fc.constant('decided' as const),
		step,
		verdict: fc.record(
			{
				kind: fc.constantFrom('ok' as const, 'anomaly' as const, 'skipped' as const),
				note: text,
				at: time,
				operator,
				finding: fc.constantFrom(...statuses).map((status) => finding({status})),
			},
			{requiredKeys: ['kind', 'at', 'operator', 'finding']},
		),
	}),
	fc.record({type: fc.constant('undecided' as const), step}),
	fc.record({type: fc.constant('noted' as const), step, at: time, operator, text}),
	fc.record({
		type: fc.constant('pinned' as const),
		evidence: fc.record({id: fc.constantFrom('a', 'b'), check: fc.constantFrom('health', 'pods'), text, at: time}),
	}),
	fc.record({type: fc.constant('unpinned' as const), id: fc.constantFrom('a', 'b'), check: fc.constantFrom('health', 'pods')}),
	fc.record({
		type: fc.constant('drafted' as const),
		draft: fc.option(fc.record({field: fc.constantFrom('note', 'skip', 'entry', 'investigation.problem'), step, text}), {nil: undefined}),
	}),
	fc.record({type: fc.constant('closing' as const)}),
	fc.record({type: fc.constant('reopened' as const)}),
	fc.record({type: fc.constant('entry-edited' as const), text}),
	fc.record({type: fc.constant('closed' as const), at: time}),
	fc.record({type: fc.constant('taken-over' as const), operator}),
	fc.record({type: fc.constant('resumed' as const), at: time, savedAt: time, operator}),
);
