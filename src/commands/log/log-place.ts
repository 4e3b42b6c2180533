/** What a rounds.yaml says of its ops log. */
import type {KnownCheck} from '../../ops-log/mentions.ts';

/** What a rounds.yaml says of its ops log. */
export interface LogPlace {
	/** Absolute. */
	readonly path: string;
	/** Directory of the records, absolute. */
	readonly records: string;
	readonly checks: readonly KnownCheck[];
}

export interface OpsLog extends LogPlace {
	/** As a person in this directory would type it. */
	readonly shown: string;
}
