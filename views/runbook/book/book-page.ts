/** A runbook laid out as lines, section by section and only those that are looked at: five megabytes open as fast as one page. */
import {marked} from 'marked';
import {sanitize} from '../../../src/base/terminal/sanitize.ts';
import type {Symbols} from '../../../src/base/terminal/locale.ts';
import {layMarkdown, type PageLine, type Stop} from '../../kit/markdown.ts';
import {linkDefinitions, type Section, sectionsOf} from '../../kit/markdown-source.ts';

/** A line of the page: it stays the same while other sections are not laid out yet. */
export interface Place {
	readonly section: number;
	readonly line: number;
}

/** A stop by where it is met; see `Page.stops`. */
export interface StopPlace {
	readonly section: number;
	readonly index: number;
}

export interface Row extends Place {
	readonly parts: PageLine;
}

export interface Page {
	/** What the front matter says, then one per heading or less. */
	readonly sections: readonly Pick<Section, 'heading' | 'level' | 'line'>[];
	/** The markdown of a section as it is drawn. */
	readonly source: (section: number) => string;
	readonly lines: (section: number) => readonly PageLine[];
	/** What can be stepped to, in the order of the section's lines. */
	readonly stops: (section: number) => readonly {readonly stop: Stop; readonly line: number}[];
	/** False where the section surely has no stop: then it need not be laid out to be passed. */
	readonly mayStop: (section: number) => boolean;
	readonly rows: (from: Place, count: number) => readonly Row[];
	/** The place so many lines further, not beyond the first or the last line. */
	readonly moved: (from: Place, by: number) => Place;
	/** The place from which the last `rows` lines are shown. */
	readonly lastTop: (rows: number) => Place;
	/** `1 to 30 of 52 lines`, or how far where the page is too long to be laid out whole; empty where all of it is shown. */
	readonly position: (top: Place, rows: number) => string;
	/** The place of a line of the source. */
	readonly placeOf: (sourceLine: number) => Place;
	/** The place of a heading by its text; undefined where there is none. */
	readonly placeOfHeading: (heading: string) => Place | undefined;
}

/** Laid out whole at once: a few tens of milliseconds. */
const wholeUpTo = 96 * 1024;

const stopSigns = /\]\(|\]\[|```|~~~|\[[ xX]\]|https?:|`|<|^(?: {4}|\t)/m;

/** The page of a text; `head` is before it. */
export function createPage(
	markdown: string,
	options: {
		readonly head: readonly PageLine[];
		/** Lines after it. */
		readonly tail: readonly PageLine[];
		readonly columns: number;
		readonly symbols: Symbols;
		readonly isPage?: (name: string) => boolean;
	},
): Page {
	const own = {text: '', heading: '', level: 0};
	const sections: readonly Section[] = [{...own, line: 0}, ...sectionsOf(markdown), {...own, line: markdown.split('\n').length}];
	const definitions = linkDefinitions(markdown);
	const links = definitions === '' ? undefined : marked.lexer(definitions).links;
	const laid = new Map<number, readonly PageLine[]>([[0, options.head]]);
	const stopped = new Map<number, readonly {readonly stop: Stop; readonly line: number}[]>();
	const {columns, symbols, isPage} = options;
	const last = sections.length - 1;
	laid.set(last, options.tail.length > 0 ? [[], ...options.tail] : []);

	const lines = (index: number): readonly PageLine[] => {
		const found = laid.get(index);
		if (found) return found;
		const section = sections[index];
		if (!section) return [];
		const drawn = layMarkdown(section.text, {
			columns,
			symbols,
			heading: section.heading,
			...(isPage ? {isPage} : {}),
			...(links ? {links} : {}),
		});
		const result = drawn.length === 0 ? [] : [[], ...drawn];
		laid.set(index, result);
		return result;
	};

	const stops: Page['stops'] = (index) => {
		const found = stopped.get(index);
		if (found) return found;
		const seen = new Set<Stop>();
		const result = lines(index).flatMap((parts, line) =>
			parts.flatMap(({mark}) => {
				if (!mark || seen.has(mark)) return [];
				seen.add(mark);
				return [{stop: mark, line}];
			}),
		);
		stopped.set(index, result);
		return result;
	};

	const moved: Page['moved'] = (from, by) => {
		let {section, line} = from;
		line += by;
		while (line < 0 && section > 0) {
			section -= 1;
			line += lines(section).length;
		}
		while (section < last && line >= lines(section).length) {
			line -= lines(section).length;
			section += 1;
		}
		return {section, line: Math.max(0, Math.min(line, Math.max(0, lines(section).length - 1)))};
	};

	const small = markdown.length <= wholeUpTo;
	const numberOf = ({section, line}: Place) => {
		let before = line;
		for (let index = 0; index < section; index++) before += lines(index).length;
		return before;
	};
	const end = (): Place => {
		let section = last;
		while (section > 0 && lines(section).length === 0) section -= 1;
		return {section, line: Math.max(0, lines(section).length - 1)};
	};
	const lastTop = (rows: number) => moved(end(), -(rows - 1));
	const before = (a: Place, b: Place) => a.section < b.section || (a.section === b.section && a.line < b.line);

	return {
		sections,
		source: (section) => sections[section]?.text ?? '',
		lines,
		stops,
		mayStop: (section) => section === 0 || stopSigns.test(sections[section]?.text ?? ''),
		rows(from, count) {
			const rows: Row[] = [];
			let {section, line} = from;
			while (rows.length < count && section <= last) {
				const parts = lines(section)[line];
				if (parts) rows.push({section, line, parts});
				line += 1;
				if (line >= lines(section).length) {
					section += 1;
					line = 0;
				}
			}
			return rows;
		},
		moved,
		lastTop,
		position(top, rows) {
			if (small) {
				const total = numberOf(end()) + 1;
				const first = numberOf(top);
				return total <= rows ? '' : `${first + 1} to ${Math.min(total, first + rows)} of ${total} lines`;
			}
			if (!before(top, lastTop(rows))) return 'the end';
			return `${Math.floor(((sections[top.section]?.line ?? 0) / Math.max(1, sections[last]?.line ?? 0)) * 100)} %`;
		},
		placeOf(sourceLine) {
			let low = 1;
			let high = last;
			while (low < high) {
				const middle = Math.ceil((low + high) / 2);
				if ((sections[middle]?.line ?? 0) <= sourceLine) low = middle;
				else high = middle - 1;
			}
			return {section: Math.min(low, last), line: 0};
		},
		placeOfHeading(heading) {
			const section = sections.findIndex((one) => one.level > 0 && sanitize(one.heading) === sanitize(heading));
			// The page's own title is its beginning, with what the front matter says.
			if (section === 1 && sections[1]?.level === 1) return {section: 0, line: 0};
			return section < 0 ? undefined : {section, line: Math.min(1, Math.max(0, lines(section).length - 1))};
		},
	};
}
