/**
 * Crash reports and the heartbeat, sent to Sentry only where the person configured a DSN.
 * The SDK is told to collect nothing by itself, and what is sent is built up from a short list, not stripped down.
 */
import {homedir} from 'node:os';
import type {ErrorEvent, StackFrame} from './sentry-node.ts';

export interface CrashReporter {
	/** Resolves once sent, or after 2 s; never rejects: a crash report must not be a second crash. */
	readonly report: (error: unknown) => Promise<void>;
	/** Tells Sentry's cron monitor that a round began; the function tells how it ended. */
	readonly heartbeat: (monitor: Heartbeat) => Promise<(status: 'ok' | 'error') => Promise<void>>;
}

interface Heartbeat {
	readonly slug: string;
	/** Five fields, as in a crontab. */
	readonly crontab: string;
	readonly timezone: string;
	/** Minutes late before Sentry raises an alarm. */
	readonly marginMinutes: number;
	readonly maxMinutes: number;
}

export interface CrashReporterOptions {
	/** Absent, or no DSN at all: nothing is loaded and nothing is ever sent. */
	readonly dsn?: string;
	/** Replaces secrets in a text. */
	readonly redact: (text: string) => string;
	/** This program's version. */
	readonly release?: string;
}

const closeMs = 2000;
/** Frames with their place in the source, which the SDK takes for Node's own. */
const ours = /^(src|views)\//;

/** Makes the reporter; the SDK loads with the first report. */
export function createCrashReporter(options: CrashReporterOptions): CrashReporter {
	const {dsn} = options;
	// The SDK prints its opinion of a wrong DSN onto the screen.
	if (dsn === undefined || !/^https?:\/\/[^@/]+@[^/]+\/.*\d+$/.test(dsn))
		return {report: async () => {}, heartbeat: async () => async () => {}};

	const clean = (text: string) => hideHome(options.redact(text));
	const init = async () => {
		const sentry = await import('./sentry-node.ts');
		sentry.initWithoutDefaultIntegrations({
			dsn,
			defaultIntegrations: false,
			tracesSampleRate: 0,
			enableRuntimeChannelInjection: false,
			sendClientReports: false,
			...(options.release === undefined ? {} : {release: options.release}),
			beforeSend: (event) => onlyTheCrash(event, clean),
		});
		return sentry;
	};
	let started: ReturnType<typeof init> | undefined;
	const start = () => (started ??= init());
	/** A closed client sends nothing more; the next report begins again. */
	const finish = async () => {
		const sentry = await start();
		started = undefined;
		await sentry.close(closeMs);
	};

	return {
		async report(error) {
			await quietly(async () => {
				const sentry = await start();
				sentry.captureException(error);
				await finish();
			});
		},
		async heartbeat(monitor) {
			let checkInId: string | undefined;
			const monitorSlug = monitor.slug;
			await quietly(async () => {
				const sentry = await start();
				checkInId = sentry.captureCheckIn(
					{monitorSlug, status: 'in_progress'},
					{
						schedule: {type: 'crontab', value: monitor.crontab},
						checkinMargin: monitor.marginMinutes,
						maxRuntime: monitor.maxMinutes,
						timezone: monitor.timezone,
					},
				);
				await sentry.flush(closeMs);
			});
			return (status) =>
				quietly(async () => {
					if (checkInId === undefined) return;
					const sentry = await start();
					sentry.captureCheckIn({checkInId, monitorSlug, status});
					await finish();
				});
		},
	};
}

async function quietly(send: () => Promise<void>): Promise<void> {
	try {
		await send();
	} catch {
		// The crash itself is what the person must see, not that its report failed.
	}
}

/** Type, message and frames; no host name, environment variable, argument, breadcrumb or context. */
function onlyTheCrash(event: ErrorEvent, clean: (text: string) => string): ErrorEvent {
	const frame = (each: StackFrame): StackFrame => ({
		...(each.filename === undefined ? {} : {filename: clean(each.filename)}),
		...(each.function === undefined ? {} : {function: clean(each.function)}),
		...(each.lineno === undefined ? {} : {lineno: each.lineno}),
		...(each.colno === undefined ? {} : {colno: each.colno}),
		...(each.in_app === undefined ? {} : {in_app: each.in_app || ours.test(each.filename ?? '')}),
	});
	const values = (event.exception?.values ?? []).map((each) => ({
		...(each.type === undefined ? {} : {type: each.type}),
		...(each.value === undefined ? {} : {value: clean(each.value)}),
		...(each.stacktrace?.frames ? {stacktrace: {frames: each.stacktrace.frames.map(frame)}} : {}),
	}));
	return {
		type: undefined,
		level: 'fatal',
		exception: {values},
		...(event.event_id === undefined ? {} : {event_id: event.event_id}),
		...(event.timestamp === undefined ? {} : {timestamp: event.timestamp}),
		...(event.platform === undefined ? {} : {platform: event.platform}),
		...(event.release === undefined ? {} : {release: event.release}),
	};
}

/** A home directory holds the person's name. */
function hideHome(text: string): string {
	const home = homedir();
	return home.length > 1 ? text.replaceAll(home, '~') : text;
}
