/** Markdown as terminal lines: marked's lexer, no HTML. Headings, lists, code, tables, quotes, links; all of it sanitised. */
import {marked, type Token, type Tokens, type TokensList} from 'marked';
import {plainHeading} from '../../src/runbooks/outline.ts';
import {taskKey} from '../../src/runbooks/ticks.ts';
import {sanitize, sanitizeMultiline} from '../../src/base/terminal/sanitize.ts';
import {width} from '../../src/base/terminal/width.ts';
import type {Symbols} from '../../src/base/terminal/locale.ts';
import type {Tone} from './theme.ts';
import {decodeEntities} from './entities.ts';
import {cutAtBlanks, flow, type FlowPart} from './text-flow.ts';
import {htmlText, tagless} from './markdown-html.ts';
import {layTable} from './markdown-table.ts';

/** What on a page can be stepped to. */
export type Stop =
	| {readonly kind: 'link'; readonly href: string; readonly text: string}
	| {readonly kind: 'task'; readonly key: string; readonly text: string; readonly done: boolean}
	| {readonly kind: 'code'; readonly language: string; readonly code: string};

export type PagePart = FlowPart<Stop>;

/** One line of a page; parts of the same stop hold the same object. */
export type PageLine = readonly PagePart[];

export interface PageOptions {
	readonly symbols: Symbols;
	readonly columns: number;
	/** The heading the text is under; distinguishes boxes. */
	readonly heading?: string;
	/** A name between backticks that is a page of its own leads there. */
	readonly isPage?: (name: string) => boolean;
	/** Addresses of links that are given elsewhere on the page. */
	readonly links?: TokensList['links'];
}

interface Frame extends PageOptions {
	/** How often each box was met, by its key. */
	readonly boxes: Map<string, number>;
	readonly depth: number;
	/** Markdown of the same page read by itself. */
	readonly lexed: (markdown: string) => readonly Token[];
}

/** Quotes in lists in quotes: beyond this no one follows. */
const deepest = 24;

/** A line break of the source is a blank on the page; only `br` breaks. */
const softened = (text: string) => sanitize(decodeEntities(text).replaceAll(/\s*\n\s*/g, ' '));

/** Inline text with its tones; links know where they lead. */
function inline(
	frame: Frame,
	tokens: readonly Token[] | undefined,
	fallback = '',
	style: Omit<PagePart, 'text'> = {},
): readonly PagePart[] {
	if (!tokens) return [{...style, text: softened(fallback)}];
	return tokens.flatMap((token): readonly PagePart[] => {
		switch (token.type) {
			case 'link': {
				const {href, tokens: inner, text} = token as Tokens.Link;
				const mark: Stop = {kind: 'link', href, text: softened(text)};
				const shown = inline(frame, inner, text, {...style, mark});
				if ([softened(text), `mailto:${softened(text)}`].includes(softened(href))) return shown;
				const leads = /^[a-z][a-z0-9+.-]+:/i.test(href) ? ` <${softened(href)}>` : frame.symbols.arrow;
				return [...shown, {...style, mark, text: leads}];
			}
			case 'codespan': {
				const {text} = token as Tokens.Codespan;
				const name = decodeEntities(text);
				const leads = style.mark === undefined && frame.isPage?.(name);
				const mark: Stop | undefined = leads ? {kind: 'link', href: `${name}.md`, text: name} : style.mark;
				return [{...style, mark, text: `\`${softened(text)}\`${leads ? frame.symbols.arrow : ''}`}];
			}
			case 'br':
				return [{text: '\n'}];
			case 'image':
				return [{...style, text: `[picture: ${softened((token as Tokens.Image).text || 'without a description')}]`}];
			case 'html': {
				const text = tagless(token.raw);
				return text === '' ? [] : [{...style, text: text === '\n' ? text : softened(text)}];
			}
			case 'strong':
				return inline(frame, (token as Tokens.Strong).tokens, token.raw, {tone: 'strong', ...style});
			case 'del':
				// What no longer holds must not read as if it did.
				return [{...style, text: '~~'}, ...inline(frame, (token as Tokens.Del).tokens, token.raw, style), {...style, text: '~~'}];
			case 'checkbox':
				return [];
			default:
				return 'tokens' in token && token.tokens
					? inline(frame, token.tokens, token.raw, style)
					: [{...style, text: softened('text' in token ? String(token.text) : token.raw)}];
		}
	});
}

const widthOf = (line: PageLine) => line.reduce((sum, {text}) => sum + width(text), 0);

function codeLines({symbols, columns}: Frame, {text, lang}: Tokens.Code): readonly PageLine[] {
	const language = /^[^\s{,]*/.exec(lang ?? '')?.[0] ?? '';
	const stop: Stop = {kind: 'code', language, code: text};
	const bar: PagePart = {text: `${symbols.verticalRule} `, tone: 'dim', mark: stop};
	// A command is read, and typed, whole: it is cut to pieces, never shortened.
	const lines = sanitizeMultiline(text)
		.split('\n')
		.flatMap((line) => (line === '' ? [''] : cutAtBlanks(line, Math.max(1, columns - 2))))
		.map((line): PageLine => [bar, {text: line, mark: stop}]);
	const [first] = lines;
	const label = sanitize(language);
	const room = first ? columns - widthOf(first) - width(label) : 0;
	if (!first || label === '' || room < 3) return lines;
	return [[...first, {text: ' '.repeat(room) + label, tone: 'dim', mark: stop}], ...lines.slice(1)];
}

/** Puts one part before the first line and another before the rest. */
function prefixed(lines: readonly PageLine[], first: PagePart, rest: PagePart): readonly PageLine[] {
	return lines.map((line, index) =>
		index > 0 && line.length === 0 && rest.text.trim() === '' ? line : [index === 0 ? first : rest, ...line],
	);
}

function box(frame: Frame, item: Tokens.ListItem): Extract<Stop, {readonly kind: 'task'}> {
	const [first = ''] = item.text.replace(/^\[[ xX]\]\s+/, '').split('\n');
	const text = softened(plainHeading(first));
	const plain = taskKey(frame.heading ?? '', text, {nth: 0});
	const nth = frame.boxes.get(plain) ?? 0;
	frame.boxes.set(plain, nth + 1);
	return {kind: 'task', key: taskKey(frame.heading ?? '', text, {nth}), text, done: item.checked ?? false};
}

function list(frame: Frame, {items, ordered, start, loose}: Tokens.List): readonly PageLine[] {
	return items.flatMap((item, index) => {
		const mark = ordered ? `${(Number(start) || 1) + index}.` : frame.symbols.separator;
		const task = item.task ? box(frame, item) : undefined;
		const lead = `${mark} ${task ? '[ ] ' : ''}`;
		const inner = blocks({...frame, columns: frame.columns - width(lead), depth: frame.depth + 1}, item.tokens);
		const dim: Tone = 'dim';
		const lines = prefixed(inner.length > 0 ? inner : [[]], {text: `${mark} `, tone: dim}, {text: ' '.repeat(width(lead))});
		const [first = [], ...more] = lines;
		const head: PageLine = task ? [first[0] ?? {text: ''}, {text: task.done ? '[x] ' : '[ ] ', mark: task}, ...first.slice(1)] : first;
		return [head, ...more, ...(loose && inner.length > 1 && index < items.length - 1 ? [[]] : [])];
	});
}

/** `> [!WARNING]`, as GitHub has it; the first two had better not be overlooked. */
const alerts = /^\[!(caution|warning|important|note|tip)\][ \t]*(?:\n|$)/i;

function quote(frame: Frame, {text, tokens}: Tokens.Blockquote): readonly PageLine[] {
	const {columns, symbols, depth} = frame;
	const inside = {...frame, columns: columns - 2, depth: depth + 1};
	const alert = alerts.exec(text);
	const name = alert?.[1]?.toLowerCase() ?? '';
	const tone: Tone = name === 'caution' || name === 'warning' ? 'amber' : 'strong';
	const head: readonly PageLine[] = alert ? [[{text: name.charAt(0).toUpperCase() + name.slice(1), tone}]] : [];
	const body = alert ? frame.lexed(text.slice(alert[0].length)) : tokens;
	const bar: PagePart = {text: `${symbols.verticalRule} `, tone: alert && tone === 'amber' ? tone : 'dim'};
	return prefixed([...head, ...blocks(inside, body)], bar, bar);
}

function block(frame: Frame, token: Token): readonly PageLine[] {
	const {columns, symbols} = frame;
	const text = (tokens: readonly Token[] | undefined, style?: Omit<PagePart, 'text'>, fallback = token.raw) =>
		flow(inline(frame, tokens, fallback, style), columns);
	switch (token.type) {
		case 'space':
		case 'def':
		case 'checkbox':
			return [];
		case 'heading':
			return flow([{text: softened(plainHeading((token as Tokens.Heading).text)), tone: 'strong'}], columns);
		case 'code':
			return codeLines(frame, token as Tokens.Code);
		case 'list':
			return list(frame, token as Tokens.List);
		case 'table': {
			const {header, rows, align} = token as Tokens.Table;
			const cells = [header, ...rows].map((row) => row.map((one) => inline(frame, one.tokens, one.text)));
			return layTable(cells, {columns, symbols, right: align.map((one) => one === 'right')});
		}
		case 'blockquote':
			return quote(frame, token as Tokens.Blockquote);
		case 'hr':
			return [[{text: symbols.rule.repeat(columns), tone: 'dim'}]];
		case 'html':
			return htmlText(token.raw).flatMap((line) => flow([{text: softened(line)}], columns));
		default:
			return text('tokens' in token ? token.tokens : undefined, {}, 'text' in token ? String(token.text) : token.raw);
	}
}

function blocks(frame: Frame, tokens: readonly Token[]): readonly PageLine[] {
	if (frame.columns < 6 || frame.depth > deepest)
		return flow([{text: softened(tokens.map(({raw}) => raw).join(' '))}], Math.max(2, frame.columns));
	const lines: PageLine[] = [];
	let before: Token | undefined;
	for (const token of tokens) {
		const drawn = block(frame, token);
		if (drawn.length === 0) continue;
		// A list item's own text and its sub-list stay together; everything else gets air.
		if (before !== undefined && !(token.type === 'list' && before.type === 'text')) lines.push([]);
		lines.push(...drawn);
		before = token;
	}
	return lines;
}

/** The markdown laid out as lines of at most `columns`; never throws, whatever the text. */
export function layMarkdown(markdown: string, options: PageOptions): readonly PageLine[] {
	const columns = Math.max(10, options.columns);
	const lexed = (text: string) => {
		const lexer = new marked.Lexer();
		if (options.links) Object.assign(lexer.tokens.links, options.links);
		return lexer.lex(text);
	};
	try {
		return blocks({...options, columns, boxes: new Map(), depth: 0, lexed}, lexed(markdown));
	} catch {
		// Nested beyond what can be read: the text itself is better than nothing.
		return markdown.split('\n').flatMap((line) => flow([{text: sanitize(line)}], columns));
	}
}
