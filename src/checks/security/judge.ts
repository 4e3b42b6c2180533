/** Judges open vulnerabilities by severity, and builds by how they ended. Pure. */
import type {Build, Vulnerability} from '../../ports/repository-source.ts';
import type {Finding, JudgeContext, Reason} from '../kit/check.ts';
import {finding, label} from '../kit/finding.ts';
import {formatAge, plural} from '../../base/figures.ts';
import {unreadReasons} from '../kit/partial-failure.ts';
import type {SecurityData, SecurityOptions} from './types.ts';

const severities = ['critical', 'high', 'medium', 'low'] as const;
const failed = new Set(['failure', 'failed', 'error', 'timed_out', 'startup_failure', 'action_required']);

function isFailing({conclusion}: Build): boolean {
	return failed.has(conclusion.toLowerCase());
}

function vulnerabilityText({id, severity, summary, createdAt}: Vulnerability, now: number): string {
	return [`${severity} ${id}`, summary, `open for ${formatAge(now - createdAt)}`].filter(Boolean).join(', ');
}

function buildText({workflow, branch, conclusion, at}: Build, now: number): string {
	return `${workflow} on ${branch} ended with ${conclusion} ${formatAge(now - at)} ago, should succeed`;
}

/** Judges both lists; that there is no open alert is a good answer, that no repository was read is none. */
export function judgeSecurity(data: SecurityData, {id, options, now}: JudgeContext<SecurityOptions>): Finding {
	if (data.repositories.length === 0)
		return finding({summary: 'no repository was read', short: `${label(id)} unknown`, reasons: [], none: 'unknown'});
	const vulnerabilities = data.vulnerabilities.toSorted(
		(a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || a.createdAt - b.createdAt,
	);
	const failing = data.builds.filter(isFailing);
	const reasons: readonly Reason[] = [
		...vulnerabilities.map((one): Reason => ({
			status: options.critical.includes(one.severity) ? 'critical' : 'warning',
			subject: one.package,
			text: vulnerabilityText(one, now),
		})),
		...failing.map((one): Reason => ({status: 'warning', subject: one.repository, text: buildText(one, now)})),
		...(data.builds.length === 0 ? [{status: 'ok' as const, apart: true as const, subject: 'builds', text: 'no build was found'}] : []),
		...unreadReasons('GitHub', data),
	];
	const unread = data.missing?.length ?? 0;
	const notes = [
		...severities.flatMap((severity) => {
			const count = vulnerabilities.filter((one) => one.severity === severity).length;
			return count > 0 ? [`${count} ${severity}`] : [];
		}),
		...(failing.length > 0 ? [`${plural(failing.length, 'build')} failing`] : []),
		...(unread > 0 ? [`${plural(unread, 'part')} could not be read`] : []),
	];
	return finding({
		summary:
			notes.length > 0
				? notes.join(', ')
				: `no open alert in ${plural(data.repositories.length, 'repository', 'repositories')}, ${plural(data.builds.length, 'build')} green`,
		short: `${label(id)} ${notes.length > 0 ? notes.join(', ') : 'none open'}`,
		reasons,
		evidence: [
			...vulnerabilities.map((one) => ({
				id: `vulnerability:${one.repository}/${one.id}/${one.package}`,
				check: id,
				text: `${one.package} ${vulnerabilityText(one, now)}`,
				...(one.url ? {url: one.url} : {}),
				at: now,
			})),
			...failing.map((one) => ({
				id: `build:${one.repository}/${one.workflow}/${one.branch}`,
				check: id,
				text: `${one.repository} ${buildText(one, now)}`,
				...(one.url ? {url: one.url} : {}),
				at: one.at,
			})),
		],
	});
}
