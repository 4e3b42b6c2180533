/** Where a link of a runbook leads: outside, to another runbook, to a heading, or nowhere. Pure. */
import {basename, dirname, join} from 'node:path';
import {anchors} from './outline.ts';
import type {Runbook} from './runbook.ts';

export type Destination =
	| {readonly kind: 'outside'; readonly url: string}
	/** 0-based line of the runbook's markdown; absent for its beginning. */
	| {readonly kind: 'inside'; readonly runbook: Runbook; readonly line?: number; readonly missing?: string}
	| {readonly kind: 'nowhere'; readonly words: string};

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

const idOf = (path: string) => basename(path.replace(/\/+$/, '')).replace(/\.(?:md|markdown|html?)$/i, '');

/** The runbook at that path; a site's own address of a page (`/runbooks/pods/`) finds it by its name. */
function runbookAt(path: string, from: Runbook, runbooks: readonly Runbook[]): Runbook | undefined {
	const place = join(dirname(from.path), path);
	const exact = runbooks.find((one) => [place, `${place}.md`, join(place, 'index.md')].includes(one.path));
	const id = idOf(path).toLowerCase();
	return exact ?? runbooks.find((one) => one.id.toLowerCase() === id);
}

/** @param href As it is written in the markdown of `from`. */
export function follow(href: string, from: Runbook, runbooks: readonly Runbook[]): Destination {
	const written = href.trim();
	if (written === '') return {kind: 'nowhere', words: 'this link leads nowhere: its address is empty'};
	if (/^https?:/i.test(written)) return {kind: 'outside', url: written};
	if (/^[a-z][a-z0-9+.-]+:/i.test(written)) return {kind: 'outside', url: written};
	const hash = written.indexOf('#');
	const path = decoded((hash < 0 ? written : written.slice(0, hash)).split('?', 1)[0] ?? '');
	const anchor = hash < 0 ? '' : decoded(written.slice(hash + 1)).toLowerCase();
	const runbook = path === '' ? from : runbookAt(path, from, runbooks);
	if (!runbook) return {kind: 'nowhere', words: `there is no runbook ${path} here`};
	if (anchor === '') return {kind: 'inside', runbook};
	const line = anchors(runbook.markdown.split('\n')).get(anchor);
	return line === undefined
		? {kind: 'inside', runbook, missing: `${runbook.id} has no heading #${anchor}`}
		: {kind: 'inside', runbook, line};
}
