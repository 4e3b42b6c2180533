import {describe, expect, test} from 'vitest';
import {security} from '../../../src/checks/security/index.ts';
import type {SecurityData} from '../../../src/checks/security/types.ts';
import type {Build, Vulnerability} from '../../../src/ports/repository-source.ts';
import {day, hour, judging, now, reading} from '../fixtures.ts';

const vulnerability = (severity: Vulnerability['severity']): Vulnerability => ({
	repository: 'acme/checkout',
	id: 'GHSA-1234',
	package: 'qs',
	severity,
	summary: 'prototype pollution',
	url: 'https://github.com/advisories/GHSA-1234',
	createdAt: now - 3 * day,
});
const build = (conclusion: string): Build => ({
	repository: 'acme/checkout',
	workflow: 'ci',
	branch: 'main',
	conclusion,
	url: 'https://github.com/acme/checkout/actions/1',
	at: now - hour,
});
const data = (change: Partial<SecurityData> = {}): SecurityData => ({
	repositories: ['acme/checkout'],
	vulnerabilities: [],
	builds: [build('success')],
	...change,
});

describe('judging security', () => {
	test.each<[string, Partial<SecurityData>, string, string, string]>([
		['nothing open', {}, 'ok', 'security none open', 'no open alert in 1 repository, 1 build green'],
		[
			'critical',
			{vulnerabilities: [vulnerability('critical')]},
			'critical',
			'security 1 critical',
			'critical GHSA-1234, prototype pollution, open for 3 d',
		],
		['high', {vulnerabilities: [vulnerability('high'), vulnerability('low')]}, 'critical', 'security 1 high, 1 low', ''],
		['low', {vulnerabilities: [vulnerability('low')]}, 'warning', 'security 1 low', ''],
		['a failing build', {builds: [build('failure')]}, 'warning', 'security 1 build failing', 'ci on main ended with failure 1 h ago'],
		['cancelled is no failure', {builds: [build('cancelled')]}, 'ok', 'security none open', ''],
		['no build found', {builds: []}, 'ok', 'security none open', 'no build was found'],
		[
			'a part that could not be read',
			{missing: ['alerts of acme/checkout: the token may not read them']},
			'unknown',
			'security 1 part could not be read',
			'the token may not read them',
		],
		['no repository', {repositories: []}, 'unknown', 'security unknown', 'no repository'],
	])('%s', (_, change, status, short, text) => {
		const finding = security.judge(data(change), judging('security'));
		expect(finding.status).toBe(status);
		expect(finding.short).toBe(short);
		expect([finding.summary, ...finding.reasons.map((reason) => reason.text)].join('\n')).toContain(text);
	});
});

describe('a command of the team’s', () => {
	const run = (stdout: string, exitCode = 0) =>
		security.read(
			reading(
				'security',
				{commands: {run: () => Promise.resolve({stdout, stderr: '', exitCode, durationMs: 5})}},
				{set: {command: ['audit']}},
			),
		);

	test('its JSON counts, whatever it ends with', async () => {
		const read = await run(
			'{"vulnerabilities":[{"id":"CVE-1","package":"qs","severity":"high","summary":"x","url":"https://e.com"}],"builds":[{"workflow":"ci","branch":"main","conclusion":"failure","url":""}]}',
			1,
		);
		expect(read).toMatchObject({
			repositories: ['checkout'],
			vulnerabilities: [{id: 'CVE-1', repository: 'checkout', createdAt: now}],
			builds: [{conclusion: 'failure'}],
		});
	});
	test.each([
		['no JSON', 'npm ERR!', 'printed no JSON'],
		['another shape', '{"vulnerabilities":[{"id":"CVE-1"}]}', 'vulnerabilities.0.package'],
		['something else', '{"auditReportVersion":2}', 'neither vulnerabilities nor builds'],
		['null', 'null', 'another shape'],
	])('%s', async (_, stdout, message) => {
		await expect(run(stdout)).rejects.toMatchObject({kind: 'bad-response', message: expect.stringContaining(message)});
	});
});

test('reads the repositories, or says what is missing', async () => {
	const repositories = {repositories: ['acme/checkout'], read: () => Promise.resolve({vulnerabilities: [], builds: []})};
	expect(await security.read(reading('security', {repositories}))).toEqual({
		repositories: ['acme/checkout'],
		vulnerabilities: [],
		builds: [],
	});
	await expect(security.read(reading('security'))).rejects.toMatchObject({kind: 'not-configured'});
});
