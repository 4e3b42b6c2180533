/** What a PUT may change of an issue, kept for as long as the server runs. */
import * as z from 'zod';
import type {World} from '../kit/world.ts';
import {figuresOf, people, projects, type IssuePlan} from './issues.ts';
import type {Actor, SentryIssue} from './sentry-wire.ts';

export const changeSchema = z.object({
	status: z.enum(['unresolved', 'resolved', 'ignored', 'resolvedInNextRelease']).optional(),
	substatus: z.enum(['new', 'ongoing', 'escalating', 'regressed', 'archived_until_escalating', 'archived_forever']).nullish(),
	statusDetails: z.record(z.string(), z.unknown()).optional(),
	assignedTo: z.string().nullish(),
	priority: z.enum(['low', 'medium', 'high']).optional(),
	inbox: z.boolean().optional(),
	hasSeen: z.boolean().optional(),
});
export type Change = z.infer<typeof changeSchema>;

/** `user:101`, `team:7`, an e-mail address or an id; empty takes the assignment away; undefined where there is no such actor. */
export function actorOf(text: string): Actor | null | undefined {
	if (text === '') return null;
	return Object.values<Actor>(people).find(
		(actor) => `${actor.type}:${actor.id}` === text || actor.email === text || actor.id === text || `#${actor.name}` === text,
	);
}

/** The plan after a change, and whether it still waits for review. */
export function changed(plan: IssuePlan, change: Change): IssuePlan {
	const status = change.status === 'resolvedInNextRelease' ? 'resolved' : (change.status ?? plan.status);
	const assignedTo = change.assignedTo === undefined ? plan.assignedTo : (actorOf(change.assignedTo ?? '') ?? null);
	const substatus =
		change.substatus ??
		(status === 'unresolved' ? (plan.substatus ?? 'ongoing') : status === 'ignored' ? 'archived_until_escalating' : null);
	return {
		...plan,
		status,
		substatus,
		assignedTo,
		priority: change.priority ?? plan.priority,
		// Whoever takes an issue, or settles it, has looked at it.
		forReview: plan.forReview && change.inbox !== false && status === 'unresolved' && assignedTo === plan.assignedTo,
	};
}

/** The issue as sent at `at`; `url` is the server's own. */
export function issueOf(
	world: World,
	plan: IssuePlan,
	context: {readonly at: number; readonly url: string; readonly organization: string; readonly inbox: boolean},
): SentryIssue {
	const {stats, count, userCount, lastSeenAt} = figuresOf(world, plan, context.at);
	const title = `${plan.type}: ${plan.value}`;
	return {
		id: plan.id,
		shortId: plan.shortId,
		title,
		culprit: plan.culprit,
		permalink: `${context.url}/organizations/${context.organization}/issues/${plan.id}/`,
		logger: null,
		level: plan.level,
		status: plan.status,
		statusDetails: {},
		substatus: plan.substatus,
		isPublic: false,
		platform: projects[plan.project].platform,
		project: projects[plan.project],
		type: 'error',
		metadata: {title, value: plan.value, type: plan.type, filename: 'src/checkout.ts'},
		numComments: 0,
		assignedTo: plan.assignedTo,
		isBookmarked: false,
		isSubscribed: false,
		subscriptionDetails: null,
		hasSeen: !plan.forReview,
		annotations: [],
		issueType: 'error',
		issueCategory: 'error',
		priority: plan.priority,
		priorityLockedAt: null,
		isUnhandled: plan.unhandled,
		count: String(count),
		userCount,
		firstSeen: new Date(plan.firstSeenAt).toISOString(),
		lastSeen: new Date(lastSeenAt).toISOString(),
		stats: {'24h': stats},
		...(context.inbox && {
			inbox: plan.forReview ? {reason: 0, reason_details: null, date_added: new Date(plan.firstSeenAt).toISOString()} : null,
		}),
	};
}
