/**
 * The port between what delivers log lines (a cluster, a file, a command, a log server) and what keeps them.
 * A feed delivers streams; every stream delivers whole lines in its own order, notes about itself, and its state.
 * Times are epoch milliseconds with a fraction; NaN where a line tells no time.
 */

export interface StreamInfo {
	/** Unique among all streams ever: `eu-1/checkout-prod/UID/app/containerd://81f2…`, `file:/var/log/app.log`. */
	readonly key: string;
	/** As a person calls it: the pod's name, the file's path, the command. */
	readonly name: string;
	readonly context?: string;
	readonly namespace?: string;
	readonly pod?: string;
	readonly container?: string;
	/** It gives its lines as a server comes to know of them: one that is late belongs where its time says, also in a stream on its own. */
	readonly isByTime?: true;
}

/** Silence is no state: a live stream without lines is quiet, and how long is known from its last line. */
export type StreamState =
	/** Waits for a place: the server allows only so many streams at once. */
	| {readonly kind: 'queued'}
	| {readonly kind: 'connecting'}
	/** `since` is the last proof of life: the server answered, or a line came. */
	| {readonly kind: 'live'; readonly since: number}
	| {readonly kind: 'reconnecting'; readonly since: number; readonly retryAt: number; readonly error: string}
	/** Nothing more will come; `why` in a few words: `container restarted`, `pod deleted`, `end of file`. */
	| {readonly kind: 'ended'; readonly at: number; readonly why: string}
	| {readonly kind: 'denied'; readonly error: string};

/** A row of the program's own among the lines. */
export interface StreamNote {
	/** `gap`: loss cannot be excluded between the times. `mark`: something to know, and no line is missing. */
	readonly kind: 'gap' | 'mark';
	readonly from: number;
	readonly to: number;
	/** Without the stream's name and the times: `cut off by the server, up to 1 s may be missing`. */
	readonly text: string;
}

/** Whole lines of one stream, oldest first. The buffers belong to the receiver only until `lines` returns. */
export interface LineBatch {
	readonly bytes: Uint8Array;
	readonly count: number;
	/** Line i is `bytes[starts[i]]` up to, without, `bytes[ends[i]]`: no time prefix, no line break. */
	readonly starts: Uint32Array;
	readonly ends: Uint32Array;
	readonly times: Float64Array;
}

/** A stream's number within one sink: 0, 1, 2, … in the order of opening. */
export type StreamId = number;

export interface LogSink {
	/** Makes the stream known, or finds the one of that key again; its state is `connecting` until told. */
	readonly open: (stream: StreamInfo) => StreamId;
	readonly lines: (stream: StreamId, batch: LineBatch) => void;
	readonly note: (stream: StreamId, note: StreamNote) => void;
	readonly state: (stream: StreamId, state: StreamState) => void;
	/** The stream's history has all been delivered: what comes now is new. */
	readonly caughtUp: (stream: StreamId) => void;
	/**
	 * Undefined where there is room for more lines, else resolves when all there is has been taken: for sources that lose nothing by waiting
	 * (a file, a pipe). Absent where there always is.
	 */
	readonly room?: () => Promise<void> | undefined;
	/** One sentence about the feed as a whole (`12 streams wait for a place`); undefined takes it back. */
	readonly notice: (text: string | undefined) => void;
}

export interface LogFeed {
	/** What is looked at: `deploy/api in checkout-prod`. */
	readonly title: string;
	/** Begins to deliver. Throws a UserError or SourceError only for what can never work; all else is told as states and notes. */
	readonly start: (sink: LogSink) => Promise<void>;
	/** Resolves when nothing more will come by itself (a file without follow, a pipe that closed); never for one that follows on. */
	readonly finished: Promise<void>;
	readonly stop: () => Promise<void>;
}

/** Which streams of a cluster, and which part of their past. */
export interface LogSelection {
	/** Contexts of the kubeconfig; the environment's own where empty. */
	readonly contexts: readonly string[];
	/** The environment's own where empty. */
	readonly namespaces: readonly string[] | 'all';
	/** Regular expression that the pod's name must contain; every pod where absent. */
	readonly pods?: string;
	/** Exact pod names, where they are known. */
	readonly podNames?: readonly string[];
	readonly excludePods?: string;
	/** `deploy/api`, `sts/db`, `ds/agent`, `job/import`, `rs/…`, `svc/api`, `po/NAME`. */
	readonly workloads: readonly string[];
	/** Label selector as kubectl's `-l`. */
	readonly selector?: string;
	/** Regular expressions on the container's name; init containers too. */
	readonly containers?: string;
	readonly excludeContainers?: string;
	/** From that time on (epoch milliseconds). With `newest` too: whichever shows more. */
	readonly from?: number;
	/** At most that many of each stream's newest lines; with `from` too: whichever shows more. */
	readonly newest?: number;
	/** Previous container of each pod (as `kubectl logs --previous`). */
	readonly previous: boolean;
	readonly follow: boolean;
}
