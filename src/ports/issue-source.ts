/** Errors of the application, grouped to issues, and its releases. */

export interface Issue {
	readonly id: string;
	readonly shortId: string;
	readonly title: string;
	readonly culprit?: string;
	readonly url: string;
	readonly project: string;
	readonly level: string;
	readonly priority?: 'low' | 'medium' | 'high';
	/** `new`, `ongoing`, `escalating`, `regressed`, … */
	readonly substatus?: string | undefined;
	readonly count: number;
	readonly users: number;
	readonly firstSeen: number;
	readonly lastSeen: number;
	readonly unhandled: boolean;
	readonly assignee?: string;
	/** No one has looked at it yet: it is in Sentry's “For Review”. */
	readonly forReview?: boolean;
	/** Events per hour of the last 24 h, oldest first; the last one is still filling. */
	readonly hourly: readonly number[];
}

export interface IssueSource {
	/** Unresolved issues of the last 24 h: for review, new, regressed, escalating first; `truncated` when there were more than read. */
	readonly unresolved: (
		signal: AbortSignal,
	) => Promise<{readonly issues: readonly Issue[]; readonly truncated: boolean; readonly url: string}>;
	/** The newest releases of the projects, newest first. */
	readonly releases: (signal: AbortSignal) => Promise<readonly Release[]>;
}

/** A version that was rolled out, as the error tracker was told. */
export interface Release {
	readonly version: string;
	/** When it went live, epoch milliseconds. */
	readonly at: number;
	readonly projects: readonly string[];
	/** Issues first seen in it. */
	readonly newIssues: number;
}
