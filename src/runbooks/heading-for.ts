/** The heading of a runbook that speaks of what is under the cursor. Pure. */
import {addressesIn, runbookNamed} from './match-runbook.ts';
import {anchors, outline, plainHeading} from './outline.ts';
import type {Runbook} from './runbook.ts';

/** Letters in which headings are looked for: enough for any page that is read. */
const longestLooked = 256 * 1024;

const kept = new WeakMap<Runbook, readonly {readonly text: string; readonly words: readonly string[]}[]>();

/** Words that name something; `First look` and `Do` stand in every runbook. */
const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];

function headingsOf(runbook: Runbook) {
	const found = kept.get(runbook);
	if (found) return found;
	const {headings} = outline(runbook.markdown.slice(0, longestLooked).split('\n'));
	const all = headings
		.filter(({level}) => level > 1)
		.map(({text}) => ({text: plainHeading(text), words: wordsOf(plainHeading(text))}))
		.filter(({words}) => words.length > 0);
	kept.set(runbook, all);
	return all;
}

/** The heading that an address in the text names, such as an alert's `runbook_url` with `#do`; undefined where none does. */
function headingNamed(runbook: Runbook, text: string): string | undefined {
	for (const url of addressesIn(text)) {
		const anchor = runbookNamed([runbook], url)?.anchor;
		if (anchor === undefined) continue;
		const lines = runbook.markdown.split('\n');
		const line = anchors(lines).get(anchor);
		const heading = line === undefined ? undefined : outline(lines).headings.findLast((one) => one.line <= line);
		if (heading) return plainHeading(heading.text);
	}
	return undefined;
}

/** The heading that an address names, else the one all of whose words are in the text, the longest of several; undefined for the runbook's beginning. */
export function headingFor(runbook: Runbook, text: string): string | undefined {
	const named = headingNamed(runbook, text);
	if (named !== undefined) return named;
	const words = new Set(wordsOf(text));
	let best: {readonly text: string; readonly words: readonly string[]} | undefined;
	for (const heading of headingsOf(runbook)) {
		if (!heading.words.every((word) => words.has(word))) continue;
		if (!best || heading.words.length > best.words.length) best = heading;
	}
	return best?.text;
}
