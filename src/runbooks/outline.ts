/** The headings and code fences of a markdown text, in one pass that stays fast on megabytes. Pure. */

export interface Heading {
	/** 0-based line of its text. */
	readonly line: number;
	/** 0-based line after it; one more where the heading is underlined. */
	readonly next: number;
	/** 1 to 6. */
	readonly level: number;
	readonly text: string;
}

export interface Fence {
	/** 0-based line of the opening marks. */
	readonly line: number;
	/** `sh`; empty where none is named. */
	readonly language: string;
	readonly closed: boolean;
}

export interface Outline {
	readonly headings: readonly Heading[];
	readonly fences: readonly Fence[];
}

/** What cannot be the text above an underline: headings, quotes, tables, lists, and indented code. */
const noParagraph = /^(?: {4}|\t| {0,3}(?:[#>|]|[-*+] |\d{1,9}[.)] |$))/;

/** `Title ##` without its closing marks. */
function headingText(rest: string): string {
	const text = rest.trim();
	let end = text.length;
	while (end > 0 && text[end - 1] === '#') end--;
	return end === text.length || (end > 0 && !/\s/.test(text[end - 1] ?? '')) ? text : text.slice(0, end).trimEnd();
}

/** Lines inside a code fence are no headings, whatever they begin with; fences inside list items count too. */
export function outline(lines: readonly string[]): Outline {
	const headings: Heading[] = [];
	const fences: Fence[] = [];
	let open: {readonly line: number; readonly language: string; readonly mark: string} | undefined;
	for (const [line, text] of lines.entries()) {
		const start = text.trimStart();
		const first = start[0];
		if (first === '`' || first === '~') {
			const mark = /^(`{3,}|~{3,})[ \t]*([^\s`{]*)(.*)$/.exec(start);
			if (mark && !open) {
				// Backticks further on make it code within a line.
				if (first === '`' && (mark[3] ?? '').includes('`')) continue;
				open = {line, language: mark[2] ?? '', mark: mark[1] ?? ''};
			} else if (mark && open && (mark[1] ?? '').startsWith(open.mark) && start.trimEnd() === mark[1]) {
				fences.push({line: open.line, language: open.language, closed: true});
				open = undefined;
			}
			continue;
		}
		if (open || text.length - start.length > 3) continue;
		if (first === '#') {
			const marks = /^#{1,6}(?=\s|$)/.exec(start)?.[0];
			if (marks) headings.push({line, next: line + 1, level: marks.length, text: headingText(start.slice(marks.length))});
		} else if ((first === '=' || first === '-') && /^(?:=+|-+)\s*$/.test(start)) {
			const above = lines[line - 1] ?? '';
			if (noParagraph.test(above) || headings.at(-1)?.next === line) continue;
			headings.push({line: line - 1, next: line + 1, level: first === '=' ? 1 : 2, text: above.trim()});
		}
	}
	if (open) fences.push({line: open.line, language: open.language, closed: false});
	return {headings, fences};
}

/** `# [Stop](stop.md) it` reads "Stop it". */
export function plainHeading(text: string): string {
	return text
		.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replaceAll(/\s*\{#[^}]*\}\s*$/g, '')
		.replaceAll(/[*`]/g, '');
}

/** The anchor a forge makes of a heading, before numbers are added to those that come twice. */
function slug(text: string): string {
	return plainHeading(text)
		.trim()
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N}\p{M}_\s-]/gu, '')
		.replaceAll(/\s/g, '-');
}

/**
 * Every anchor of the text: of its headings as GitHub makes them, explicit `{#id}` ones, and those of `id="…"` and `name="…"`.
 * Each with the 0-based line it is on; several names may mean one line.
 */
export function anchors(lines: readonly string[]): ReadonlyMap<string, number> {
	const found = new Map<string, number>();
	const times = new Map<string, number>();
	for (const {line, text} of outline(lines).headings) {
		const explicit = /\{#([^}\s]+)\}\s*$/.exec(text)?.[1];
		if (explicit !== undefined) found.set(explicit.toLowerCase(), line);
		const name = slug(text);
		const before = times.get(name) ?? 0;
		times.set(name, before + 1);
		found.set(before === 0 ? name : `${name}-${before}`, line);
	}
	for (const [line, text] of lines.entries()) {
		if (!text.includes('<')) continue;
		for (const [, id = ''] of text.matchAll(/<[a-z][^>]{0,200}?\b(?:id|name)=["']([^"']{1,200})["']/gi)) found.set(id.toLowerCase(), line);
	}
	return found;
}

/** The part of the text from the heading of an anchor to the next one of its rank; undefined where there is no such anchor. */
export function sectionAt(markdown: string, anchor: string): string | undefined {
	const lines = markdown.split('\n');
	const at = anchors(lines).get(anchor.toLowerCase());
	if (at === undefined) return undefined;
	const {headings} = outline(lines);
	const heading = headings.findLast(({line}) => line <= at);
	const end = headings.find(({line, level}) => line > at && level <= (heading?.level ?? 6));
	return lines.slice(heading?.line ?? at, end?.line).join('\n');
}
