import {expect, test} from 'vitest';
import {parseRunbook} from '../../src/runbooks/parse.ts';
import {reviewOf} from '../../src/runbooks/review.ts';

const review = (frontMatter: string) =>
	reviewOf(parseRunbook({id: 'a', path: '/a.md', embedded: false, text: `---\n${frontMatter}\n---\n`}).runbook, '2026-11-20');

test.each([
	['title: A', {kind: 'never'}],
	['review_in: 10d', {kind: 'never'}],
	['last_reviewed_on: 2026-11-20', {kind: 'fresh', on: '2026-11-20', due: '2027-05-19'}],
	['last_reviewed_on: 2026-05-24', {kind: 'fresh', on: '2026-05-24', due: '2026-11-20'}],
	['last_reviewed_on: 2026-05-23', {kind: 'overdue', on: '2026-05-23', due: '2026-11-19'}],
	['last_reviewed_on: 2026-11-01\nreview_in: 10d', {kind: 'overdue', on: '2026-11-01', due: '2026-11-11'}],
	['last_reviewed_on: 2026-11-01\nreview_in: 99999999d', {kind: 'fresh', on: '2026-11-01', due: '9999-12-31'}],
])('%j', (frontMatter, expected) => {
	expect(review(frontMatter)).toEqual(expected);
});
