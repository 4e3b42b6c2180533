import {expect, it} from 'vitest';
import {createGithub} from '../../../src/adapters/github/github.ts';
import type {CommandResult, CommandRunner} from '../../../src/ports/commands.ts';
import {SourceError} from '../../../src/base/source-error.ts';
import {never} from '../loopback.ts';

const alert = {
	number: 3,
	html_url: 'https://github.com/shop/api/security/dependabot/3',
	created_at: '2026-11-18T00:00:00Z',
	dependency: {package: {ecosystem: 'npm', name: 'left-pad'}},
	security_advisory: {ghsa_id: 'GHSA-1', summary: 'Pads too far'},
	security_vulnerability: {severity: 'high'},
};
const run = (id: number, workflow: number, status: string, conclusion: string | null) => ({
	id,
	name: `Workflow ${workflow}`,
	workflow_id: workflow,
	head_branch: 'main',
	status,
	conclusion,
	html_url: `https://github.com/shop/api/actions/runs/${id}`,
	updated_at: '2026-11-20T06:00:00Z',
});

function gh(answer: (path: string) => unknown): CommandRunner {
	return {
		async run(argv) {
			expect(argv.slice(0, 2)).toEqual(['gh', 'api']);
			const given = answer(argv.at(-1) ?? '');
			const failed = typeof given === 'string' ? {exitCode: 1, stderr: given} : {};
			const result: CommandResult = {exitCode: 0, stdout: JSON.stringify(given), stderr: '', durationMs: 1};
			return {...result, ...failed};
		},
	};
}

const read = (commands: CommandRunner) => createGithub({repositories: ['shop/api'], branch: 'main', commands}).read(never);

it('reads open alerts and the newest finished run of each workflow', async () => {
	const runs = [
		run(9, 1, 'in_progress', null),
		run(8, 1, 'completed', 'failure'),
		run(7, 2, 'completed', 'success'),
		run(6, 1, 'completed', 'success'),
	];
	const asked: string[] = [];
	const found = await read(
		gh((path) => {
			asked.push(path);
			return path.includes('dependabot') ? [alert] : {total_count: 4, workflow_runs: runs};
		}),
	);
	expect(asked).toEqual([
		'repos/shop/api/dependabot/alerts?state=open&per_page=100',
		'repos/shop/api/actions/runs?branch=main&exclude_pull_requests=true&per_page=100',
	]);
	expect(found.vulnerabilities).toEqual([
		{
			repository: 'shop/api',
			id: 'GHSA-1',
			package: 'left-pad',
			severity: 'high',
			summary: 'Pads too far',
			url: alert.html_url,
			createdAt: Date.parse(alert.created_at),
		},
	]);
	expect(found.builds.map(({workflow, conclusion, url}) => [workflow, conclusion, url.split('/').at(-1)])).toEqual([
		['Workflow 1', 'failure', '8'],
		['Workflow 2', 'success', '7'],
	]);
	expect(found).not.toHaveProperty('missing');
});

it('shows the builds where the alerts may not be read, and says what is missing', async () => {
	const found = await read(
		gh((path) =>
			path.includes('dependabot') ? 'gh: Resource not accessible (HTTP 403)' : {workflow_runs: [run(8, 1, 'completed', 'failure')]},
		),
	);
	expect(found.builds).toHaveLength(1);
	expect(found.missing).toEqual([expect.stringMatching(/^Vulnerabilities of shop\/api: .*\(403\).*security_events/)]);
});

it.each([
	['To get started with GitHub CLI, please run:  gh auth login', 'missing-credential', /gh auth login/],
	['gh: Bad credentials (HTTP 401)', 'unauthorized', /gh auth refresh/],
	['gh: Not Found (HTTP 404)', 'not-found', /Check the name/],
	['gh: API rate limit exceeded (HTTP 403)', 'rate-limited', /Wait/],
	['gh: Dependabot alerts are disabled for this repository. (HTTP 403)', 'forbidden', /settings\/security_analysis/],
	['error connecting to api.github.com', 'unreachable', /network/],
])('explains “%s”', async (stderr, kind, advice) => {
	await expect(read(gh(() => stderr))).rejects.toMatchObject({kind, source: 'GitHub', advice: expect.stringMatching(advice) as string});
});

it('says what to install', async () => {
	const commands: CommandRunner = {
		run: () => Promise.reject(new SourceError({source: 'gh', kind: 'not-configured', message: 'gh is not installed, or not in PATH'})),
	};
	await expect(read(commands)).rejects.toMatchObject({advice: 'Install the GitHub CLI (gh), then gh auth login'});
});
