/** Builds and dependency alerts of GitHub repositories through `gh`, which brings its own log-in. */
import * as z from 'zod';
import type {CommandRunner} from '../../ports/commands.ts';
import type {Build, RepositorySource, Vulnerability} from '../../ports/repository-source.ts';
import {SourceError} from '../../base/source-error.ts';
import {runJson, type ToolFailure} from '../programs/command-json.ts';
import {usualFailures} from './github-failures.ts';

export interface GithubOptions {
	/** `owner/name` each. */
	readonly repositories: readonly string[];
	readonly branch: string;
	readonly commands: CommandRunner;
}

const at = z.string().transform((text) => Date.parse(text));

const alerts = z.array(
	z.object({
		number: z.number(),
		html_url: z.string(),
		created_at: at,
		dependency: z.object({package: z.object({name: z.string()})}),
		security_advisory: z.object({summary: z.string(), ghsa_id: z.string()}),
		security_vulnerability: z.object({severity: z.enum(['low', 'medium', 'high', 'critical'])}),
	}),
);

const runs = z.object({
	workflow_runs: z.array(
		z.object({
			name: z.string().nullish(),
			workflow_id: z.number(),
			head_branch: z.string().nullish(),
			status: z.string(),
			conclusion: z.string().nullish(),
			html_url: z.string(),
			updated_at: at,
		}),
	),
});

/** gh prints the HTTP status of a failed call as `(HTTP 403)`; no log-in is exit code 4 with this text. */
function failures(repository: string, forbidden: string): readonly ToolFailure[] {
	return [
		...usualFailures,
		{
			pattern: /alerts are (disabled|not available)/i,
			kind: 'forbidden',
			message: `Dependabot alerts are off for ${repository}`,
			advice: `Turn them on at https://github.com/${repository}/settings/security_analysis`,
		},
		{pattern: /HTTP 403/i, kind: 'forbidden', message: `GitHub does not allow this on ${repository} (403)`, advice: forbidden},
		{
			pattern: /HTTP 404/i,
			kind: 'not-found',
			message: `GitHub has no ${repository}, or hides it from this log-in (404)`,
			advice: `Check the name. ${forbidden}`,
		},
		{pattern: /HTTP 5\d\d/i, kind: 'server-error', message: 'GitHub failed', advice: 'Try again. See githubstatus.com.'},
		{
			pattern: /error connecting|dial tcp|no such host|timeout/i,
			kind: 'unreachable',
			message: 'GitHub cannot be reached',
			advice: 'Check the network and the VPN',
		},
	];
}

/** Reads open Dependabot alerts and the newest finished run of each workflow on the branch. */
export function createGithub(options: GithubOptions): RepositorySource {
	const api = <T>(
		repository: string,
		call: {readonly path: string; readonly schema: z.ZodType<T>; readonly forbidden: string; readonly signal: AbortSignal},
	) =>
		runJson({
			source: 'GitHub',
			argv: ['gh', 'api', '-H', 'X-GitHub-Api-Version: 2022-11-28', `repos/${repository}/${call.path}`],
			schema: call.schema,
			commands: options.commands,
			signal: call.signal,
			install: 'Install the GitHub CLI (gh), then gh auth login',
			failures: failures(repository, call.forbidden),
		});

	const vulnerabilities = async (repository: string, signal: AbortSignal): Promise<readonly Vulnerability[]> => {
		const open = await api(repository, {
			path: 'dependabot/alerts?state=open&per_page=100',
			schema: alerts,
			forbidden: 'the log-in needs the scope security_events: gh auth refresh -s security_events',
			signal,
		});
		return open.map((alert) => ({
			repository,
			id: alert.security_advisory.ghsa_id,
			package: alert.dependency.package.name,
			severity: alert.security_vulnerability.severity,
			summary: alert.security_advisory.summary,
			url: alert.html_url,
			createdAt: alert.created_at,
		}));
	};

	const builds = async (repository: string, signal: AbortSignal): Promise<readonly Build[]> => {
		const {workflow_runs: all} = await api(repository, {
			path: `actions/runs?branch=${encodeURIComponent(options.branch)}&exclude_pull_requests=true&per_page=100`,
			schema: runs,
			forbidden: 'the log-in needs read access to Actions: gh auth refresh -s repo',
			signal,
		});
		const newest = new Map<number, Build>();
		// Newest first; one that still runs says nothing yet.
		for (const run of all) {
			if (run.status !== 'completed' || newest.has(run.workflow_id)) continue;
			newest.set(run.workflow_id, {
				repository,
				workflow: run.name ?? String(run.workflow_id),
				branch: run.head_branch ?? options.branch,
				conclusion: run.conclusion ?? 'unknown',
				url: run.html_url,
				at: run.updated_at,
			});
		}
		return [...newest.values()];
	};

	return {
		repositories: options.repositories,
		async read(signal) {
			const reads = options.repositories.flatMap((repository) => [
				{
					what: `Vulnerabilities of ${repository}`,
					read: async () => ({vulnerabilities: await vulnerabilities(repository, signal), builds: []}),
				},
				{what: `Builds of ${repository}`, read: async () => ({vulnerabilities: [], builds: await builds(repository, signal)})},
			]);
			const settled = await Promise.allSettled(reads.map(({read}) => read()));
			signal.throwIfAborted();
			const missing: string[] = [];
			const found: {vulnerabilities: Vulnerability[]; builds: Build[]} = {vulnerabilities: [], builds: []};
			let first: SourceError | undefined;
			for (const [index, result] of settled.entries()) {
				if (result.status === 'fulfilled') {
					found.vulnerabilities.push(...result.value.vulnerabilities);
					found.builds.push(...result.value.builds);
					continue;
				}
				if (!(result.reason instanceof SourceError)) throw result.reason;
				first ??= result.reason;
				const advice = result.reason.advice === undefined ? '' : ` (${result.reason.advice})`;
				missing.push(`${reads[index]?.what ?? 'GitHub'}: ${result.reason.message}${advice}`);
			}
			if (first && missing.length === reads.length) throw first;
			return {...found, ...(missing.length > 0 ? {missing} : {})};
		},
	};
}
