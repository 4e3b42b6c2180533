import {describe, expect, it} from 'vitest';
import {doubtful, doubtNotice, lastSent, openOn, warningOf} from '../../src/round/ledger.ts';
import {type OutsideOutcome, type OutsideWrite, sentLines} from '../../src/round/outside/outside-write.ts';
import {sendOutside} from '../../src/outside/send.ts';
import {reduce} from '../../src/round/reduce.ts';
import {createRound, type RoundEvent, type RoundState} from '../../src/round/round.ts';
import {startInvestigation} from '../../src/round/investigation/investigation.ts';

const at = Date.parse('2026-11-20T08:12:00Z');
const fresh = createRound({
	service: 'checkout',
	environment: 'production',
	operator: 'alice',
	startedAt: at,
	steps: [{id: 'errors', title: 'Errors'}],
});
const begun = (id: string): RoundEvent => ({
	type: 'outside-begun',
	record: {id, step: 'errors', system: 'Sentry', title: `resolve ${id}`, at, operator: 'alice'},
});
const endedWith = (id: string, outcome: OutsideOutcome): RoundEvent => ({type: 'outside-ended', id, outcome});
const after = (...events: readonly RoundEvent[]) => events.reduce(reduce, fresh);

const done: OutsideOutcome = {state: 'done', text: 'resolved'};

describe('the ledger of the round', () => {
	it('lists writes without a result, also after a save and a load', () => {
		const state = JSON.parse(JSON.stringify(after(begun('a'), begun('b'), endedWith('b', done)))) as RoundState;
		expect(doubtful(state).map(({id}) => id)).toEqual(['a']);
		expect(doubtNotice(state)).toBe('resolve a: delivery unknown. Check before you resend.');
		expect(warningOf(lastSent(state, 'a'), 'UTC')).toBe('Possibly sent by alice at 08:12. Check Sentry before you resend.');
		expect(warningOf(lastSent(state, 'b'), 'UTC')).toBe('Already sent by alice at 08:12: resolved');
		expect(warningOf(lastSent(state, 'never'))).toBeUndefined();
	});

	it('counts an unknown delivery as doubtful, but not a certain failure', () => {
		const unsure = after(begun('a'), endedWith('a', {state: 'unsure', text: 'no answer'}));
		expect(doubtful(unsure)).toHaveLength(1);
		const failed = after(begun('a'), endedWith('a', {state: 'failed', text: '403'}));
		expect(doubtful(failed)).toEqual([]);
		expect(warningOf(lastSent(failed, 'a'))).toBeUndefined();
	});

	it('is not doubtful any more when a later attempt ended', () => {
		const state = after(begun('a'), begun('a'), endedWith('a', done));
		expect(doubtful(state)).toEqual([]);
		expect(state.outside).toHaveLength(2);
	});

	it('links the ticket to the step once', () => {
		const ticket = {url: 'https://t/1', title: 'one'};
		const state = after(begun('t'), endedWith('t', {...done, ticket}), {
			type: 'ticketed',
			step: 'errors',
			ticket: {...ticket, at, operator: 'bob'},
		});
		expect(state.steps[0]?.tickets).toEqual([{...ticket, at, operator: 'alice'}]);
	});

	it('keeps the investigation of a ticket when another one is opened', () => {
		const investigation = {...startInvestigation({step: 'errors', openedAt: at}), problem: 'p'};
		const open = after(
			{type: 'investigated', step: 'errors', investigation},
			{type: 'investigating', open: {step: 'errors', id: 'errors'}},
		);
		const opened = openOn(open, 'errors');
		expect(openOn(open, 'pods')).toEqual({});
		const ticket = {url: 'https://t/1', title: 'one', priority: 'P2'} as const;
		const record = {id: 't', step: 'errors', system: 'GitHub', title: 'write', at, operator: 'alice', ...opened};
		const events: readonly RoundEvent[] = [
			{type: 'outside-begun', record},
			{type: 'investigating', open: undefined},
			endedWith('t', {...done, ticket}),
		];
		const kept = events.reduce(reduce, open).steps[0]?.tickets;
		expect(kept).toEqual([{...ticket, at, operator: 'alice', investigation: 'errors'}]);
		const linked = reduce(open, {type: 'ticketed', step: 'errors', ticket: {...ticket, at, operator: 'bob'}});
		expect(linked.steps[0]?.tickets).toMatchObject([{priority: 'P2', investigation: 'errors'}]);
	});

	it('ignores a second result', () => {
		const state = after(begun('a'), endedWith('a', done));
		expect(reduce(state, endedWith('a', {state: 'failed', text: 'late'}))).toBe(state);
		expect(reduce(state, endedWith('other', done))).toBe(state);
	});
});

function world(more: {readonly readOnly?: boolean; readonly keeps?: boolean} = {}) {
	let state: RoundState = fresh;
	const order: string[] = [];
	const write = (run: () => Promise<OutsideOutcome>): OutsideWrite => ({
		id: 'a',
		system: 'Sentry',
		title: 'resolve a',
		sent: {kind: 'command', argv: ['x']},
		run: () => {
			order.push('sent');
			return run();
		},
	});
	const options = {
		readOnly: more.readOnly ?? false,
		step: 'errors',
		operator: 'alice',
		now: () => at,
		state: () => state,
		dispatch(event: RoundEvent) {
			order.push(event.type);
			if (more.keeps !== false) state = reduce(state, event);
		},
		redact: (text: string) => text.replaceAll('s3cret', '•••'),
	};
	return {order, write, options, state: () => state};
}

describe('sendOutside', () => {
	it('saves the start, sends, then saves the result', async () => {
		const {order, write, options, state} = world();
		expect(
			await sendOutside(
				write(async () => ({state: 'done', text: 'with s3cret'})),
				options,
			),
		).toEqual({state: 'done', text: 'with •••'});
		expect(order).toEqual(['outside-begun', 'sent', 'outside-ended']);
		expect(JSON.stringify(state())).not.toContain('s3cret');
	});

	it('sends nothing with --read-only', async () => {
		const {order, write, options} = world({readOnly: true});
		expect(
			await sendOutside(
				write(async () => done),
				options,
			),
		).toEqual({state: 'failed', text: 'resolve a: refused by --read-only'});
		expect(order).toEqual([]);
	});

	it('sends nothing when the start cannot be saved', async () => {
		const {order, write, options} = world({keeps: false});
		expect(
			await sendOutside(
				write(async () => done),
				options,
			),
		).toMatchObject({state: 'failed', text: expect.stringContaining('Not sent: could not save')});
		expect(order).toEqual(['outside-begun']);
	});

	it('reports an unknown delivery when its own code throws', async () => {
		const {write, options, state} = world();
		expect(
			await sendOutside(
				write(() => Promise.reject(new Error('oops'))),
				options,
			),
		).toEqual({state: 'unsure', text: 'oops'});
		expect(doubtful(state())).toHaveLength(1);
	});
});

describe('sentLines', () => {
	it('shows a command as a shell takes it, with its whole input', () => {
		expect(sentLines({kind: 'command', argv: ['gh', 'issue', 'create', '-t', "it's down"], input: 'a\n\n  b\n'})).toEqual([
			`gh issue create -t 'it'\\''s down'`,
			'',
			'on its standard input:',
			'',
			'a',
			'',
			'  b',
		]);
	});

	it('removes control characters', () => {
		const lines = sentLines({kind: 'request', method: 'POST', url: 'https://x/', body: '{"a":"\u001B[31mred\u202E"}'});
		expect(lines.at(-1)).toBe('{"a":"red"}');
	});
});
