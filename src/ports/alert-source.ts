/** Alerts and their states. */

export interface Alert {
	/** Which system said so: `Alertmanager`, `Prometheus`, `Grafana`. */
	readonly source: string;
	readonly id: string;
	readonly name: string;
	readonly severity?: string | undefined;
	readonly state: 'firing' | 'pending' | 'silenced' | 'inhibited';
	readonly summary?: string | undefined;
	readonly startedAt: number;
	readonly labels: Readonly<Record<string, string>>;
	readonly runbookUrl?: string | undefined;
	readonly url?: string | undefined;
	readonly silencedUntil?: number;
}

export interface AlertSource {
	readonly name: string;
	readonly alerts: (signal: AbortSignal) => Promise<readonly Alert[]>;
}
