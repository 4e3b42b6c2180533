/**
 * What the core needs of the world. Adapters implement these; tests give plain fakes.
 * Every method that reads takes an AbortSignal and throws a SourceError where it fails.
 * Times are epoch milliseconds, durations milliseconds, memory bytes, CPU millicores, unless a name says otherwise.
 */
import type {LogFeed, LogSelection} from './log-feed.ts';
import type {Status} from '../base/status.ts';

export interface Clock {
	/** Wall clock, epoch milliseconds. */
	readonly now: () => number;
	/** Resolves after `ms`; rejects with the signal's reason when aborted. */
	readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** A source's proof of life for the status bar and the pane's head. */
export type Liveness =
	| {readonly state: 'connecting'}
	| {readonly state: 'live'; readonly since: number}
	| {readonly state: 'reconnecting'; readonly since: number; readonly retryAt: number; readonly error: string};

// --- HTTP -------------------------------------------------------------------------------------------------------

export interface HttpAnswer {
	readonly url: string;
	/** Status code; absent where nobody answered. */
	readonly status?: number;
	readonly latencyMs: number;
	/** At most 64 KiB of the body, decoded as UTF-8. */
	readonly body?: string;
	readonly contentType?: string;
	/** Days until the TLS certificate ends; absent for plain HTTP. */
	readonly certificateDaysLeft?: number;
	/** One sentence where no answer came: refused, timed out, name not found, certificate wrong. */
	readonly error?: string;
}

export interface HttpProbe {
	/** Never throws for a bad answer: the answer is the data. */
	readonly get: (
		url: string,
		options: {readonly timeoutMs: number; readonly headers?: Readonly<Record<string, string>>; readonly signal: AbortSignal},
	) => Promise<HttpAnswer>;
}

// --- Kubernetes -------------------------------------------------------------------------------------------------

export interface Termination {
	/** `OOMKilled`, `Error`, `Completed`, … */
	readonly reason: string;
	readonly exitCode: number;
	readonly finishedAt?: number;
}

export interface Container {
	readonly name: string;
	readonly image: string;
	readonly restarts: number;
	readonly waiting?: {readonly reason: string; readonly message?: string};
	readonly lastTermination?: Termination;
	readonly cpuRequest?: number;
	readonly cpuLimit?: number;
	readonly memoryRequest?: number;
	readonly memoryLimit?: number;
	/** From metrics.k8s.io; absent without a metrics-server. */
	readonly cpu?: number;
	readonly memory?: number;
}

/** A pod as `kubectl get pods` judges it (printPod), plus what kubectl hides. */
export interface Pod {
	readonly namespace: string;
	readonly name: string;
	readonly uid: string;
	/** READY column, `1/2`. */
	readonly ready: string;
	/** STATUS column. */
	readonly status: string;
	readonly restarts: number;
	/** The date behind `(38s ago)`; absent where kubectl prints none. */
	readonly lastRestartAt?: number;
	readonly createdAt?: number;
	readonly node?: string;
	/** Controller, `ReplicaSet/api-54fb9`. */
	readonly owner?: string;
	readonly labels: Readonly<Record<string, string>>;
	readonly containers: readonly Container[];
}

export interface WarningEvent {
	readonly namespace: string;
	/** `Pod/api-54fb9-n4vkg`. */
	readonly object: string;
	readonly reason: string;
	readonly message: string;
	readonly count: number;
	readonly lastSeen: number;
}

export interface PodList {
	readonly context: string;
	readonly namespace: string;
	readonly pods: readonly Pod[];
	/** False while further pages are on their way. */
	readonly complete: boolean;
	readonly warnings: readonly WarningEvent[];
	/** One sentence where the warning events could not be read, or not all of them. */
	readonly warningsMissing?: string | undefined;
	/** `available`, or one sentence why CPU and memory are missing. */
	readonly metrics: 'available' | {readonly missing: string};
}

export interface PodSource {
	readonly list: (signal: AbortSignal) => Promise<PodList>;
	/** Lists, then follows changes until `stop`; reconnects by itself with back-off. `onList` is called at most ~10 times a second. */
	readonly watch: (handlers: {
		readonly onList: (list: PodList) => void;
		readonly onLiveness: (liveness: Liveness) => void;
		readonly onError: (error: Error) => void;
	}) => {readonly stop: () => void};
}

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

// --- Sentry -----------------------------------------------------------------------------------------------------

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
	readonly substatus?: string;
	readonly count: number;
	readonly users: number;
	readonly firstSeen: number;
	readonly lastSeen: number;
	readonly unhandled: boolean;
	readonly assignee?: string;
	/** Nobody has looked at it yet: it stands in Sentry's “For Review”. */
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

// --- Stripe -----------------------------------------------------------------------------------------------------

export interface Money {
	/** ISO 4217, upper case. */
	readonly currency: string;
	/** In the currency's minor unit, as Stripe sends it. */
	readonly minor: number;
}

export interface StuckWebhook {
	readonly id: string;
	readonly type: string;
	readonly createdAt: number;
	/** Deliveries not yet answered with 2xx. */
	readonly pending: number;
	readonly url: string;
}

export interface WebhookEndpoint {
	readonly id: string;
	readonly endpoint: string;
	readonly enabled: boolean;
	readonly url: string;
}

export interface FailedInvoice {
	readonly id: string;
	readonly number?: string;
	readonly customer?: string;
	readonly kind: 'payment-failed' | 'not-finalised' | 'overdue';
	readonly amount: Money;
	readonly attempts: number;
	readonly nextAttemptAt?: number;
	readonly reason?: string;
	readonly createdAt: number;
	readonly url: string;
}

export interface FailedPayment {
	readonly id: string;
	readonly customer?: string;
	readonly amount: Money;
	readonly reason: string;
	readonly createdAt: number;
	readonly url: string;
}

export interface PaymentReport {
	readonly live: boolean;
	readonly webhooks: readonly StuckWebhook[];
	readonly endpoints: readonly WebhookEndpoint[];
	readonly invoices: readonly FailedInvoice[];
	readonly payments: readonly FailedPayment[];
	/** What could not be read, one sentence each (`Invoices: the key needs read on Invoices`); that part is unknown, not fine. */
	readonly missing?: readonly string[];
	/** Parts of which there was more than was read: `PaymentIntents`. */
	readonly truncated?: readonly string[];
}

export interface PaymentSource {
	/** What failed since `since`; webhooks count as stuck when older than `stuckAfterMs`. */
	readonly failures: (options: {
		readonly since: number;
		readonly stuckAfterMs: number;
		readonly signal: AbortSignal;
	}) => Promise<PaymentReport>;
}

// --- Prometheus, Alertmanager, Grafana --------------------------------------------------------------------------

export interface Sample {
	readonly labels: Readonly<Record<string, string>>;
	/** May be NaN or ±Infinity: Prometheus says so. */
	readonly value: number;
	/** Epoch milliseconds. */
	readonly at: number;
}

export interface Series {
	readonly labels: Readonly<Record<string, string>>;
	readonly points: readonly {readonly at: number; readonly value: number}[];
}

export interface MetricSource {
	/** Base URL, for links. */
	readonly url: string;
	/** Instant query; an empty vector is an empty array and means no data, not 0. */
	readonly query: (promql: string, options: {readonly at?: number; readonly signal: AbortSignal}) => Promise<readonly Sample[]>;
	readonly queryRange: (
		promql: string,
		options: {readonly from: number; readonly to: number; readonly stepMs: number; readonly signal: AbortSignal},
	) => Promise<readonly Series[]>;
}

export interface Alert {
	/** Which system said so: `Alertmanager`, `Prometheus`, `Grafana`. */
	readonly source: string;
	readonly id: string;
	readonly name: string;
	readonly severity?: string;
	readonly state: 'firing' | 'pending' | 'silenced' | 'inhibited';
	readonly summary?: string;
	readonly startedAt: number;
	readonly labels: Readonly<Record<string, string>>;
	readonly runbookUrl?: string;
	readonly url?: string;
	readonly silencedUntil?: number;
}

export interface AlertSource {
	readonly name: string;
	readonly alerts: (signal: AbortSignal) => Promise<readonly Alert[]>;
}

// --- Backups, builds, commands ----------------------------------------------------------------------------------

export interface Backup {
	readonly database: string;
	/** `RDS`, `DynamoDB`, `Cloud SQL`, `pgBackRest`, `command`. */
	readonly system: string;
	readonly lastRestorableAt?: number;
	readonly earliestRestorableAt?: number;
	readonly retentionDays?: number;
	readonly lastBackupAt?: number;
	readonly location?: string;
	/** What the system itself says is wrong. */
	readonly problem?: string;
}

export interface BackupSource {
	readonly database: string;
	readonly read: (signal: AbortSignal) => Promise<Backup>;
}

export interface Vulnerability {
	readonly repository: string;
	readonly id: string;
	readonly package: string;
	readonly severity: 'low' | 'medium' | 'high' | 'critical';
	readonly summary: string;
	readonly url: string;
	readonly createdAt: number;
}

export interface Build {
	readonly repository: string;
	readonly workflow: string;
	readonly branch: string;
	readonly conclusion: string;
	readonly url: string;
	readonly at: number;
}

export interface RepositorySource {
	readonly repositories: readonly string[];
	readonly read: (signal: AbortSignal) => Promise<{
		readonly vulnerabilities: readonly Vulnerability[];
		readonly builds: readonly Build[];
		/** What could not be read, one sentence each; that part is unknown, not fine. */
		readonly missing?: readonly string[];
	}>;
}

export interface CommandResult {
	readonly exitCode: number;
	readonly stdout: string;
	readonly stderr: string;
	readonly durationMs: number;
}

export interface CommandRunner {
	/** Runs argv without a shell. Throws SourceError where it cannot start or times out; an exit code is data. */
	readonly run: (
		argv: readonly string[],
		options: {
			readonly timeoutMs: number;
			readonly signal?: AbortSignal;
			readonly input?: string;
			readonly cwd?: string;
			readonly env?: Readonly<Record<string, string>>;
		},
	) => Promise<CommandResult>;
}

/** Everything a check may ask. What is not configured is absent, and the check says so. */
export interface Sources {
	readonly http: HttpProbe;
	readonly commands: CommandRunner;
	readonly pods?: PodSource;
	readonly logs?: LogSource;
	readonly issues?: IssueSource;
	readonly payments?: PaymentSource;
	readonly metrics?: MetricSource;
	readonly alerts: readonly AlertSource[];
	readonly backups: readonly BackupSource[];
	readonly repositories?: RepositorySource;
	/** Base URL of Grafana, for dashboard links. */
	readonly grafanaUrl?: string;
}

/** One line of `rounds doctor`. */
export interface DoctorLine {
	readonly subject: string;
	readonly status: Status;
	readonly text: string;
	readonly advice?: string;
}
