/** What is firing now, from every alert source joined. */
import {judgeAlerts} from './judge.ts';
import {mergeAlerts} from './alerts-merge.ts';
import {defineCheck} from '../kit/check.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {partialFailure} from '../kit/partial-failure.ts';
import {type AlertsData, options, type AlertsOptions} from './types.ts';

export const alerts = defineCheck<AlertsData, AlertsOptions>({
	kind: 'alerts',
	title: 'Alerts',
	why: 'An alert that fires and is not answered teaches everyone to ignore the next one.',
	tips: [
		'Start with the oldest firing one: the younger ones are often its children.',
		'Open the alert’s runbook first. If there is none, write down today’s cause as its runbook.',
		'Silenced is not solved: look at who silenced it and until when.',
		'If you would do nothing about it even at noon, it is a dashboard and not an alert: mark the outcome noise and write the ticket.',
	],
	serves: 'alert noise',
	cadence: 'daily',
	runbook: 'alerts',
	source: 'Alertmanager, Prometheus and Grafana',
	options,
	everyMs: 30_000,
	timeoutMs: 10_000,
	configured: ({sources}) => sources.alerts.length > 0,
	async read({sources, signal}) {
		if (sources.alerts.length === 0) throw notConfigured('Alerts', '`sources: {alertmanager: {url: …}}` (or prometheus, or grafana)');
		const settled = await Promise.allSettled(sources.alerts.map((source) => source.alerts(signal)));
		const failures = settled.flatMap((one, index) =>
			one.status === 'rejected' ? [partialFailure(sources.alerts[index]?.name ?? 'alerts', one.reason)] : [],
		);
		const rejected = settled.find((one) => one.status === 'rejected');
		// No one answered: that is a failed reading, to be tried again with back-off.
		if (rejected && failures.length === settled.length) throw rejected.reason;
		return {
			alerts: mergeAlerts(settled.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))),
			read: sources.alerts.filter((_, index) => settled[index]?.status === 'fulfilled').map(({name}) => name),
			failures,
		};
	},
	judge: judgeAlerts,
});
