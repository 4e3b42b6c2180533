/** Backups, with their ages. */

export interface Backup {
	readonly database: string;
	/** `RDS`, `DynamoDB`, `Cloud SQL`, `pgBackRest`, `command`. */
	readonly system: string;
	readonly lastRestorableAt?: number | undefined;
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
