import {describe, expect, it} from 'vitest';
import {createSilenceActs} from '../../../src/adapters/alertmanager/alertmanager-silence.ts';
import type {Alert} from '../../../src/ports/alert-source.ts';
import {fixedClock, json, loopback, never, pathOf} from '../loopback.ts';

const now = Date.parse('2026-11-20T08:00:00Z');
const clock = fixedClock(now);
const own = {alertname: 'PodCrashLooping', environment: 'production', pod: 'api-1'};
const alert: Alert = {
	source: 'Alertmanager',
	id: 'f1',
	name: 'PodCrashLooping',
	state: 'firing',
	startedAt: 0,
	// As joined with what Prometheus says of it: a label that Alertmanager does not have.
	labels: {...own, prometheus: 'k8s'},
};

const alerts = [
	{fingerprint: 'f1', labels: own, status: {silencedBy: ['s1', 's2']}},
	{fingerprint: 'f2', labels: {...own, pod: 'api-2'}, status: {silencedBy: []}},
	{fingerprint: 'f3', labels: {alertname: 'DiskFull'}, status: {silencedBy: []}},
];
const silence = (id: string, state: string) => ({
	id,
	createdBy: 'carol',
	comment: `because ${id}`,
	endsAt: '2026-11-20T09:30:00Z',
	status: {state},
});

async function alertmanager(silences: readonly object[] = []) {
	const asked: {readonly what: string; readonly body: string}[] = [];
	const url = await loopback((request, response) => {
		let body = '';
		request.on('data', (chunk: Buffer) => {
			body += chunk.toString();
		});
		request.on('end', () => {
			if (request.method !== 'GET') asked.push({what: `${request.method} ${pathOf(request)}`, body});
			if (pathOf(request) === '/api/v2/alerts') json(response, alerts);
			else if (request.method === 'GET') json(response, silences);
			else if (request.method === 'DELETE') response.writeHead(200).end();
			else json(response, {silenceID: 's9'});
		});
	});
	const acts = createSilenceActs({url, clock, operator: 'alice'});
	return {asked, act: (title: string, of = alert) => acts(of).find((one) => one.title === title)};
}

describe('createSilenceActs', () => {
	it('silences by Alertmanager’s own labels, with reason, end and who', async () => {
		const {asked, act} = await alertmanager();
		const one = act('silence');
		const prepared = await one?.prepare?.(never);
		expect(prepared?.fields.map(({id, value}) => [id, value])).toEqual([
			['reason', ''],
			['for', '1h'],
			['matchers', 'alertname="PodCrashLooping", environment="production", pod="api-1"'],
		]);
		const write = one?.write({reason: 'deploying 1.42.1', for: '90m', matchers: 'alertname="PodCrashLooping", pod=~"api-.*"'});
		if (!write || 'problem' in write) throw new Error('no write');
		expect(write.notes).toEqual(['matches 2 of the 3 alerts that Alertmanager has now: PodCrashLooping']);
		expect(await write.run()).toMatchObject({state: 'done', text: expect.stringContaining('(silence s9)')});
		expect(asked.map(({what}) => what)).toEqual(['POST /api/v2/silences']);
		expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
			matchers: [
				{name: 'alertname', value: 'PodCrashLooping', isRegex: false, isEqual: true},
				{name: 'pod', value: 'api-.*', isRegex: true, isEqual: true},
			],
			startsAt: '2026-11-20T08:00:00.000Z',
			endsAt: '2026-11-20T09:30:00.000Z',
			createdBy: 'alice',
			comment: 'deploying 1.42.1',
		});
	});

	it.each([
		[{reason: ' '}, 'a silence needs its reason', 'reason'],
		[{for: 'soon'}, 'how long: 30m, 2h, 3d, at least 1m', 'for'],
		[{for: '60d'}, 'not longer than 30d', 'for'],
		[{matchers: ''}, 'A silence needs at least one matcher', 'matchers'],
		[{matchers: 'pod=~".*"'}, 'These matchers match every alert', 'matchers'],
		[{matchers: 'pod="a", oops'}, 'Invalid matcher: oops', 'matchers'],
	])('refuses %o with words', async (values, problem, field) => {
		const {act} = await alertmanager();
		const whole = {reason: 'because', for: '1h', matchers: 'pod="a"', ...values};
		expect(act('silence')?.write(whole)).toMatchObject({problem: expect.stringContaining(problem), field});
	});

	it('ends one of the silences that hold it', async () => {
		const {asked, act} = await alertmanager([silence('s1', 'active'), silence('s2', 'expired'), silence('other', 'active')]);
		const one = act('end the silence', {...alert, state: 'silenced'});
		const prepared = await one?.prepare?.(never);
		expect(prepared?.fields[0]?.choices?.map(({value}) => value)).toEqual(['s1']);
		expect(prepared?.fields[0]?.choices?.[0]?.label).toContain('because s1 (carol, until ');
		const write = one?.write({silence: 's1'});
		if (!write || 'problem' in write) throw new Error('no write');
		expect(await write.run()).toMatchObject({state: 'done'});
		expect(asked).toEqual([{what: 'DELETE /api/v2/silence/s1', body: ''}]);
	});

	it('says why it cannot: not silenced, gone, known to others only', async () => {
		const {act} = await alertmanager();
		expect(act('end the silence')?.refusal).toBe('it is not silenced');
		expect(act('silence', {...alert, source: 'Grafana'})?.refusal).toBe('Alertmanager does not know this alert: only Grafana does');
		await expect(act('silence', {...alert, id: 'old'})?.prepare?.(never)).rejects.toThrow('does not have PodCrashLooping any more');
	});
});
