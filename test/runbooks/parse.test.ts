import {expect, test} from 'vitest';
import {parseRunbook} from '../../src/runbooks/parse.ts';

const parse = (text: string) => parseRunbook({id: 'oom-killed', path: '/runbooks/oom-killed.md', embedded: false, text});

test('front matter and body', () => {
	const {runbook, problem} = parse(
		[
			'---',
			'title: Out of memory',
			'checks: [pods]',
			"matches: [OOMKilled, 'memory \\d+ %']",
			'services: [checkout]',
			'owner: alice',
			'contacts: [{name: Bob, role: expert, phone: "+49 1"}, "#on-call"]',
			'links: [{title: Docs, url: https://e.com}]',
			'last_reviewed_on: 2026-10-30',
			'review_in: 90d',
			'draft: false',
			'---',
			'',
			'## Symptom',
		].join('\n'),
	);
	expect(problem).toBeUndefined();
	expect(runbook).toEqual({
		id: 'oom-killed',
		title: 'Out of memory',
		path: '/runbooks/oom-killed.md',
		embedded: false,
		checks: ['pods'],
		matches: [/OOMKilled/iu, /memory \d+ %/iu],
		services: ['checkout'],
		owner: 'alice',
		contacts: ['Bob, expert, +49 1', '#on-call'],
		links: [{title: 'Docs', url: 'https://e.com'}],
		lastReviewedOn: '2026-10-30',
		reviewInMs: 90 * 86_400_000,
		markdown: '## Symptom',
	});
});

test.each([
	['none: the heading is the title', '# Out of memory #\n\ntext', 'Out of memory', '# Out of memory #\n\ntext'],
	['none, no heading: the file name', 'text', 'oom killed', 'text'],
	['empty', '---\n---\n# A\n', 'A', '# A\n'],
	['CRLF and a byte order mark', '\uFEFF---\r\ntitle: A\r\n---\r\ntext', 'A', 'text'],
	['a rule later is no front matter', 'text\n---\nmore: yaml\n---\n', 'oom killed', 'text\n---\nmore: yaml\n---\n'],
	['never closed', '---\ntitle: A\n', 'oom killed', '---\ntitle: A\n'],
	['nothing at all', '', 'oom killed', ''],
])('front matter: %s', (_, text, title, markdown) => {
	const {runbook, problem} = parse(text);
	expect(problem).toBeUndefined();
	expect(runbook).toMatchObject({title, markdown});
});

test.each([
	['no YAML', '---\ntitle: [a\n---\nbody', 'front matter is no YAML'],
	['a list', '---\n- a\n---\nbody', 'front matter: the whole'],
	['a wrong type', '---\nchecks: pods\n---\nbody', 'front matter: checks'],
	['a wrong date', '---\nlast_reviewed_on: yesterday\n---\nbody', 'front matter: last_reviewed_on'],
	['a wrong duration', '---\nreview_in: soon\n---\nbody', 'front matter: review_in'],
	['a wrong pattern', "---\nmatches: ['(']\n---\nbody", 'no regular expression'],
	['an alias without its anchor', '---\ntitle: *a\n---\nbody', 'front matter'],
])('bad front matter is one sentence and keeps the body: %s', (_, text, message) => {
	const {runbook, problem} = parse(text);
	expect(problem).toContain(message);
	expect(problem).not.toContain('\n');
	expect(runbook.markdown).toBe('body');
});
