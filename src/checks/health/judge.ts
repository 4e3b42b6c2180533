/** Judges the health probes: anything but 200 is critical in every environment, slow and degraded are warnings. Pure. */
import type {Evidence, Finding, JudgeContext, Reason} from '../kit/check.ts';
import {finding, label} from '../kit/finding.ts';
import {formatMs, formatNumber, plural} from '../../base/figures.ts';
import type {HealthData, HealthOptions, HealthProbe} from './types.ts';

/** What its reasons call it: `staging api`. */
export function subjectOf({environment, name}: Pick<HealthProbe, 'environment' | 'name'>): string {
	return name.includes(environment) ? name : `${environment} ${name}`;
}

function isUp({answer}: HealthProbe): boolean {
	return answer.status === 200;
}

function dependencyText(probe: HealthProbe): string {
	const broken = probe.dependencies.filter(({state}) => state === 'down' || state === 'degraded');
	return broken.map(({name, said}) => `${name} ${said}`).join(', ');
}

function answerReason(probe: HealthProbe, options: HealthOptions): Reason[] {
	const {status, latencyMs, error} = probe.answer;
	const subject = subjectOf(probe);
	if (status === undefined) return [{status: 'critical', subject, text: `no answer: ${error ?? 'no answer'}`}];
	if (status !== 200) {
		const broken = dependencyText(probe);
		return [{status: 'critical', subject, text: `answers ${status}, should be 200${broken ? `; it says ${broken}` : ''}`}];
	}
	if (latencyMs <= options.slow) return [];
	const limit = formatMs(options.slow);
	// Hardly beyond it, both would be rounded to the same.
	const took = formatMs(latencyMs) === limit ? `${formatNumber(Math.ceil(latencyMs))} ms` : formatMs(latencyMs);
	return [{status: 'warning', subject, text: `answers 200 but slowly: ${took}, should be within ${limit}`}];
}

/** A dependency that is not fine while the whole still answers 200: some feature is affected. */
function dependencyReasons(probe: HealthProbe): Reason[] {
	if (!isUp(probe)) return [];
	return probe.dependencies
		.filter(({state, said}) => state !== 'ok' && said !== 'no status')
		.map(({name, said}) => ({status: 'warning', subject: subjectOf(probe), text: `answers 200 with its dependency ${name} ${said}`}));
}

function certificateReason(probe: HealthProbe, options: HealthOptions): Reason[] {
	const days = probe.answer.certificateDaysLeft;
	if (days === undefined || days >= options.certificateWarning) return [];
	const status = days < options.certificateCritical ? 'critical' : 'warning';
	const text =
		days < 0 ? `certificate ended ${plural(-Math.floor(days), 'day')} ago` : `certificate ends in ${plural(Math.floor(days), 'day')}`;
	return [{status, subject: subjectOf(probe), text: `${text}, should have ${options.certificateWarning} or more`}];
}

function evidenceOf(probe: HealthProbe, {id, now}: JudgeContext<HealthOptions>): Evidence {
	const {status, latencyMs, error} = probe.answer;
	const broken = dependencyText(probe);
	const text =
		status === undefined ? `no answer: ${error ?? 'no answer'}` : `${status} in ${formatMs(latencyMs)}${broken ? `, ${broken}` : ''}`;
	return {id: `health:${probe.environment}/${probe.url}`, check: id, text: `${subjectOf(probe)} ${text}`, url: probe.url, at: now};
}

/** Judges every environment alike; the round's own comes first in the data. */
export function judgeHealth({probes}: HealthData, context: JudgeContext<HealthOptions>): Finding {
	const {id, options} = context;
	if (probes.length === 0) {
		return finding({summary: 'no address was asked', short: `${label(id)} unknown`, reasons: [], none: 'unknown'});
	}
	const up = probes.filter(isUp);
	const degraded = up.filter((probe) => dependencyReasons(probe).length > 0);
	const slow = up.filter(({answer}) => answer.latencyMs > options.slow);
	const notes = [...(degraded.length > 0 ? [`${degraded.length} degraded`] : []), ...(slow.length > 0 ? [`${slow.length} slow`] : [])];
	const slowest = Math.max(...probes.map(({answer}) => answer.latencyMs));
	return finding({
		summary: [`${up.length} of ${probes.length} answer 200`, ...(notes.length > 0 ? notes : [`slowest ${formatMs(slowest)}`])].join(', '),
		short: [`${label(id)} ${up.length}/${probes.length}`, ...notes].join(', '),
		reasons: probes.flatMap((probe) => [
			...answerReason(probe, options),
			...dependencyReasons(probe),
			...certificateReason(probe, options),
		]),
		evidence: probes.map((probe) => evidenceOf(probe, context)),
	});
}
