import {describe, expect, test} from 'vitest';
import {alerts} from '../../../src/checks/alerts/index.ts';
import {mergeAlerts} from '../../../src/checks/alerts/alerts-merge.ts';
import type {Alert} from '../../../src/ports/alert-source.ts';
import {alert, failure, hour, judging, minute, now, reading} from '../fixtures.ts';

const of = (...list: readonly Alert[]) => ({alerts: mergeAlerts(list), read: ['Alertmanager'], failures: []});

describe('judging alerts', () => {
	test.each([
		['nothing fires', of(), 'ok', 'alerts none firing', 'none firing'],
		['critical fires', of(alert()), 'critical', 'alerts 1 firing', '1 firing: CheckoutErrorBudgetBurn'],
		['warning fires', of(alert({severity: 'warning'})), 'warning', 'alerts 1 firing', 'firing for 39 m, warning'],
		['no severity is a warning', of(alert({severity: undefined})), 'warning', 'alerts 1 firing', 'no severity'],
		['information asks for nothing', of(alert({severity: 'info'})), 'ok', 'alerts 1 firing', '1 firing'],
		['pending is apart', of(alert({state: 'pending'})), 'ok', 'alerts none firing', 'none firing, 1 pending'],
		['silenced is apart', of(alert({state: 'silenced', silencedUntil: now + hour})), 'ok', 'alerts none firing', 'until 2026-11-20T09:31Z'],
		['the watchdog is meant to fire', of(alert({name: 'Watchdog'})), 'ok', 'alerts none firing', 'none firing'],
		['no source asked', {alerts: [], read: [], failures: []}, 'unknown', 'alerts none firing', 'none firing'],
	] as const)('%s', (_, data, status, short, text) => {
		const finding = alerts.judge(data, judging('alerts'));
		expect(finding.status).toBe(status);
		expect(finding.short).toBe(short);
		expect([finding.summary, ...finding.reasons.map((reason) => reason.text)].join('\n')).toContain(text);
	});

	test('what does not fire is neither fine nor trouble, and is not said to be silenced for as long as it fires', () => {
		const silenced = alert({name: 'held', state: 'silenced', silencedUntil: now + hour});
		const finding = alerts.judge(of(alert(), silenced, alert({name: 'soon', state: 'pending'})), judging('alerts'));
		expect(finding.reasons.map(({subject, apart}) => [subject, apart])).toEqual([
			['CheckoutErrorBudgetBurn', undefined],
			['soon', true],
			['held', true],
		]);
		expect(finding.reasons[2]?.text).toContain('silenced until 2026-11-20T09:31Z, firing for 39 m, ');
	});

	test('a source that did not answer is an unknown reason next to the others', () => {
		const finding = alerts.judge({...of(), failures: [{source: 'Grafana', message: 'timed out'}]}, judging('alerts'));
		expect(finding).toMatchObject({
			status: 'unknown',
			short: 'alerts none firing, Grafana did not answer',
			reasons: [{status: 'unknown', subject: 'Grafana'}],
		});
	});

	test('the runbook is the evidence’s address', () => {
		const finding = alerts.judge(of(alert({runbookUrl: 'https://runbooks.example.com/burn'})), judging('alerts'));
		expect(finding.evidence[0]).toMatchObject({url: 'https://runbooks.example.com/burn', at: now - 39 * minute});
	});
});

describe('reading alerts', () => {
	const good = (name: string, list: readonly Alert[]) => ({name, alerts: () => Promise.resolve(list)});
	const bad = (name: string) => ({name, alerts: () => Promise.reject(failure(name))});

	test('joins what two sources say of one alert; Alertmanager knows that it is silenced', async () => {
		const data = await alerts.read(
			reading('alerts', {
				alerts: [
					good('Prometheus', [
						alert({
							source: 'Prometheus',
							id: 'p',
							runbookUrl: 'https://r.example.com',
							startedAt: now - hour,
							labels: {namespace: 'checkout-prod', replica: 'b'},
						}),
					]),
					good('Alertmanager', [alert({state: 'silenced'})]),
				],
			}),
		);
		expect(data.alerts).toHaveLength(1);
		expect(data.alerts[0]).toMatchObject({
			state: 'silenced',
			sources: ['Prometheus', 'Alertmanager'],
			runbookUrl: 'https://r.example.com',
			startedAt: now - hour,
		});
	});

	test('alerts of two pods stay two', () => {
		expect(mergeAlerts([alert({labels: {pod: 'a'}}), alert({labels: {pod: 'b'}})])).toHaveLength(2);
	});

	test('firing first, the most severe first, the oldest first', () => {
		const names = mergeAlerts([
			alert({name: 'pending', state: 'pending'}),
			alert({name: 'young', startedAt: now}),
			alert({name: 'warning', severity: 'warning'}),
			alert({name: 'old', startedAt: now - hour}),
		]).map(({name}) => name);
		expect(names).toEqual(['old', 'young', 'warning', 'pending']);
	});

	test('one failing source does not hide the other', async () => {
		const data = await alerts.read(reading('alerts', {alerts: [bad('Grafana'), good('Alertmanager', [alert()])]}));
		expect(data).toMatchObject({read: ['Alertmanager'], failures: [{source: 'Grafana', message: 'Grafana refused the connection'}]});
		expect(alerts.judge(data, judging('alerts')).status).toBe('critical');
	});

	test('all failing is a failed reading', async () => {
		await expect(alerts.read(reading('alerts', {alerts: [bad('Grafana'), bad('Alertmanager')]}))).rejects.toMatchObject({
			kind: 'unreachable',
		});
	});

	test('a defect is no failing source', async () => {
		const broken = {name: 'Grafana', alerts: () => Promise.reject(new TypeError('x is undefined'))};
		await expect(alerts.read(reading('alerts', {alerts: [broken, good('Alertmanager', [])]}))).rejects.toThrow(TypeError);
	});

	test('none configured says which lines to add', async () => {
		await expect(alerts.read(reading('alerts'))).rejects.toMatchObject({kind: 'not-configured'});
	});
});
