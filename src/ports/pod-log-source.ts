/** The last lines of a cluster's logs. */
import type {LogFeed, LogSelection} from './log-feed.ts';

export interface LogLine {
	readonly pod: string;
	readonly container: string;
	/** Server's timestamp, epoch milliseconds. */
	readonly at?: number;
	readonly text: string;
}

export interface LogSource {
	/** The recent lines of all pods of the namespace, oldest first; bounded by both numbers per container. */
	readonly recent: (options: {
		readonly sinceSeconds: number;
		readonly tailLines: number;
		/** At most this many pods of each controller, where a sample of its pods will do; all of them where absent. */
		readonly podsPerController?: number;
		/** Told of each container whose lines could not be read, or not all of them, with one sentence why. */
		readonly onSkipped?: (skipped: {readonly pod: string; readonly container: string; readonly error: string}) => void;
		readonly signal: AbortSignal;
	}) => Promise<readonly LogLine[]>;
	/** What of the cluster's logs is to be followed, or read once. */
	readonly feed: (selection: LogSelection) => LogFeed;
}
