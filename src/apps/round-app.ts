/**
 * What the screens see of the program. The composition root below is the only place that wires
 * config -> adapters -> stores -> effects.
 */
import type {CheckRun, ConfiguredCheck, Evidence} from '../checks/kit/check.ts';
import type {Environment, Service} from '../service/service.ts';
import type {Memory} from '../ops-log/memory/memory.ts';
import type {Question} from '../ops-log/memory/seen-before.ts';
import type {PastAnomaly} from '../round/investigation/past-anomaly.ts';
import type {AnnouncementRequest} from '../round/incident/incident-message.ts';
import type {Act} from '../round/outside/act.ts';
import type {OutsideOutcome, OutsideWrite} from '../round/outside/outside-write.ts';
import type {RowTarget} from '../round/outside/target.ts';
import type {TicketRequest} from '../outside/ticket/ticket.ts';
import type {Clock} from '../ports/clock.ts';
import type {RoundEvent, RoundState} from '../round/round.ts';
import type {RunBlock} from '../runbooks/blocks/run-block.ts';
import type {Runbook} from '../runbooks/runbook.ts';
import type {RunbookHit} from '../runbooks/search-runbooks.ts';
import type {HeadingPlace} from '../runbooks/wrong-step.ts';
import type {Store} from '../base/store.ts';
import type {LogLook, TailApp} from './tail-app.ts';
import type {PlannedWrite, WriteResult} from '../ops-log/closing-write.ts';
import type {OpenRound} from '../round/kept/open-round.ts';

export interface App {
	readonly clock: Clock;
	readonly service: Service;
	readonly environment: Environment;
	readonly operator: string;
	/** Kubernetes context or cluster name for the status bar. */
	readonly cluster: string | undefined;
	readonly demo: string | undefined;
	readonly readOnly: boolean;
	readonly checks: readonly ConfiguredCheck[];
	/** One store per check id. */
	readonly runs: ReadonlyMap<string, Store<CheckRun>>;
	readonly round: Store<RoundState>;
	/** Rounds to continue with or to be told of, found at start; empty once decided. */
	readonly openRounds: Store<readonly OpenRound[]>;
	/** One-line messages for the footer (`copied`, `cannot open the browser: …`); cleared by the next key. */
	readonly notice: Store<string | undefined>;
	/** Starts the checks and, without open rounds, the round. */
	readonly start: () => void;
	/** Applies the event. A confirmed step is on disk when it returns, the cursor and what is typed a moment later. */
	readonly dispatch: (event: RoundEvent) => void;
	/** Has the cursor and what is typed on disk when it returns: the program ends. Never throws. */
	readonly flush: () => void;
	readonly refresh: (check: string) => void;
	/** Answers an open round: continue with it, take it over (join the day), or begin again next to it. */
	readonly resume: (open: OpenRound) => void;
	readonly beginAfresh: () => void;
	/** The runbook for how a check is; `row` is what the row under the cursor says, and is closer than the check's own. */
	readonly runbookOf: (check: string, row?: string) => Runbook | undefined;
	/** All of them, the team's first; another array once one was changed. */
	readonly runbooks: () => readonly Runbook[];
	/** Best first, at most `limit`; none for a query without a word. */
	readonly findRunbooks: (query: string, limit: number) => readonly RunbookHit[];
	/** Writes a new runbook of that name into the team's directory, never over one that is there; resolves to its path. */
	readonly writeRunbook: (name: string, text: string) => Promise<string>;
	/** Writes a tip, or what is wrong with the step below a heading, into the runbook's file (the team's copy); resolves to its path. */
	readonly extendRunbook: (
		runbook: Runbook,
		addition: {readonly kind: 'tip'; readonly text: string} | ({readonly kind: 'wrong'; readonly text: string} & HeadingPlace),
	) => Promise<string>;
	/** Starts what a block of a runbook holds; only after it was shown and confirmed. */
	readonly runBlock: RunBlock;
	/** A variable of the program's own environment. */
	readonly ownVariable: (name: string) => string | undefined;
	/** Appends a tip to the check's runbook (the team's copy); resolves to where it went. */
	readonly addTip: (check: string, text: string) => Promise<string>;
	/** Opens live logs of the cluster; what is pinned there is pinned to that check. Undefined where no cluster is configured. */
	readonly openLogs: ((look: LogLook, check: string) => TailApp) | undefined;
	readonly outside: {
		/** What can be done to the row in its own system. */
		readonly acts: (target: RowTarget | undefined) => readonly Act[];
		/** Sends what was confirmed, marked in the round before and after; refused by --read-only. Never throws. */
		readonly send: (write: OutsideWrite, step: string) => Promise<OutsideOutcome>;
	};
	/** Writing a ticket in the team's tracker, as something that `outside.send` sends. */
	readonly tickets: {readonly act: (request: TicketRequest) => Act};
	/** Announcing that users are affected, how it goes and that it is over, as things that `outside.send` sends. */
	readonly announcements: {readonly acts: (request: AnnouncementRequest) => readonly Act[]};
	readonly open: (url: string) => void;
	readonly copy: (text: string) => void;
	/** Edits text in $EDITOR; resolves to the new text. The caller suspends the screen around it. */
	readonly edit: (text: string) => Promise<string>;
	/** The entry as it will be in the file (the edited one where there is one). */
	readonly entry: () => string;
	/** Undefined where the edited entry parses; else what is wrong with it. */
	readonly entryProblem: (text: string) => string | undefined;
	readonly plannedWrites: () => readonly PlannedWrite[];
	/** Performs one planned write. */
	readonly write: (id: PlannedWrite['id']) => Promise<WriteResult>;
	readonly evidenceOf: (check: string) => readonly Evidence[];
	/** What the ops log and the records tell of earlier rounds; read in the background, and empty until then. */
	readonly memory: Store<Memory>;
	/** At most five past anomalies like this one, best first; cheap enough for every key. */
	readonly seenBefore: (question: Question) => readonly PastAnomaly[];
	/** Set where a past round is shown again: when it was, epoch milliseconds. Nothing can be changed then. */
	readonly replayOf?: number;
	/** Stops checks, servers and journal; the screen is gone by then. */
	readonly stop: () => Promise<void>;
}

/** What a full screen shows: the round, or live logs on their own. */
export type Opened = {readonly kind: 'round'; readonly app: App} | {readonly kind: 'tail'; readonly app: TailApp};
