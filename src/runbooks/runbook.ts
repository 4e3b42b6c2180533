/** A runbook: a markdown file with front matter. */
export interface Runbook {
	/** File name without `.md`. */
	readonly id: string;
	readonly title: string;
	/** Absolute path; embedded ones live inside the package. */
	readonly path: string;
	readonly embedded: boolean;
	readonly checks: readonly string[];
	/** Patterns, without regard to case, of what it is for: alert names, pod reasons, log lines, Sentry titles. */
	readonly matches: readonly RegExp[];
	readonly services: readonly string[];
	readonly owner?: string;
	readonly contacts: readonly string[];
	readonly links: readonly {readonly title: string; readonly url: string}[];
	/** ISO date. */
	readonly lastReviewedOn?: string;
	/** How long a review holds, milliseconds. */
	readonly reviewInMs?: number;
	/** Body without the front matter. */
	readonly markdown: string;
}
