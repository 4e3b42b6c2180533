/** Judges what fires: its severity label is its status; pending, silenced and inhibited are shown apart. Pure. */
import type {Status} from '../../base/status.ts';
import type {AlertsData, AlertsOptions, MergedAlert} from './types.ts';
import type {Evidence, Finding, JudgeContext, Reason} from '../kit/check.ts';
import {finding, label, someOf} from '../kit/finding.ts';
import {formatAge} from '../../base/figures.ts';
import {failureReason} from '../kit/partial-failure.ts';

/** What tells this alert from its siblings, in a few words. */
function where({labels}: MergedAlert): string {
	return ['pod', 'instance', 'deployment', 'persistentvolumeclaim', 'job'].map((key) => labels[key]).find(Boolean) ?? '';
}

function statusOf({state, severity}: MergedAlert, options: AlertsOptions): Status {
	if (state !== 'firing') return 'ok';
	const word = severity?.toLowerCase();
	if (word !== undefined && options.critical.includes(word)) return 'critical';
	return word !== undefined && options.information.includes(word) ? 'ok' : 'warning';
}

function textOf(alert: MergedAlert, now: number): string {
	const age = formatAge(now - alert.startedAt);
	const until = alert.silencedUntil === undefined ? '' : ` until ${new Date(alert.silencedUntil).toISOString().slice(0, 16)}Z`;
	// Since when it was silenced or inhibited no one tells; only since when it fires.
	const isHeld = alert.state === 'silenced' || alert.state === 'inhibited';
	const state = isHeld ? `${alert.state}${until}, firing for ${age}` : `${alert.state} for ${age}`;
	const parts = [state, alert.severity ?? 'no severity', where(alert), alert.summary, alert.runbookUrl ? '' : 'no runbook'];
	return parts.filter(Boolean).join(', ');
}

function reasonOf(alert: MergedAlert, {options, now}: JudgeContext<AlertsOptions>): Reason {
	const reason: Reason = {status: statusOf(alert, options), subject: alert.name, text: textOf(alert, now)};
	return alert.state === 'firing' ? reason : {...reason, apart: true};
}

function evidenceOf(alert: MergedAlert, {id, now}: JudgeContext<AlertsOptions>): Evidence {
	const url = alert.runbookUrl ?? alert.url;
	return {
		id: `alert:${alert.source}/${alert.id}`,
		check: id,
		text: `${alert.name} ${textOf(alert, now)}`,
		...(url === undefined ? {} : {url}),
		at: alert.startedAt,
	};
}

/** Judges the alerts; a source that did not answer keeps the finding from being green. */
export function judgeAlerts(data: AlertsData, context: JudgeContext<AlertsOptions>): Finding {
	const {id, options} = context;
	const alerts = data.alerts.filter(({name}) => !options.ignore.includes(name));
	const of = (state: MergedAlert['state']) => alerts.filter((alert) => alert.state === state);
	const firing = of('firing');
	const apart = (['pending', 'silenced', 'inhibited'] as const).flatMap((state) => {
		const count = of(state).length;
		return count > 0 ? [`${count} ${state}`] : [];
	});
	const silent = data.failures.length > 0 ? [`${someOf(data.failures.map(({source}) => source))} did not answer`] : [];
	const head = firing.length === 0 ? 'none firing' : `${firing.length} firing`;
	const names = someOf([...new Set(firing.map(({name}) => name))]);
	return finding({
		summary: [firing.length === 0 ? head : `${head}: ${names}`, ...apart, ...silent].join(', '),
		short: [`${label(id)} ${head}`, ...silent].join(', '),
		reasons: [...alerts.map((alert) => reasonOf(alert, context)), ...data.failures.map(failureReason)],
		evidence: alerts.map((alert) => evidenceOf(alert, context)),
		// No source at all is no one asked.
		none: data.read.length === 0 ? 'unknown' : 'ok',
	});
}
