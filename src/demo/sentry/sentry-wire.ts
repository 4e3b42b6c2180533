/** Sentry's issue as its REST API sends it (docs.sentry.io, "List an Organization's Issues"); Sentry has no types of its own for it. */

export type Level = 'sample' | 'debug' | 'info' | 'warning' | 'error' | 'fatal' | 'unknown';
export type Substatus = 'new' | 'ongoing' | 'escalating' | 'regressed' | 'archived_until_escalating' | 'archived_forever';

export interface Actor {
	readonly type: 'user' | 'team';
	readonly id: string;
	readonly name: string;
	readonly email?: string;
}

export interface SentryIssue {
	readonly id: string;
	readonly shortId: string;
	readonly title: string;
	readonly culprit: string;
	readonly permalink: string;
	readonly logger: null;
	readonly level: Level;
	readonly status: 'unresolved' | 'resolved' | 'ignored';
	readonly statusDetails: Readonly<Record<string, unknown>>;
	readonly substatus: Substatus | null;
	readonly isPublic: boolean;
	readonly platform: string;
	readonly project: {readonly id: string; readonly name: string; readonly slug: string; readonly platform: string};
	readonly type: 'error';
	readonly metadata: {readonly title: string; readonly value: string; readonly type: string; readonly filename: string};
	readonly numComments: number;
	readonly assignedTo: Actor | null;
	readonly isBookmarked: boolean;
	readonly isSubscribed: boolean;
	readonly subscriptionDetails: null;
	readonly hasSeen: boolean;
	readonly annotations: readonly [];
	readonly issueType: 'error';
	readonly issueCategory: 'error';
	readonly priority: 'low' | 'medium' | 'high' | null;
	readonly priorityLockedAt: null;
	readonly isUnhandled: boolean;
	/** A string, as SentrPress y to send. */
	readonly count: string;
	readonly userCount: number;
	readonly firstSeen: string;
	readonly lastSeen: string;
	/** `[epochSeconds, events]` per hour, the last one still filling. */
	readonly stats: Readonly<Record<string, readonly (readonly [number, number])[]>>;
	/** Only with `expand=inbox`. */
	readonly inbox?: {readonly reason: number; readonly reason_details: null; readonly date_added: string} | null;
}
