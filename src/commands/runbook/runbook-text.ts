/** What `rounds runbook` prints. Pure; every text of a runbook is made harmless here. */
import {relative} from 'node:path';
import {type Review, reviewOf} from '../../runbooks/review.ts';
import type {Runbook} from '../../runbooks/runbook.ts';
import type {RunbookHit} from '../../runbooks/search-runbooks.ts';
import {sanitize, sanitizeMultiline} from '../../base/terminal/sanitize.ts';
import {pad, truncate, width} from '../../base/terminal/width.ts';

export interface Page {
	readonly cwd: string;
	/** ISO date. */
	readonly today: string;
	/** Of the terminal: rows are cut to it. Nothing is cut where undefined. */
	readonly columns: number | undefined;
	readonly colour: boolean;
}

/** As a person in this directory would type it. */
export function shownPath(path: string, cwd: string): string {
	const short = relative(cwd, path);
	return sanitize(short === '' || short.startsWith('..') ? path : short);
}

function reviewText(review: Review): string {
	if (review.kind === 'never') return 'never reviewed';
	return review.kind === 'fresh' ? review.on : `${review.on}, overdue since ${review.due}`;
}

/** Amber for what is not fresh; the words say it too. */
const paintReview = ({kind}: Review, text: string, colour: boolean) => (colour && kind !== 'fresh' ? `\u001B[33m${text}\u001B[39m` : text);
const strong = (text: string, colour: boolean) => (colour ? `\u001B[1m${text}\u001B[22m` : text);
const cut = (text: string, columns: number | undefined) => (columns === undefined ? text : truncate(text, columns));

/** One row for each runbook below a line of heads; the badge of a stale one is its last column. */
export function runbookTable(runbooks: readonly Runbook[], {today, columns, colour}: Page): string {
	const heads = ['NAME', 'TITLE', 'CHECKS', 'REVIEWED'];
	const rows = runbooks.map((runbook) => {
		const review = reviewOf(runbook, today);
		return {review, cells: [runbook.id, runbook.title, runbook.checks.join(','), reviewText(review)].map((cell) => sanitize(cell))};
	});
	const widths = heads.map((head, column) => Math.max(width(head), ...rows.map(({cells}) => width(cells[column] ?? ''))));
	const line = (cells: readonly string[]) => cells.map((cell, column) => (column === 3 ? cell : pad(cell, widths[column] ?? 0))).join('  ');
	return [
		cut(line(heads), columns),
		...rows.map(({review, cells}) => {
			const whole = cut(line(cells), columns);
			const badge = cells[3] ?? '';
			// A badge that is cut keeps no colour: an escape sequence has no width.
			return whole.endsWith(badge) ? whole.slice(0, whole.length - badge.length) + paintReview(review, badge, colour) : whole;
		}),
	]
		.map((row) => `${row}\n`)
		.join('');
}

/** For each hit its name with title and section, the line that speaks of it, and where that is. */
export function hitsText(hits: readonly RunbookHit[], {cwd, today, columns, colour}: Page): string {
	return hits
		.map(({runbook, heading, snippet, line, missing}) => {
			const review = reviewOf(runbook, today);
			const badge =
				review.kind === 'fresh' ? '' : `  (${review.kind === 'never' ? reviewText(review) : `review overdue since ${review.due}`})`;
			const name = sanitize(runbook.id);
			const head = cut(
				`${name}  ${sanitize(runbook.title)}${heading === undefined || heading === runbook.title ? '' : ` → ${heading}`}${badge}`,
				columns,
			);
			const painted = head.endsWith(badge) && badge !== '' ? head.slice(0, -badge.length) + paintReview(review, badge, colour) : head;
			return [
				strong(name, colour) + painted.slice(name.length),
				...(snippet === '' ? [] : [cut(`    ${snippet}`, columns)]),
				...(missing.length === 0 ? [] : [cut(`    without ${missing.map((word) => `“${sanitize(word)}”`).join(', ')}`, columns)]),
				cut(`    ${shownPath(runbook.path, cwd)}:${line}`, columns),
			]
				.map((row) => `${row}\n`)
				.join('');
		})
		.join('\n');
}

/** The whole runbook: what its front matter says, then its markdown as it is written. */
export function runbookText(runbook: Runbook, {cwd, today, colour}: Page): string {
	const review = reviewOf(runbook, today);
	const facts: readonly (readonly [string, string])[] = [
		['checks', runbook.checks.join(', ')],
		['services', runbook.services.join(', ')],
		['owner', runbook.owner ?? ''],
		...runbook.contacts.map((contact) => ['contact', contact] as const),
		...runbook.links.map(({title, url}) => ['link', `${title} <${url}>`] as const),
	];
	return [
		strong(sanitize(runbook.title), colour),
		...facts.filter(([, value]) => value !== '').map(([name, value]) => `${name.padEnd(8)}  ${sanitize(value)}`),
		`reviewed  ${paintReview(review, review.kind === 'never' ? 'never' : reviewText(review), colour)}`,
		`file      ${shownPath(runbook.path, cwd)}`,
		'',
		sanitizeMultiline(runbook.markdown).trimEnd(),
		'',
	].join('\n');
}

/** For programs; dates as ISO days. */
export function runbookJson(runbook: Runbook, today: string): Readonly<Record<string, unknown>> {
	const {id, title, path, embedded, checks, services, owner} = runbook;
	const review = reviewOf(runbook, today);
	return {
		id,
		title,
		path,
		embedded,
		checks,
		services,
		owner: owner ?? null,
		review: review.kind,
		lastReviewedOn: review.kind === 'never' ? null : review.on,
		reviewDue: review.kind === 'never' ? null : review.due,
	};
}
