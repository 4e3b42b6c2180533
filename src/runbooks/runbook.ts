/** A runbook: a markdown file with front matter. */
export interface Runbook {
	/** File name without `.md`. */
	readonly id: string;
	readonly title: string;
	/** Absolute path; embedded ones live inside the package. */
	readonly path: string;
	readonly embedded: boolean;
	readonly checks: readonly string[];
	readonly owner?: string;
	/** ISO date. */
	readonly lastReviewedOn?: string;
	/** Body without the front matter. */
	readonly markdown: string;
}
