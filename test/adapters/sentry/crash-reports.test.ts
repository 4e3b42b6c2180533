import {homedir, hostname} from 'node:os';
import {expect, it} from 'vitest';
import {createCrashReporter} from '../../../src/adapters/sentry/crash-reports.ts';
import {createRoundHeartbeat} from '../../../src/adapters/sentry/heartbeat.ts';
import {closedPort, loopback} from '../loopback.ts';

interface Envelope {
	readonly path: string;
	readonly items: readonly Record<string, unknown>[];
	readonly text: string;
}

/** Takes envelopes as Sentry's ingestion does: a header, then pairs of lines. */
async function ingestion(): Promise<{readonly dsn: string; readonly envelopes: Envelope[]}> {
	const envelopes: Envelope[] = [];
	const url = await loopback((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const text = Buffer.concat(chunks).toString('utf8');
			const lines = text.trim().split('\n');
			envelopes.push({path: request.url ?? '', text, items: lines.slice(1).map((line) => JSON.parse(line) as Record<string, unknown>)});
			response.writeHead(200, {'content-type': 'application/json'}).end('{}');
		});
	});
	return {dsn: url.replace('http://', 'http://publickey@') + '/42', envelopes};
}

const redact = (text: string) => text.replaceAll('hunter2', '•••');

it('sends type, message and frames, without secrets, home, host, environment or arguments', async () => {
	const {dsn, envelopes} = await ingestion();
	process.env['ROUNDS_TEST_VARIABLE'] = 'a-value-of-the-environment';
	const error = new RangeError(`cannot read ${homedir()}/notes with hunter2`);
	await createCrashReporter({dsn, redact, release: 'rounds@1.2.3'}).report(error);
	expect(envelopes).toHaveLength(1);
	const [header, event] = envelopes[0]?.items ?? [];
	expect(envelopes[0]?.path).toMatch(/^\/api\/42\/envelope\//);
	expect(header).toMatchObject({type: 'event'});
	expect(event).toMatchObject({
		release: 'rounds@1.2.3',
		exception: {values: [{type: 'RangeError', value: 'cannot read ~/notes with •••'}]},
	});
	const values = (event as {exception: {values: readonly {stacktrace?: {frames: readonly unknown[]}}[]}}).exception.values;
	expect(values[0]?.stacktrace?.frames.length).toBeGreaterThan(0);
	const text = envelopes[0]?.text ?? '';
	expect(text).not.toContain('hunter2');
	expect(text).not.toContain(homedir() + '/');
	expect(text).not.toContain('a-value-of-the-environment');
	expect(text).not.toContain(`"${hostname()}"`);
	for (const key of ['server_name', 'breadcrumbs', 'user', 'request', 'modules', 'extra', 'contexts'])
		expect(event).not.toHaveProperty(key);
});

it('tells the cron monitor that a round began and how it ended', async () => {
	const {dsn, envelopes} = await ingestion();
	const end = await createCrashReporter({dsn, redact}).heartbeat({
		slug: 'morning-round',
		crontab: '0 9 * * 1-5',
		timezone: 'Europe/Zurich',
		marginMinutes: 60,
		maxMinutes: 90,
	});
	await end('ok');
	const checkIns = envelopes.flatMap(({items}) => items.filter((item) => 'check_in_id' in item));
	expect(checkIns).toMatchObject([
		{
			monitor_slug: 'morning-round',
			status: 'in_progress',
			monitor_config: {schedule: {type: 'crontab', value: '0 9 * * 1-5'}, checkin_margin: 60, max_runtime: 90, timezone: 'Europe/Zurich'},
		},
		{monitor_slug: 'morning-round', status: 'ok'},
	]);
	expect(checkIns[1]?.['check_in_id']).toBe(checkIns[0]?.['check_in_id']);
});

it('a round checks in when it begins and when it is closed, as rounds.yaml says', async () => {
	const {dsn, envelopes} = await ingestion();
	const config = {
		dsn: 'env:DSN',
		monitor: 'morning-round',
		schedule: '0 9 * * 1-5',
		timezone: 'Europe/Zurich',
		margin: 3_600_000,
		longest: 5_400_000,
	};
	const heartbeat = createRoundHeartbeat(config, {resolve: async () => dsn, redact});
	heartbeat.begin();
	await heartbeat.end();
	const checkIns = envelopes.flatMap(({items}) => items.filter((item) => 'check_in_id' in item));
	expect(checkIns.map((one) => one['status'])).toEqual(['in_progress', 'ok']);
	expect(checkIns[0]).toMatchObject({
		monitor_slug: 'morning-round',
		monitor_config: {checkin_margin: 60, max_runtime: 90, timezone: 'Europe/Zurich'},
	});
});

it('does nothing without a DSN, and never fails', async () => {
	const off = createCrashReporter({redact});
	await off.report(new Error('x'));
	await (
		await off.heartbeat({slug: 's', crontab: '* * * * *', timezone: 'UTC', marginMinutes: 1, maxMinutes: 1})
	)('error');
	const gone = (await closedPort()).replace('http://', 'http://publickey@') + '/42';
	await expect(createCrashReporter({dsn: gone, redact}).report(new Error('x'))).resolves.toBeUndefined();
	await expect(createCrashReporter({dsn: 'nonsense', redact}).report('not an error')).resolves.toBeUndefined();
});
