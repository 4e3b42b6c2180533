import {expect, it} from 'vitest';
import type {Finding} from '../../../src/checks/kit/check.ts';
import type {Step} from '../../../src/round/round.ts';
import {type Investigation, startInvestigation} from '../../../src/round/investigation/investigation.ts';
import {findingLines} from '../../../views/round/finding-lines.ts';
import {createTheme} from '../../../views/kit/theme.ts';

const finding: Finding = {
	status: 'ok',
	summary: 'none firing, 1 silenced',
	short: 'alerts none firing',
	reasons: [
		{status: 'ok', subject: 'Watchdog', text: 'firing as it should'},
		{status: 'ok', subject: 'SearchSlow', text: 'silenced until noon', apart: true},
	],
	evidence: [],
};

function drawn(step: Partial<Step>, colour: boolean) {
	return findingLines(
		{
			step: {id: 'alerts', title: 'Alerts', notes: [], ...step},
			run: {id: 'alerts', phase: 'done', finding},
			suggestion: {verdict: undefined, reason: ''},
			source: 'Alertmanager',
			askedFor: 0,
		},
		{theme: createTheme({unicode: true, colour}), columns: 80, rows: 12, now: 0},
	);
}

it('gives nothing green to what is neither fine nor trouble', () => {
	expect(drawn({}, true)).toEqual(
		expect.arrayContaining([expect.stringContaining('   \u001B[32m✓\u001B[39m Watchdog'), expect.stringContaining('   · SearchSlow')]),
	);
});

it('names the outcome of a triage as the team does', () => {
	const investigation: Investigation = {
		...startInvestigation({step: 'alerts', openedAt: 0}),
		closedAt: 1,
		whys: ['a leak'],
		outcome: 'not-enough-information',
	};
	const verdict = {kind: 'anomaly', at: 0, operator: 'alice', finding} as const;
	expect(drawn({investigation, verdict}, false).join('\n')).toContain('triage not enough information, a leak');
});
