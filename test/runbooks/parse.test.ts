import {expect, test} from 'vitest';
import {parseRunbook} from '../../src/runbooks/parse.ts';

const parse = (text: string) => parseRunbook({id: 'oom-killed', path: '/runbooks/oom-killed.md', embedded: false, text});

test('front matter and body', () => {
	const {runbook, problems, bodyLine} = parse(
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
	expect(problems).toEqual([]);
	expect(bodyLine).toBe(14);
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
	const {runbook, problems} = parse(text);
	expect(problems).toEqual([]);
	expect(runbook).toMatchObject({title, markdown});
});

test.each([
	['no YAML', 'title: [a', 'front matter is not YAML', 2],
	['a key given twice', 'title: a\ntitle: b', 'front matter is not YAML', 3],
	['a list', '- a', 'front matter: the whole should be', 2],
	['a text', 'hello', 'front matter: the whole should be', 2],
	['a wrong type', 'title: A\nchecks: pods', 'front matter: checks should be a list', 3],
	['a wrong entry', 'checks: [pods, {a: 1}]', 'front matter: checks[1] should be as in a list', 2],
	['a wrong contact', '\ncontacts:\n  - a\n  - {name: 1}', 'front matter: contacts[1] should be', 3],
	['a wrong date', 'last_reviewed_on: 2026-02-30', 'front matter: last_reviewed_on should be an ISO date', 2],
	['a wrong duration', 'review_in: soon', 'front matter: review_in should be a duration', 2],
	['a wrong pattern', "matches:\n  - fine\n  - '('", 'matches holds "(", which is not a regular expression', 4],
	['an alias without its anchor', 'title: *a', 'front matter', 2],
] as const)('bad front matter is one sentence with its line and keeps the body: %s', (_, yaml, message, line) => {
	const {runbook, problems} = parse(`---\n${yaml}\n---\nbody`);
	expect(problems).toMatchObject([{line, text: expect.stringContaining(message)}]);
	expect(problems[0]?.text).not.toContain('\n');
	expect(runbook.markdown).toBe('body');
});

test('a mistake does not hide what is right', () => {
	const {runbook, problems} = parse(
		'---\ntitle: Out of memory\nchecks: pods\nowner: alice\nreview_in: soon\nmatches: ["(", OOM]\n---\nbody',
	);
	expect(runbook).toMatchObject({title: 'Out of memory', checks: [], owner: 'alice', matches: [/OOM/iu]});
	expect(problems.map(({line}) => line)).toEqual([3, 5, 6]);
});

test.each([
	['---\ntitle: A\n---\n\n\n## Symptom', 6],
	['\n\ntext', 3],
	['text', 1],
	['---\r\n---\r\n\r\ntext', 4],
])('the line its markdown begins on: %j', (text, line) => {
	expect(parse(text).bodyLine).toBe(line);
});

test('the same file is parsed once, another of the same text for itself', () => {
	const file = {id: 'a', path: '/runbooks/a.md', embedded: false, text: '# A\n'};
	expect(parseRunbook(file)).toBe(parseRunbook(file));
	expect(parseRunbook({...file, id: 'b', path: '/runbooks/b.md'}).runbook.id).toBe('b');
});
