/** Sentry's releases, through its REST API: what was rolled out of the projects, and when. */
import * as z from 'zod';
import type {Release} from '../../ports/issue-source.ts';
import type {JsonClient, Query} from '../http/request.ts';
import {date} from './sentry-date.ts';

const release = z.object({
	version: z.string(),
	shortVersion: z.string().nullish(),
	dateCreated: date,
	dateReleased: date.nullish(),
	newGroups: z.number().nullish(),
	projects: z.array(z.object({id: z.coerce.string().nullish(), slug: z.string()})),
	lastDeploy: z.object({environment: z.string(), dateFinished: date.nullish()}).nullish(),
});
const releaseList = z.array(release);
type WireRelease = z.infer<typeof release>;

export interface ReleasesScope {
	/** Slugs or ids; all that the token sees where empty. */
	readonly projects: readonly string[];
	/** Sentry's own name of the environment. */
	readonly environment?: string | undefined;
}

/** One page, newest first: more than a day's, and the time line reaches back a day. */
const pageSize = '100';

/** This endpoint takes numbers as `project` and slugs as `projectSlug`, and only one of the two in one request. */
function projectQuery(projects: readonly string[]): Query {
	const numbers = projects.filter((project) => /^-?\d+$/.test(project));
	if (numbers.length > 0 && numbers.length < projects.length) return [];
	return projects.map((project) => [numbers.length > 0 ? 'project' : 'projectSlug', project] as const);
}

/** When it went live, as far as Sentry was told: its deploy to the environment, else its date of release, else when it was made. */
function liveAt({lastDeploy, dateReleased, dateCreated}: WireRelease, environment: string | undefined): number {
	const deployed = environment === undefined || lastDeploy?.environment === environment ? lastDeploy?.dateFinished : undefined;
	return deployed ?? dateReleased ?? dateCreated;
}

/** Reads the newest releases with the token's `project:read`. */
export async function readReleases(
	client: JsonClient,
	{organization, scope, signal}: {readonly organization: string; readonly scope: ReleasesScope; readonly signal: AbortSignal},
): Promise<readonly Release[]> {
	const {projects, environment} = scope;
	const {data} = await client.get(`api/0/organizations/${organization}/releases/`, {
		query: [
			['per_page', pageSize],
			['sort', 'date'],
			...projectQuery(projects),
			...(environment === undefined ? [] : [['environment', environment] as const]),
		],
		schema: releaseList,
		signal,
	});
	const ours = ({projects: of}: WireRelease) =>
		projects.length === 0 || projects.includes('-1') || of.some(({id, slug}) => projects.includes(slug) || (id && projects.includes(id)));
	return data.filter(ours).map((each) => ({
		version: each.shortVersion || each.version,
		at: liveAt(each, environment),
		projects: each.projects.map(({slug}) => slug),
		newIssues: each.newGroups ?? 0,
	}));
}
