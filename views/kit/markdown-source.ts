/**
 * Markdown as site generators write it, made plain markdown: shortcodes become readable text, comments go, and a long
 * text falls into sections that can be drawn each by itself. Pure.
 */
import {outline, plainHeading} from '../../src/runbooks/outline.ts';

export interface Section {
	/** Markdown that is on its own. */
	readonly text: string;
	/** The heading it is under, plain; empty before the first. */
	readonly heading: string;
	/** 1 to 6 where the section begins with its heading; 0 for what continues below one. */
	readonly level: number;
	/** 0-based line of the source. */
	readonly line: number;
}

/** What is drawn in one go: a few milliseconds' worth. */
const longestSection = 16 * 1024;
/** No one reads on in a line of this length. */
const longestLine = 8 * 1024;

const argument = (args: string, name: string) => new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|(\\S+))`).exec(args);
const valueOf = (args: string, name: string) =>
	argument(args, name)
		?.slice(1)
		.find((one) => one !== undefined);
const firstOf = (args: string) =>
	/^\s*(?:"([^"]*)"|'([^']*)'|(\S+))/
		.exec(args)
		?.slice(1)
		.find((one) => one !== undefined) ?? '';

/** One shortcode of Hugo as text: `{{< ref "pods.md" >}}` is its path, a figure its caption, a note its name. */
function shortcode(closing: boolean, name: string, args: string): string {
	// On a line of its own it is a fence, see below.
	if (name === 'highlight') return '`';
	if (closing) return '';
	if (name === 'ref' || name === 'relref') return firstOf(args);
	if (/^(?:figure|img|image)$/.test(name)) {
		const words = ['alt', 'caption', 'title', 'src'].map((one) => valueOf(args, one)).find((one) => one !== undefined);
		return `[picture: ${words ?? firstOf(args)}]`;
	}
	const title = valueOf(args, 'title') ?? valueOf(args, 'name') ?? valueOf(args, 'header') ?? valueOf(args, 'summary');
	if (title !== undefined) return `**${title}**: `;
	if (/^(?:note|notice|tip|warning|caution|danger|info|important|alert|hint|callout|admonition)$/.test(name)) {
		const kind = args.includes('=') ? (valueOf(args, 'type') ?? name) : firstOf(args) || name;
		return `**${kind.charAt(0).toUpperCase()}${kind.slice(1)}**: `;
	}
	return args.trim() === '' ? '' : `[${name}: ${args.trim().replaceAll(/["']/g, '')}]`;
}

const shortcodes = /\{\{[<%]\s*(\/?)\s*([\w/-]{1,60})((?:[^>%}]|[>%](?!\}\}))*?)\/?\s*[>%]\}\}/g;
const highlight = /^\s*\{\{[<%]\s*(\/?)\s*highlight\b([^>%]*)[>%]\}\}\s*$/;
const fence = /^\s*(?:>\s*)*(`{3,}|~{3,})/;

const footnote = /^ {0,3}\[\^([^\]\s]{1,60})\]:[ \t]*/;

/** Footnotes as `[1]` where they are meant and as a list where they are told; what looks like one and is told nowhere stays as it is. */
function footnotesIn(source: string): (line: string) => string {
	if (!source.includes('[^')) return (line) => line;
	const told = new Set(source.match(new RegExp(footnote, 'gm'))?.map((line) => footnote.exec(line)?.[1] ?? ''));
	if (told.size === 0) return (line) => line;
	return (line) =>
		line
			.replace(footnote, (_all, id: string) => `- \\[${id}\\] `)
			.replaceAll(/(`+)[^`]+\1|\[\^([^\]\s]{1,60})\]/g, (all, _ticks, id?: string) =>
				id !== undefined && told.has(id) ? `\\[${id}\\]` : all,
			);
}

/** The lines without comments and shortcodes; code keeps every character. Lines keep their number. */
function plainLines(source: string): readonly string[] {
	const lines = source.split(/\r?\n/);
	const footnotes = footnotesIn(source);
	const speaks = source.includes('{{') || source.includes('<!--') || source.includes('[^');
	let open: string | undefined;
	let comment = false;
	return lines.map((given) => {
		const line = given.length > longestLine ? `${given.slice(0, longestLine)} … (line of ${given.length} letters)` : given;
		if (!speaks) return line;
		const shown = line.includes('{{') ? line.replace(highlight, (_all, _slash, args: string) => `\`\`\`${firstOf(args)}`) : line;
		const mark = comment ? undefined : fence.exec(shown)?.[1];
		if (mark !== undefined) {
			if (open === undefined) open = mark;
			else if (mark.startsWith(open)) open = undefined;
			return shown;
		}
		if (open !== undefined) return line;
		let text = line;
		if (comment) {
			const end = text.indexOf('-->');
			if (end < 0) return '';
			comment = false;
			text = text.slice(end + 3);
		}
		if (text.includes('<!--')) {
			text = text.replaceAll(/<!--[^]*?-->/g, '');
			const begin = text.indexOf('<!--');
			if (begin >= 0) {
				comment = true;
				text = text.slice(0, begin);
			}
		}
		return footnotes(
			text.includes('{{')
				? text.replaceAll(shortcodes, (_all, slash: string, name: string, args: string) => shortcode(slash !== '', name, args))
				: text,
		);
	});
}

/** Marks that a lexer compares with one another: thousands of them in one paragraph would take it seconds. */
const marksOf = (line: string) => line.match(/[*_~[\]`<]/g)?.length ?? 0;
const mostMarks = 1200;
const tableRule = /^\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$/;

/** Cuts at blank lines where it can; a fence that is cut is closed and opened again, a table gets its head again. */
function cut(lines: readonly string[], section: Omit<Section, 'text'>): readonly Section[] {
	const sections: Section[] = [];
	let part: string[] = [];
	let size = 0;
	let marks = 0;
	let from = 0;
	let open: {readonly line: string; readonly mark: string} | undefined;
	let tableHead: readonly string[] = [];
	const end = (next: number) => {
		const text = part.join('\n');
		sections.push({
			...section,
			level: from === 0 ? section.level : 0,
			text: open ? `${text}\n${open.mark}` : text,
			line: section.line + from,
		});
		part = open ? [open.line] : [...tableHead];
		size = 0;
		marks = 0;
		from = next;
	};
	for (const [index, line] of lines.entries()) {
		const mark = fence.exec(line)?.[1];
		if (mark !== undefined) open = open ? (mark.startsWith(open.mark) ? undefined : open) : {line, mark};
		else if (open === undefined) {
			marks += marksOf(line);
			if (line.trim() === '') tableHead = [];
			else if (line.includes('-') && tableRule.test(line) && lines[index - 1]?.includes('|')) tableHead = [lines[index - 1] ?? '', line];
		}
		part.push(line);
		size += line.length + 1;
		const apart = open === undefined && line.trim() === '' && /^\S/.test(lines[index + 1] ?? 'x');
		if ((apart && (size > longestSection || marks > mostMarks)) || size > 2 * longestSection || marks > 2 * mostMarks) end(index + 1);
	}
	if (part.length > 0 || sections.length === 0) end(lines.length);
	return sections;
}

/** The last long text: a page is laid out anew for every width, and its sections stay the same. */
let kept: {readonly source: string; readonly sections: readonly Section[]} | undefined;
const worthKeeping = 256 * 1024;

/** The sections of a page in their order: one per heading, or several where one is long. */
export function sectionsOf(source: string): readonly Section[] {
	if (kept?.source === source) return kept.sections;
	const lines = plainLines(source);
	const {headings} = outline(lines);
	const starts = [{line: 0, level: 0, text: ''}, ...headings];
	const sections = starts.flatMap(({line, level, text}, index) => {
		const own = lines.slice(line, starts[index + 1]?.line ?? lines.length);
		if (index === 0 && own.every((one) => one.trim() === '')) return [];
		return cut(own, {heading: plainHeading(text), level, line});
	});
	if (source.length > worthKeeping) kept = {source, sections};
	return sections;
}

/** The lines that give links their addresses, from anywhere on the page: `[grafana]: https://…`. */
export function linkDefinitions(source: string): string {
	if (!source.includes(']:')) return '';
	return (source.match(/^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*\S[^\n]{0,2000}$/gm) ?? []).slice(0, 10_000).join('\n');
}
