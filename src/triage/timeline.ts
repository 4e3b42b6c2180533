/** Deploys, releases, alerts and errors on one axis, from the readings that are available. Pure. */
import {postWords, type Sent} from '../round/incident/announced.ts';
import {plural} from '../base/figures.ts';
import type {Alert} from '../ports/alert-source.ts';
import type {Issue, Release} from '../ports/issue-source.ts';
import type {Pod} from '../ports/pod-source.ts';

export interface Happening {
	readonly kind: 'deploy' | 'release' | 'alert' | 'error' | 'message';
	/** Epoch milliseconds. */
	readonly at: number;
	readonly text: string;
	/** It is still ongoing. */
	readonly lasts?: true;
}

export interface Timeline {
	/** Epoch milliseconds, both. */
	readonly from: number;
	readonly to: number;
	/** Oldest first. Includes events before `from`, which are not on the axis. */
	readonly happenings: readonly Happening[];
	/** Why there are no releases, one sentence; absent if they were read. */
	readonly missing?: string;
	/** Share of 5xx over the time, oldest first. */
	readonly errors: readonly {readonly at: number; readonly value: number}[];
}

export interface TimelineReadings {
	readonly pods?: readonly Pod[] | undefined;
	readonly issues?: readonly Issue[] | undefined;
	readonly releases?: readonly Release[] | undefined;
	readonly releasesMissing?: string | undefined;
	readonly alerts?: readonly Alert[] | undefined;
	/** What was announced. */
	readonly messages?: readonly Sent[] | undefined;
	/** The share of 5xx, as the logs check read it. */
	readonly trend?: Timeline['errors'] | undefined;
}

const hour = 3_600_000;
const day = 24 * hour;
/** Problems further apart than this belong to different incidents. */
const quiet = 3 * hour;
/** A release and the roll-outs of its services follow each other closer than this. */
const together = hour / 2;

/** `api:1.42.0` of `registry.example.com/api:1.42.0@sha256:…`. */
function shortImage(image: string): string {
	return (
		image
			.replace(/@sha256:[0-9a-f]+$/, '')
			.split('/')
			.at(-1) ?? image
	);
}

/**
 * Pods of one owner with the same images were rolled out when the oldest of them was created. Pods without an owner and
 * pods of Jobs are ignored: they say nothing about a deploy. A pod that only moved is younger than the others.
 */
function deploysOf(pods: readonly Pod[]): readonly Happening[] {
	const groups = Map.groupBy(
		pods.filter(({owner}) => owner !== undefined && !owner.startsWith('Job/')),
		({owner = '', containers}) => `${owner} ${containers.map(({image}) => image).join(' ')}`,
	);
	return [...groups.values()].flatMap(([first, ...others]): readonly Happening[] => {
		const created = [first, ...others].map((pod) => pod?.createdAt ?? Number.NaN);
		const at = Math.min(...created);
		if (!first || Number.isNaN(at)) return [];
		const owner = first.owner?.replace(/^ReplicaSet\//, '') ?? '';
		return [{kind: 'deploy', at, text: `${first.containers.map(({image}) => shortImage(image)).join(', ')} (${owner})`}];
	});
}

function releaseText({version, projects, newIssues}: Release): string {
	const issues = newIssues === 0 ? '' : `, ${plural(newIssues, 'new issue')}`;
	return `${version} of ${projects.join(', ')}${issues}`;
}

/** When the newest group of events began: groups are separated by gaps longer than `gap`. */
function beginningOf(happenings: readonly Happening[], gap: number): number | undefined {
	const [newest, ...older] = happenings.map(({at}) => at).sort((a, b) => b - a);
	let began = newest;
	for (const at of older) {
		if (began === undefined || began - at > gap) break;
		began = at;
	}
	return began;
}

/**
 * The axis runs from the deploy before the newest problems to `now` (epoch milliseconds), at least the last hour. Older
 * problems of the last day, and a much earlier deploy, are listed but do not stretch the axis.
 */
export function timelineOf(
	{pods = [], issues = [], releases = [], releasesMissing, alerts = [], messages = [], trend = []}: TimelineReadings,
	now: number,
): Timeline {
	const recent = ({at}: {readonly at: number}) => at >= now - day && at <= now;
	const released = releases.map((release): Happening => ({kind: 'release', at: release.at, text: releaseText(release)}));
	const deploys = [...deploysOf(pods), ...released].filter(recent);
	const trouble: readonly Happening[] = [
		...alerts
			.filter(({state}) => state === 'firing')
			.map(({name, startedAt}): Happening => ({kind: 'alert', at: startedAt, text: name, lasts: true})),
		...issues.map(({title, firstSeen}): Happening => ({kind: 'error', at: firstSeen, text: title})),
	].filter(recent);
	const told = messages.map(({at, system, post}): Happening => ({kind: 'message', at, text: `${postWords[post.kind]} (${system})`}));
	const first = Math.min(now - hour, beginningOf(trouble, quiet) ?? now);
	const before = beginningOf(
		deploys.filter(({at}) => at <= first),
		together,
	);
	const earliest = before !== undefined && first - before <= quiet ? before : first;
	// A margin, so that the first mark is not at the edge.
	const from = Math.max(now - day, earliest - (now - earliest) * 0.05);
	const deployedSince = Math.min(from, before ?? now);
	return {
		from,
		to: now,
		happenings: [...deploys.filter(({at}) => at >= deployedSince), ...trouble, ...told.filter(recent)].sort((a, b) => a.at - b.at),
		...(releasesMissing === undefined ? {} : {missing: releasesMissing}),
		errors: trend.filter(({at, value}) => at >= from && at <= now && Number.isFinite(value)),
	};
}
