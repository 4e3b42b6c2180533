/** What is in the field when an anomaly is said of a whole check. */
import {expect, test} from 'vitest';
import type {Finding} from '../../../src/checks/kit/check.ts';
import {createFakeApp} from '../../helpers/fake-app.ts';
import {renderScreen} from '../../helpers/render.tsx';

const finding: Finding = {
	status: 'critical',
	summary: '1 of 9 failing, 1 odd',
	short: 'pods 1/9 failing',
	reasons: [
		{status: 'critical', subject: 'api-1', text: 'OOMKilled 39 s ago'},
		{status: 'warning', subject: 'web-1', text: 'restarted'},
		{status: 'ok', subject: 'job-1', text: 'done'},
	],
	evidence: [],
};

test.each([
	['the gravest of several reasons', finding, 'Pods: api-1 OOMKilled'],
	['the only reason', {...finding, reasons: finding.reasons.slice(0, 1)}, 'Pods: api-1 OOMKilled'],
	['the summary where no reason is told', {...finding, reasons: []}, 'Pods: 1 of 9 failing, 1 odd'],
])('is %s', async (_, pods, problem) => {
	const screen = await renderScreen(createFakeApp({kinds: ['pods'], findings: {pods}}), {columns: 120, rows: 40});
	await screen.press('x');
	// The cursor of the field is right behind it.
	expect(await screen.waitFor('What is the problem')).toContain(`> ${problem}\u001B[7m`);
});
