import type {Runbook} from '../../../src/runbooks/runbook.ts';

/** A runbook in /runbooks, built in unless told. */
export function fakeRunbook(id: string, title: string, markdown: string, more: Partial<Runbook> = {}): Runbook {
	return {
		id,
		title,
		path: `/runbooks/${id}.md`,
		embedded: true,
		checks: [],
		matches: [],
		services: [],
		contacts: [],
		links: [],
		lastReviewedOn: '2026-11-01',
		markdown,
		...more,
	};
}
