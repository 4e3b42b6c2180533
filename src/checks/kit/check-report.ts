/** The headless report in its three formats. Pure: results in, text out. */
import type {Environment, Service} from '../../service/service.ts';
import {sanitize} from '../../base/terminal/sanitize.ts';
import {pad, width} from '../../base/terminal/width.ts';
import {byUrgency, type Status, statuses, worst} from '../../base/status.ts';
import {formatStamp, offsetMinutesAt} from '../../base/times.ts';
import type {CheckResult} from './check-runs.ts';

export interface Report {
	readonly service: Service;
	readonly environment: Environment;
	readonly cluster: string | undefined;
	/** Epoch milliseconds. */
	readonly startedAt: number;
	readonly durationMs: number;
	readonly results: readonly CheckResult[];
}

export const reportFormats = ['text', 'json', 'junit'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** The report's own status: the most urgent of its findings; a report of nothing is unknown. */
export function reportStatus({results}: Pick<Report, 'results'>): Status {
	return worst(
		results.map(({finding}) => finding.status),
		'unknown',
	);
}

const colours: Record<Status, string> = {ok: '32', warning: '33', critical: '31', unknown: '35'};

/** The text in the status's colour. */
export function paintStatus(status: Status, text: string): string {
	return `\u001B[${colours[status]}m${text}\u001B[39m`;
}

/** `Fri 20 Nov 2026 08:31 +01:00` in the machine's time zone. */
function formatStart(at: number): string {
	const parts = new Intl.DateTimeFormat('en-GB', {weekday: 'short', day: 'numeric', month: 'short', year: 'numeric'}).formatToParts(at);
	const day = parts.flatMap(({type, value}) => (type === 'literal' ? [] : [value])).join(' ');
	// The stamp's time and zone; its date is written for programs.
	return `${day} ${formatStamp({at, offsetMinutes: offsetMinutesAt(at)}).slice(-12)}`;
}

/** Aligned text; colour only where asked, and the status always is as a word. */
export function textReport(report: Report, {colour}: {readonly colour: boolean}): string {
	const paint = (status: Status, text: string) => (colour ? paintStatus(status, text) : text);
	const idWidth = Math.max(8, ...report.results.map(({configured}) => width(configured.id)));
	const indent = ' '.repeat(2 + 10 + idWidth + 2);
	const head = [report.service.name, report.environment.name, report.cluster]
		.filter(Boolean)
		.map((part) => sanitize(String(part)))
		.join(' · ');
	const start = formatStart(report.startedAt);
	const lines = [`${head}${' '.repeat(Math.max(2, 80 - width(head) - width(start)))}${start}`, ''];
	for (const {configured, finding} of report.results) {
		lines.push(`  ${paint(finding.status, finding.status.padEnd(10))}${pad(configured.id, idWidth)}  ${sanitize(finding.summary)}`);
		for (const reason of finding.reasons.filter(({status}) => status !== 'ok'))
			lines.push(`${indent}${sanitize(`${reason.subject}: ${reason.text}`)}`);
	}
	const status = reportStatus(report);
	const counts = [...statuses]
		.sort(byUrgency)
		.map((one) => ({one, count: report.results.filter(({finding}) => finding.status === one).length}))
		.filter(({count}) => count > 0)
		.map(({one, count}) => `${count} ${one}`)
		.join(', ');
	lines.push('', `${paint(status, status)}: ${counts || 'no checks'} in ${(report.durationMs / 1000).toFixed(1)} s`);
	return `${lines.join('\n')}\n`;
}

/** The documented object of `rounds check --format json` (version 1). */
export function jsonReport(report: Report): string {
	const now = report.startedAt + report.durationMs;
	const checks = report.results.map(({configured, reading, finding}) => ({
		id: configured.id,
		title: configured.title,
		status: finding.status,
		summary: finding.summary,
		reasons: finding.reasons,
		evidence: finding.evidence.map(({at, ...rest}) => ({...rest, at: new Date(at).toISOString()})),
		startedAt: new Date(reading.startedAt).toISOString(),
		durationMs: Math.round(reading.durationMs),
		...('error' in reading
			? {data: null, error: reading.error}
			: {data: configured.check.toJson ? configured.check.toJson(reading.data, now) : reading.data}),
	}));
	const object = {
		version: 1,
		service: report.service.name,
		environment: report.environment.name,
		startedAt: new Date(report.startedAt).toISOString(),
		durationMs: Math.round(report.durationMs),
		status: reportStatus(report),
		checks,
	};
	return `${JSON.stringify(object, undefined, 2)}\n`;
}

function escapeXml(text: string): string {
	const named: Record<string, string> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
	return sanitize(text).replaceAll(/[&<>"]/g, (character) => named[character] ?? character);
}

/** JUnit XML: warning and critical are failures, unknown is an error, so that a CI server shows each as itself. */
export function junitReport(report: Report): string {
	const count = (...of: readonly Status[]) => report.results.filter(({finding}) => of.includes(finding.status)).length;
	const suite = `${report.service.name}/${report.environment.name}`;
	const cases = report.results.map(({configured, reading, finding}) => {
		const open = `    <testcase classname="${escapeXml(suite)}" name="${escapeXml(configured.id)}" time="${(reading.durationMs / 1000).toFixed(3)}"`;
		if (finding.status === 'ok') return `${open}/>`;
		const element = finding.status === 'unknown' ? 'error' : 'failure';
		const details = finding.reasons.map((reason) => escapeXml(`${reason.status} ${reason.subject}: ${reason.text}`)).join('\n');
		return `${open}>\n      <${element} type="${finding.status}" message="${escapeXml(finding.summary)}">${details}</${element}>\n    </testcase>`;
	});
	return [
		'<?xml version="1.0" encoding="UTF-8"?>',
		`<testsuites name="rounds" tests="${report.results.length}" failures="${count('warning', 'critical')}" errors="${count('unknown')}" time="${(report.durationMs / 1000).toFixed(3)}">`,
		`  <testsuite name="${escapeXml(suite)}" timestamp="${new Date(report.startedAt).toISOString()}" tests="${report.results.length}" failures="${count('warning', 'critical')}" errors="${count('unknown')}" time="${(report.durationMs / 1000).toFixed(3)}">`,
		...cases,
		'  </testsuite>',
		'</testsuites>',
		'',
	].join('\n');
}
