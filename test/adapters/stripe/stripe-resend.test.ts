import {describe, expect, it} from 'vitest';
import {createResendActs} from '../../../src/adapters/stripe/stripe-resend.ts';
import type {CommandResult} from '../../../src/ports/commands.ts';
import {SourceError} from '../../../src/base/source-error.ts';
import {fixedClock, never} from '../loopback.ts';

const now = Date.parse('2026-11-20T08:00:00Z');
const webhook = {
	id: 'evt_1',
	type: 'invoice.paid',
	createdAt: now - 3_600_000,
	pending: 1,
	url: 'https://dashboard.stripe.com/events/evt_1',
};
const endpoint = (id: string, enabled = true) => ({id, endpoint: `https://shop.example.com/${id}`, enabled, url: 'x'});
const endpoints = [endpoint('we_1'), endpoint('we_2'), endpoint('we_off', false)];

function resend(
	answer: Partial<CommandResult> | Error = {},
	of: {readonly live?: boolean; readonly ageMs?: number; readonly endpoints?: typeof endpoints} = {},
) {
	const calls: (readonly string[])[] = [];
	const commands = {
		async run(argv: readonly string[]): Promise<CommandResult> {
			calls.push(argv);
			if (answer instanceof Error) throw answer;
			return {exitCode: 0, stdout: '{}', stderr: '', durationMs: 1, ...answer};
		},
	};
	const [act] = createResendActs({commands, clock: fixedClock(now)})(
		{...webhook, createdAt: now - (of.ageMs ?? 3_600_000)},
		{live: of.live ?? true, endpoints: of.endpoints ?? endpoints},
	);
	const written = act?.write({endpoint: 'we_2'});
	return {calls, act, run: async () => (written && 'run' in written ? written.run() : undefined)};
}

describe('createResendActs', () => {
	it('lets the endpoint be chosen and resends to it', async () => {
		const {calls, act, run} = resend();
		expect((await act?.prepare?.(never))?.fields[0]?.choices?.map(({value}) => value)).toEqual(['we_1', 'we_2']);
		expect(await run()).toEqual({state: 'done', text: 'evt_1 is sent to https://shop.example.com/we_2 once more'});
		expect(calls).toEqual([['stripe', 'events', 'resend', 'evt_1', '--webhook-endpoint=we_2', '--live']]);
	});

	it('leaves --live out in test mode', async () => {
		const {calls, run} = resend({}, {live: false});
		await run();
		expect(calls[0]).not.toContain('--live');
	});

	it('says why it cannot: too old, no endpoint, none chosen', () => {
		expect(resend({}, {ageMs: 31 * 86_400_000}).act?.refusal).toContain('events of the last 30 days. This event is of 2026-10-20');
		expect(resend({}, {endpoints: [endpoint('we_off', false)]}).act?.refusal).toBe('no endpoint is switched on that it could be sent to');
		expect(resend().act?.write({endpoint: 'we_off'})).toMatchObject({problem: 'choose the endpoint it is sent to'});
	});

	it('says how to get the CLI', async () => {
		const missing = new SourceError({source: 'stripe', kind: 'not-configured', message: 'stripe is not installed, or not in PATH'});
		expect(await resend(missing).run()).toEqual({
			state: 'failed',
			text: 'stripe is not installed, or not in PATH',
			advice: 'Install the Stripe CLI (docs.stripe.com/stripe-cli), then stripe login',
		});
	});

	it.each([
		['you have not configured API keys yet, please run `stripe login`', 'the Stripe CLI is not logged in'],
		['Request failed, status=403: The provided key does not have the required permissions', 'may not resend events'],
		['No such event: evt_1', 'does not have this event'],
		['Request failed, status=429', 'limits the number'],
		['boom', 'stripe ended with exit code 1: boom'],
	])('explains %s', async (stderr, text) => {
		expect(await resend({exitCode: 1, stderr}).run()).toMatchObject({state: 'failed', text: expect.stringContaining(text)});
	});

	it('is unsure of what was stopped in the middle', async () => {
		expect(await resend(new SourceError({source: 'stripe', kind: 'timeout', message: 'stripe did not end'})).run()).toMatchObject({
			state: 'unsure',
		});
	});
});
