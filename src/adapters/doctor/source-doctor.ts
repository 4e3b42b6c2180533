/** Tries every configured source the way the checks will, and says per line what works or what is missing. */
import type {Environment} from '../../service/service.ts';
import type {Sources} from '../../ports/sources.ts';
import type {DoctorLine} from '../../ports/doctor-line.ts';
import type {IssueSource} from '../../ports/issue-source.ts';
import {SourceError} from '../../base/source-error.ts';
import type {Secrets} from '../machine/secrets.ts';
import {stripePermissions} from '../stripe/stripe.ts';

export interface SourceDoctorOptions {
	readonly environment: Environment;
	readonly sources: Sources;
	readonly secrets: Secrets;
	readonly signal: AbortSignal;
	/** Epoch milliseconds. */
	readonly now?: () => number;
}

const hourMs = 3_600_000;

interface Probe {
	readonly subject: string;
	readonly run: () => Promise<readonly DoctorLine[]>;
}

/** One line per source and permission (Kubernetes has its own doctor); all are asked at once, none throws. */
export async function sourceDoctor(options: SourceDoctorOptions): Promise<readonly DoctorLine[]> {
	const probes = [...webProbes(options), ...paymentProbes(options), ...commandProbes(options)];
	const lines = await Promise.all(probes.map((probe) => attempt(probe, options)));
	return lines.flat();
}

const works = (subject: string, text: string): DoctorLine => ({subject, status: 'ok', text});

/** What the probe says, or in one line why it could not; throws only what is no SourceError, and where the signal is aborted. */
export async function attempt(
	{subject, run}: Probe,
	{secrets, signal}: Pick<SourceDoctorOptions, 'secrets' | 'signal'>,
): Promise<readonly DoctorLine[]> {
	try {
		return await run();
	} catch (error) {
		signal.throwIfAborted();
		if (!(error instanceof SourceError)) throw error;
		const line = {
			subject,
			text: secrets.redact(error.message),
			...(error.advice === undefined ? {} : {advice: secrets.redact(error.advice)}),
		};
		// Too many requests proves that the credential works.
		return [{...line, status: error.kind === 'rate-limited' ? 'warning' : 'critical'}];
	}
}

/** Nothing but the time line of an investigation needs them, so that no failure here is more than a warning. */
async function probeReleases(issues: IssueSource, {secrets, signal}: SourceDoctorOptions): Promise<DoctorLine> {
	const subject = 'Sentry project:read';
	try {
		const [newest] = await issues.releases(signal);
		return works(subject, newest ? `reads releases: newest ${newest.version}` : 'reads releases: none yet');
	} catch (error) {
		signal.throwIfAborted();
		if (!(error instanceof SourceError)) throw error;
		const advice = error.advice === undefined ? {} : {advice: secrets.redact(error.advice)};
		return {subject, status: 'warning', text: `no releases on the time line: ${secrets.redact(error.message)}`, ...advice};
	}
}

function webProbes(options: SourceDoctorOptions): readonly Probe[] {
	const {environment, sources, signal} = options;
	const probes: Probe[] = environment.health.map(({name, url, headers}) => {
		const subject = `Health ${name ?? new URL(url).host}`;
		return {subject, run: async () => [await probeHealth(sources, {subject, url, signal, ...(headers ? {headers} : {})})]};
	});
	const {issues, metrics} = sources;
	if (issues) {
		const subject = 'Sentry event:read';
		probes.push({
			subject,
			async run() {
				const found = await issues.unresolved(signal);
				return [
					works(subject, `reads issues: ${found.issues.length}${found.truncated ? ' or more' : ''} unresolved`),
					works('Sentry event:write', 'optional, not tried: only to mark reviewed, assign, resolve and archive from the keyboard'),
					await probeReleases(issues, options),
				];
			},
		});
	}
	if (metrics) {
		const subject = 'Prometheus query';
		probes.push({
			subject,
			async run() {
				const targets = await metrics.query('up', {signal});
				if (targets.length > 0) return [works(subject, `answers; ${targets.length} targets`)];
				const advice = 'Check that this Prometheus (or this tenant) scrapes anything: up has no series';
				return [{subject, status: 'warning', text: 'answers, but up is empty: it has no data', advice}];
			},
		});
	}
	for (const source of sources.alerts) {
		const subject = `${source.name} alerts`;
		probes.push({
			subject,
			async run() {
				const alerts = await source.alerts(signal);
				return [works(subject, `reads alerts: ${alerts.filter(({state}) => state === 'firing').length} firing`)];
			},
		});
	}
	return probes;
}

async function probeHealth(
	{http}: Sources,
	options: {
		readonly subject: string;
		readonly url: string;
		readonly headers?: Readonly<Record<string, string>>;
		readonly signal: AbortSignal;
	},
): Promise<DoctorLine> {
	const {subject, url, headers, signal} = options;
	const answer = await http.get(url, {timeoutMs: 10_000, signal, ...(headers ? {headers} : {})});
	if (answer.status === undefined) {
		return {
			subject,
			status: 'critical',
			text: answer.error ?? 'did not answer',
			advice: `Check the address ${answer.url}, the network and the VPN`,
		};
	}
	// 503 is what an unwell service answers: the address is right, and that is what is asked here.
	if (answer.status < 300 || answer.status === 503) return works(subject, `answers ${answer.status} in ${Math.round(answer.latencyMs)} ms`);
	const advice = answer.status < 400 ? 'Set the url to the address it redirects to' : 'Check the path. A private address may need headers.';
	return {subject, status: 'warning', text: `answers ${answer.status}`, advice};
}

function paymentProbes({sources, signal, now = Date.now}: SourceDoctorOptions): readonly Probe[] {
	const {payments} = sources;
	if (!payments) return [];
	return [
		{
			subject: 'Stripe',
			async run() {
				const {live, missing = []} = await payments.failures({since: now() - hourMs, stuckAfterMs: hourMs, signal});
				return stripePermissions.map((permission): DoctorLine => {
					const subject = `Stripe ${permission}`;
					const problem = missing.find((sentence) => sentence.startsWith(`${permission}:`));
					if (problem === undefined) return works(subject, `reads (${live ? 'live' : 'test'} mode)`);
					const advice = 'Edit the restricted key in the Dashboard: Developers, API keys';
					return {subject, status: 'critical', text: `the key needs read on ${permission}`, advice};
				});
			},
		},
	];
}

function commandProbes({sources, signal}: SourceDoctorOptions): readonly Probe[] {
	const probes: Probe[] = sources.backups.map((backup) => {
		const subject = `Backup ${backup.database}`;
		return {
			subject,
			async run() {
				const {system, lastRestorableAt, lastBackupAt} = await backup.read(signal);
				const at = lastRestorableAt ?? lastBackupAt;
				if (at !== undefined)
					return [works(subject, `${system} answers. Last ${lastRestorableAt === undefined ? 'backup' : 'restorable time'} ${iso(at)}`)];
				return [{subject, status: 'warning', text: `${system} answers, but names no time`, advice: 'See whether backups are on'}];
			},
		};
	});
	const {repositories} = sources;
	if (repositories) {
		const subject = 'GitHub (gh)';
		probes.push({
			subject,
			async run() {
				const {missing = []} = await repositories.read(signal);
				if (missing.length === 0) return [works(subject, `reads builds and alerts of ${repositories.repositories.join(', ')}`)];
				return missing.map((text): DoctorLine => ({subject, status: 'critical', text}));
			},
		});
	}
	return probes;
}

function iso(at: number): string {
	return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
