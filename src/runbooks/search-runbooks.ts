/**
 * Finds runbooks by words: in the title before the front matter, before the headings, before the text; whole words
 * before beginnings; rare words before common ones. There is no index: a thousand files are a few million letters,
 * which a scan passes in milliseconds, and only what holds the words is parsed. Pure.
 */
import {sanitize} from '../base/terminal/sanitize.ts';
import {type Heading, outline, plainHeading} from './outline.ts';
import {type ParsedRunbook, parseRunbook, type RunbookFile} from './parse.ts';
import type {Runbook} from './runbook.ts';
import {fold, meet, meetNearly, type Met, quality, tellingWords, wordsOf} from './search-words.ts';

export interface RunbookHit {
	readonly runbook: Runbook;
	/** For comparison with other hits of the same query only. */
	readonly score: number;
	/** Words that were typed, say something and do not occur; where any runbook holds all words, no hit lacks one. */
	readonly missing: readonly string[];
	/** The section that speaks of it most; undefined where only the title or the front matter does. */
	readonly heading: string | undefined;
	/** 1-based line of the file that the snippet is from. */
	readonly line: number;
	/** That line, harmless, without its markdown marks; empty where the runbook has no text. */
	readonly snippet: string;
}

export interface RunbookSearch {
	/**
	 * Best first; none for a query without a word.
	 * @param limit At most this many have their section and snippet looked for, and are given.
	 */
	readonly find: (query: string, limit?: number) => {readonly hits: readonly RunbookHit[]; readonly found: number};
}

const weights = {title: 10, about: 6, headings: 4, text: 1} as const;
/** Letters of a page in which the best section is looked for. */
const longestPage = 512 * 1024;
const longestSnippet = 160;

interface Page {
	readonly file: RunbookFile;
	/** The whole file, folded. */
	readonly folded: string;
	parsed?: {readonly parsed: ParsedRunbook; readonly fields: Readonly<Record<keyof typeof weights, string>>};
}

function parsedOf(page: Page): NonNullable<Page['parsed']> {
	if (page.parsed) return page.parsed;
	const parsed = parseRunbook(page.file);
	const {runbook} = parsed;
	const {headings} = outline(runbook.markdown.split('\n'));
	page.parsed = {
		parsed,
		fields: {
			title: fold(`${runbook.title}\n${runbook.id}`),
			about: fold([...runbook.checks, ...runbook.services, runbook.owner, ...runbook.matches.map(({source}) => source)].join('\n')),
			headings: fold(headings.map(({text}) => text).join('\n')),
			text: page.folded.slice(page.folded.length - runbook.markdown.length),
		},
	};
	return page.parsed;
}

/** A word of the query and the pages that hold it; with one letter wrong where none holds it as it is. */
interface Word {
	readonly word: string;
	readonly meet: (text: string, word: string) => Met;
	readonly pages: ReadonlySet<Page>;
	/** Says more the fewer pages hold it. */
	readonly weight: number;
}

function lookUp(pages: readonly Page[], word: string): Word {
	const exact = pages.filter(({folded}) => folded.includes(word));
	const near = exact.length > 0 ? [] : pages.filter(({folded}) => meetNearly(folded, word).count > 0);
	const found = exact.length > 0 ? exact : near;
	return {
		word,
		meet: exact.length > 0 ? meet : meetNearly,
		pages: new Set(found),
		weight: Math.log(1 + pages.length / Math.max(1, found.length)),
	};
}

function scoreOf(page: Page, words: readonly Word[], query: string): number {
	const {parsed, fields} = parsedOf(page);
	// A pattern of its own that speaks of the whole query has, as it were, every word of it.
	const spoken = parsed.runbook.matches.some((pattern) => pattern.test(query));
	let score = 0;
	for (const {word, meet, pages, weight} of words) {
		if (spoken) score += weight * weights.about;
		if (!pages.has(page)) continue;
		const {title, about, headings, text} = fields;
		const inText = meet(text, word);
		score +=
			weight *
			(weights.title * meet(title, word).quality +
				weights.about * (spoken ? quality.none : meet(about, word).quality) +
				weights.headings * meet(headings, word).quality +
				weights.text * (inText.quality + Math.min(inText.count, 10) / 20));
	}
	return score;
}

interface Section {
	readonly heading: Heading | undefined;
	readonly from: number;
	readonly to: number;
}

/** `- [ ] \`kubectl\` …` as a reader wants it in a list of hits. */
function plainLine(line: string): string {
	const text = sanitize(line)
		.trim()
		.replace(/^(?:#{1,6}|>|[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/, '')
		.replace(/^\|\s*|\s*\|$/g, '')
		.replaceAll(/\s+\|\s+/g, ' | ')
		.replaceAll(/!?\[([^\]]{1,200})\]\([^)]{0,2000}\)/g, '$1');
	return text.length > longestSnippet ? `${text.slice(0, longestSnippet - 1).trimEnd()}…` : text;
}

/** A rule, a fence or the line below a table's head says nothing. */
const speaks = (line: string) => /[\p{L}\p{N}]/u.test(line) && !/^\s*(?:```|~~~|\{\{[<%]|<!--|\|[\s|:-]+\|\s*$)/.test(line);

/** The section and the line of a page that speak of the words most. */
function bestPlace(page: Page, words: readonly Word[]): Pick<RunbookHit, 'heading' | 'line' | 'snippet'> {
	const {parsed, fields} = parsedOf(page);
	const lines = parsed.runbook.markdown.slice(0, longestPage).split('\n');
	const folded = fields.text.slice(0, longestPage).split('\n');
	const {headings} = outline(lines);
	const inLine = folded.map((line) => words.map(({word, meet, weight}) => (meet(line, word).count > 0 ? weight : 0)));
	const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
	const sections: readonly Section[] = [undefined, ...headings].map((heading, index) => ({
		heading,
		from: heading?.next ?? 0,
		to: headings[index]?.line ?? lines.length,
	}));
	const scored = sections.map((section) => {
		const inside = inLine.slice(section.from, section.to);
		const held = words.map((_word, index) => Math.max(0, ...inside.map((hits) => hits[index] ?? 0)));
		const named = section.heading === undefined ? 0 : sum(inLine[section.heading.line] ?? []);
		const lineHits = inside.filter((hits) => sum(hits) > 0).length;
		return {section, score: 3 * named + 2 * sum(held) + Math.min(lineHits, 5) / 10};
	});
	const best = scored.reduce((a, b) => (b.score > a.score ? b : a));
	// Whoever names a runbook wants it from its beginning, unless a heading is named too.
	const isNamed = words.every(({word, meet}) => meet(fields.title, word).count > 0);
	const named = isNamed && !inLine[best.section.heading?.line ?? -1]?.some((weight) => weight > 0);
	const {heading, from, to} = best.score > 0 && !named ? best.section : {heading: undefined, from: 0, to: lines.length};
	let line: number | undefined;
	for (let at = from; at < to; at++) {
		if (!speaks(lines[at] ?? '') || headings.some((one) => one.line === at)) continue;
		if (line === undefined || sum(inLine[at] ?? []) > sum(inLine[line] ?? [])) line = at;
	}
	const shown = line ?? heading?.line;
	return {
		heading: heading === undefined ? undefined : sanitize(plainHeading(heading.text)),
		line: parsed.bodyLine + (shown ?? 0),
		snippet: shown === undefined ? '' : plainLine(lines[shown] ?? ''),
	};
}

/** Keeps what it has parsed: ask one search for one set of files. */
export function createRunbookSearch(files: readonly RunbookFile[]): RunbookSearch {
	const pages = files.map((file): Page => ({file, folded: fold(`${file.id}\n${file.text}`)}));
	return {
		find(query, limit = Number.POSITIVE_INFINITY) {
			const words = wordsOf(query).map((word) => lookUp(pages, word));
			const holding = (wanted: readonly Word[]) => pages.map((page) => wanted.filter((word) => word.pages.has(page)).length);
			const whole = holding(words);
			const met = words.length > 0 && Math.max(...whole) === words.length;
			const held = met ? whole : holding(tellingWords(words));
			const most = Math.max(0, ...held);
			if (most === 0) return {hits: [], found: 0};
			const ranked = pages
				.filter((_page, index) => held[index] === most)
				.map((page) => ({page, score: scoreOf(page, words, query)}))
				.sort(
					(a, b) =>
						b.score - a.score || Number(a.page.file.embedded) - Number(b.page.file.embedded) || (a.page.file.id < b.page.file.id ? -1 : 1),
				);
			const hits = ranked.slice(0, limit).map(({page, score}) => ({
				runbook: parsedOf(page).parsed.runbook,
				score,
				missing: tellingWords(words)
					.filter(({pages}) => !pages.has(page))
					.map(({word}) => word),
				...bestPlace(page, words),
			}));
			return {hits, found: ranked.length};
		},
	};
}
