/** Tells Sentry's cron monitor that the round is walked, so that someone hears of it when no one did. */
import type {HeartbeatConfig} from '../../config/config-schema.ts';
import {createCrashReporter} from './crash-reports.ts';
import type {Secrets} from '../machine/secrets.ts';

export interface RoundHeartbeat {
	/** The round began; does not wait for Sentry. */
	readonly begin: () => void;
	/** The round is closed; resolves once Sentry was told, or after 2 s. Never rejects. */
	readonly end: () => Promise<void>;
}

const minuteMs = 60_000;

/** Without a `heartbeat` in rounds.yaml both do nothing, and the SDK is not loaded. */
export function createRoundHeartbeat(config: HeartbeatConfig | undefined, secrets: Pick<Secrets, 'resolve' | 'redact'>): RoundHeartbeat {
	if (!config) return {begin: () => {}, end: async () => {}};
	const start = async () => {
		// A DSN that cannot be read is the doctor's to tell; it must not keep anybody from walking.
		const dsn = await secrets.resolve(config.dsn, 'heartbeat').catch(() => undefined);
		const reporter = createCrashReporter({...(dsn === undefined ? {} : {dsn}), redact: secrets.redact});
		return reporter.heartbeat({
			slug: config.monitor,
			crontab: config.schedule,
			timezone: config.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
			marginMinutes: Math.ceil(config.margin / minuteMs),
			maxMinutes: Math.ceil(config.longest / minuteMs),
		});
	};
	let began: ReturnType<typeof start> | undefined;
	return {
		begin() {
			began ??= start();
		},
		async end() {
			const finish = await (began ??= start());
			await finish('ok');
		},
	};
}
