/**
 * A check is one item of the checklist: it reads its source and judges what it got.
 * To add one: a file here that calls `defineCheck`, a line in index.ts, a runbook in runbooks/, a pane in views/panes/.
 */
import type * as z from 'zod';
import type {Environment, Service} from '../../service/service.ts';
import type {Sources} from '../../ports/sources.ts';
import type {Liveness} from '../../ports/liveness.ts';
import type {Clock} from '../../ports/clock.ts';
import type {Status} from '../../base/status.ts';
import type {Baseline} from '../../base/baseline.ts';

/** The four responsibilities of the person on rotation; each check serves one. */
export type Responsibility = 'integrity' | 'security' | 'performance' | 'alert noise';
export type Cadence = 'daily' | 'weekly' | 'monthly';

/** One thing that is (or is not) as it should be; `text` quotes the figure and the normal next to it. */
export interface Reason {
	readonly status: Status;
	/** What it is about: a pod, a URL, a database. */
	readonly subject: string;
	readonly text: string;
	/** Neither fine nor trouble now, as a silenced alert or what no one could tell: nothing about it is green. */
	readonly apart?: true;
}

/** A fact worth carrying into the triage, the entry and the report. */
export interface Evidence {
	/** Stable within a check: the same row pinned twice is one piece of evidence. */
	readonly id: string;
	readonly check: string;
	readonly text: string;
	readonly url?: string;
	/** Epoch milliseconds when it was seen. */
	readonly at: number;
}

/** The judgement of a reading. */
export interface Finding {
	readonly status: Status;
	/** One line, what matters first: `2 of 38 failing, 1 restarts too often`. */
	readonly summary: string;
	/** A few words for the checklist and the ops log's line: `pods 2/38 failing`. */
	readonly short: string;
	/** Most urgent first. */
	readonly reasons: readonly Reason[];
	readonly evidence: readonly Evidence[];
}

/** A named value of a reading that is compared with other days': a figure, of which more is worse, or a version. */
export interface Fact {
	/** The same from day to day: `5xx`, `p95 /api/search`, `image api`. */
	readonly id: string;
	readonly value: number | string;
	/** Of a figure. */
	readonly unit?: 'ratio' | 'ms' | 'count';
	/** Since when it has been so, epoch milliseconds. */
	readonly since?: number;
}

/** What the records of earlier rounds of the same service and environment tell. */
export interface EarlierRounds {
	/** What the figure usually is at the weekday and hour of `at`. Never rejects. */
	readonly usual: (of: {readonly check: string; readonly fact: string; readonly at: number}) => Promise<Baseline>;
}

export interface CheckContext<Options> {
	readonly id: string;
	readonly service: Service;
	readonly environment: Environment;
	readonly options: Options;
	readonly sources: Sources;
	/** Absent where no record is kept. */
	readonly earlier?: EarlierRounds | undefined;
	readonly clock: Clock;
	readonly signal: AbortSignal;
}

export interface JudgeContext<Options> {
	readonly id: string;
	readonly options: Options;
	/** Epoch milliseconds. */
	readonly now: number;
}

/** Emits a fresh reading each time the source changes. */
export interface LiveHandlers<Data> {
	readonly onData: (data: Data) => void;
	readonly onLiveness: (liveness: Liveness) => void;
	readonly onError: (error: Error) => void;
}

export interface Check<Data = unknown, Options = unknown> {
	/** Its name in rounds.yaml; also the default id. */
	readonly kind: string;
	readonly title: string;
	/** Why it matters, one sentence. */
	readonly why: string;
	/** How to read it and what to do, the tips shown next to the pane. */
	readonly tips: readonly string[];
	readonly serves: Responsibility;
	readonly cadence: Cadence;
	/** File name without `.md` in runbooks/. */
	readonly runbook: string;
	/** No machine can judge it: headless runs leave it out unless it is asked for by id, and the walk suggests no verdict. */
	readonly byEye?: true;
	/** Where the data comes from, as a person says it. */
	readonly source: string;
	/** Thresholds and queries of rounds.yaml, with sound defaults. */
	readonly options: z.ZodType<Options>;
	/** How often to read again while the operator is there, milliseconds. */
	readonly everyMs: number;
	/** Longest a reading may take, milliseconds. */
	readonly timeoutMs: number;
	/** Whether the configuration holds what it needs; a check not listed in rounds.yaml joins the round only then. */
	readonly configured: (context: Pick<CheckContext<Options>, 'service' | 'environment' | 'sources'>) => boolean;
	/** Reads once. Throws SourceError; `not-configured` where its source is absent. */
	readonly read: (context: CheckContext<Options>) => Promise<Data>;
	/** Follows the source instead of asking again; only where the source can push. */
	readonly follow?: (context: CheckContext<Options>, handlers: LiveHandlers<Data>) => {readonly stop: () => void};
	/** Pure. */
	readonly judge: (data: Data, context: JudgeContext<Options>) => Finding;
	/** What `rounds check --format json` shows as `data`; the reading itself where absent. Pure. */
	readonly toJson?: (data: Data, now: number) => unknown;
	/** What of a reading is compared with other days'. Pure. */
	readonly facts?: (data: Data) => readonly Fact[];
}

/** Types a check from its own parts. */
export function defineCheck<Data, Options>(check: Check<Data, Options>): Check<Data, Options> {
	return check;
}

/** A check as this round makes it: from the registry, with the team's own id, title and options. */
export interface ConfiguredCheck {
	readonly id: string;
	readonly title: string;
	readonly check: Check;
	readonly options: unknown;
	readonly cadence: Cadence;
	readonly runbook: string;
	readonly everyMs: number;
	readonly timeoutMs: number;
}

/** What one run of a check got. */
export type Reading =
	| {readonly data: unknown; readonly startedAt: number; readonly durationMs: number}
	| {readonly error: ReadingError; readonly startedAt: number; readonly durationMs: number};

export interface ReadingError {
	readonly kind: string;
	readonly message: string;
	readonly advice?: string;
}

/** Where a check is now; one store of these per check. */
export interface CheckRun {
	readonly id: string;
	/** `running` also while an older reading is still shown. */
	readonly phase: 'waiting' | 'running' | 'done';
	/** The newest good reading, kept when a later one fails (then `error` is set and it is stale). */
	readonly reading?: {readonly data: unknown; readonly startedAt: number; readonly durationMs: number};
	/** Of the newest attempt: `unknown` when it failed. */
	readonly finding?: Finding;
	readonly error?: ReadingError;
	/** When the next attempt starts, epoch milliseconds. */
	readonly nextAt?: number;
	readonly liveness?: Liveness | undefined;
}
