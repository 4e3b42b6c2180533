import {expect, test} from 'vitest';
import {headingFor} from '../../src/runbooks/heading-for.ts';
import {fakeRunbook} from '../views/runbook/fake-runbook.ts';

const runbook = fakeRunbook('oom-killed', 'OOM', '# OOM\n\n## First look\n\nx\n\n## Exit code 137\n\nx\n\n## Give it *more* room\n\nx\n');

test.each([
	['the heading that an address names', 'PodKilled https://wiki.example.com/runbooks/oom-killed.md#give-it-more-room', 'Give it more room'],
	['whatever the case', 'https://wiki.example.com/oom-killed#First-Look', 'First look'],
	[
		'where there is none of that name, the one whose words stand there',
		'exit code 137 https://wiki.example.com/oom-killed#gone',
		'Exit code 137',
	],
	['without an address, likewise', 'exit code 137', 'Exit code 137'],
])('%s', (_, text, heading) => {
	expect(headingFor(runbook, text)).toBe(heading);
});
