/** What is around a runbook: its front matter, whether it can be trusted, the tips of the check it was opened from. Pure. */
import type {ConfiguredCheck} from '../../../src/checks/kit/check.ts';
import {reviewOf} from '../../../src/runbooks/review.ts';
import type {Runbook} from '../../../src/runbooks/runbook.ts';
import {sanitize} from '../../../src/base/terminal/sanitize.ts';
import type {Symbols} from '../../../src/base/terminal/locale.ts';
import {flow} from '../../kit/text-flow.ts';
import type {Part} from '../../kit/line.ts';
import type {PageLine, PagePart, Stop} from '../../kit/markdown.ts';

/** The badge: when it was reviewed, and since when that is too long ago. */
export function reviewPart(runbook: Runbook, today: string): Part {
	const review = reviewOf(runbook, today);
	if (review.kind === 'never') return {text: 'never reviewed', tone: 'amber'};
	const days = Math.floor((Date.parse(today) - Date.parse(review.on)) / 86_400_000);
	const ago = days < 1 ? 'today' : days < 14 ? `${days} d ago` : `${Math.floor(days / 7)} weeks ago`;
	return review.kind === 'fresh'
		? {text: `reviewed ${ago}`, tone: 'dim'}
		: {text: `stale: reviewed ${review.on}, due ${review.due}`, tone: 'amber'};
}

function fact(name: string, parts: readonly PagePart[], columns: number): readonly PageLine[] {
	return flow<Stop>(parts, columns - 10).map((line, index) => [
		{text: (index === 0 ? name : '').padEnd(10), tone: 'dim' as const},
		...line,
	]);
}

/** The lines above the text; empty parts of the front matter take none. */
export function headLines(
	runbook: Runbook,
	{
		columns,
		symbols,
		today,
		expert,
	}: {
		readonly columns: number;
		readonly symbols: Symbols;
		readonly today: string;
		/** Who knows the service best, with how to reach them. */
		readonly expert?: string | undefined;
	},
): readonly PageLine[] {
	const {title, id, path, owner, contacts, links, services, embedded} = runbook;
	const separator = ` ${symbols.separator} `;
	const about = [`runbook ${id}`, ...(services.length > 0 ? [`for ${services.join(', ')}`] : []), ...(embedded ? ['built in'] : [])];
	const linkParts = links.flatMap(({title, url}, index): readonly PagePart[] => {
		const mark: Stop = {kind: 'link', href: url, text: sanitize(title)};
		return [...(index > 0 ? [{text: separator}] : []), {text: sanitize(title), mark}, {text: ` <${sanitize(url)}>`, tone: 'dim', mark}];
	});
	return [
		...flow<Stop>([{text: sanitize(title), tone: 'strong' as const}], columns),
		...flow<Stop>([{text: sanitize(about.join(separator) + separator), tone: 'dim'}, reviewPart(runbook, today)], columns),
		...(owner === undefined ? [] : fact('owner', [{text: sanitize(owner)}], columns)),
		// Ours cannot know whom to call; rounds.yaml does.
		...(embedded && expert !== undefined ? [] : contacts).flatMap((contact, index) =>
			fact(index === 0 ? 'call' : '', [{text: sanitize(contact)}], columns),
		),
		...(expert === undefined ? [] : fact('expert', [{text: sanitize(expert)}], columns)),
		...(linkParts.length > 0 ? fact('links', linkParts, columns) : []),
		...(embedded ? [] : fact('file', [{text: sanitize(path), tone: 'dim'}], columns)),
	];
}

/** The tips of the check it was opened from, below the text. */
export function tipLines(
	check: ConfiguredCheck,
	{columns, symbols}: {readonly columns: number; readonly symbols: Symbols},
): readonly PageLine[] {
	return [
		[{text: `Tips of the check: ${sanitize(check.title)}`, tone: 'strong'}],
		[],
		...flow<Stop>([{text: sanitize(check.check.why), tone: 'dim' as const}], columns),
		...check.check.tips.flatMap((tip) =>
			flow<Stop>([{text: sanitize(tip)}], columns - 2).map((line, index): PageLine => [
				{text: index === 0 ? `${symbols.separator} ` : '  ', tone: 'dim'},
				...line,
			]),
		),
	];
}
