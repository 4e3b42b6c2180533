/** The company's releases as `GET …/releases/` lists them (docs.sentry.io, "List an Organization's Releases"). */
import type {World} from '../kit/world.ts';
import {projects, type IssuePlan} from './issues.ts';

const hour = 3_600_000;

export interface ReleasePlan {
	readonly version: string;
	readonly project: keyof typeof projects;
	/** When the build told Sentry of it, and when it was live; epoch milliseconds. */
	readonly createdAt: number;
	readonly deployedAt: number;
}

/** The newest release and the one before it, of the service that was rolled out. */
export function planReleases({story}: World): readonly ReleasePlan[] {
	const {version, previous, deployedAt} = story.release;
	const told = (of: string, at: number): ReleasePlan => ({
		version: of,
		project: 'checkout-api',
		createdAt: at - 6 * 60_000,
		deployedAt: at,
	});
	return [told(version, deployedAt), told(previous, deployedAt - 52 * hour)];
}

const iso = (at: number) => new Date(at).toISOString();

/** The release as sent at `at`, with what was first seen in it. */
export function releaseOf(
	{version, project, createdAt, deployedAt}: ReleasePlan,
	{at, issues}: {readonly at: number; readonly issues: readonly IssuePlan[]},
): object {
	const {id, name, slug, platform} = projects[project];
	const ofIt = issues.filter((issue) => issue.release === version && issue.project === project && issue.firstSeenAt >= deployedAt);
	const deployed = deployedAt <= at;
	return {
		id: Math.floor(createdAt / 1000),
		version,
		shortVersion: version,
		status: 'open',
		ref: null,
		url: null,
		dateCreated: iso(createdAt),
		dateReleased: null,
		data: {},
		owner: null,
		authors: [],
		commitCount: 0,
		lastCommit: null,
		newGroups: ofIt.filter(({firstSeenAt}) => firstSeenAt <= at).length,
		deployCount: deployed ? 1 : 0,
		lastDeploy: deployed
			? {id: '1', environment: 'production', dateStarted: iso(deployedAt - 60_000), dateFinished: iso(deployedAt), name: version, url: null}
			: null,
		projects: [{id: Number(id), slug, name, platform, newGroups: ofIt.length, platforms: [platform], hasHealthData: false}],
	};
}
