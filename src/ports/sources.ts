/**
 * What the core needs of the world. Adapters implement these; tests give plain fakes.
 * Every method that reads takes an AbortSignal and throws a SourceError where it fails.
 * Times are epoch milliseconds, durations milliseconds, memory bytes, CPU millicores, unless a name says otherwise.
 */
import type {HttpProbe} from './probe.ts';
import type {PodSource} from './pod-source.ts';
import type {LogSource} from './pod-log-source.ts';
import type {IssueSource} from './issue-source.ts';
import type {PaymentSource} from './payment-source.ts';
import type {MetricSource} from './metric-source.ts';
import type {AlertSource} from './alert-source.ts';
import type {BackupSource} from './backup-source.ts';
import type {RepositorySource} from './repository-source.ts';
import type {CommandRunner} from './commands.ts';

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
