/** Markdown as terminal lines: marked's lexer, no HTML. Headings, lists, code, tables, quotes, links; all of it sanitised. */
import {marked, type Token, type Tokens} from 'marked';
import {sanitizeMultiline} from '../../src/terminal/sanitize.ts';
import {pad, width} from '../../src/terminal/width.ts';
import {wrapWords} from '../../src/terminal/wrap.ts';
import type {Theme, Tone} from '../theme.ts';
import {draw, type Parts, rule} from './line.ts';

const entities: Readonly<Record<string, string>> = {'&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'"};
const decode = (text: string) => text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity);

/** A line break of the source is a blank on the page; only `br` breaks. */
const softened = (text: string) => text.replaceAll(/\s*\n\s*/g, ' ');

/** Code in pieces that fit: a command is read, and typed, whole. */
function pieces(line: string, columns: number): readonly string[] {
	return line.match(new RegExp(`.{1,${Math.max(1, columns)}}`, 'gu')) ?? [''];
}

/** Inline text without its marks; links keep their address behind them. */
function inline(tokens: readonly Token[] | undefined, fallback = ''): string {
	if (!tokens) return decode(fallback);
	return tokens
		.map((token) => {
			switch (token.type) {
				case 'link': {
					const {href, tokens: inner, text} = token as Tokens.Link;
					const shown = inline(inner, text);
					return shown === href ? shown : `${shown} <${href}>`;
				}
				case 'codespan':
					return `\`${decode((token as Tokens.Codespan).text)}\``;
				case 'br':
					return '\n';
				case 'image':
					return `[picture: ${(token as Tokens.Image).text}]`;
				default:
					return 'tokens' in token && token.tokens
						? inline(token.tokens)
						: softened(decode('text' in token ? String(token.text) : token.raw));
			}
		})
		.join('');
}

interface Frame {
	readonly theme: Theme;
	readonly columns: number;
}

/** Wraps text behind a first and a following indent. */
function hang(frame: Frame, text: string, marks: {readonly first: string; readonly rest: string; readonly tone?: Tone}): readonly string[] {
	const room = frame.columns - width(marks.first);
	return text
		.split('\n')
		.flatMap((line) => wrapWords(line, room))
		.map((line, index) =>
			draw(
				frame.theme,
				[
					{text: index === 0 ? marks.first : marks.rest, tone: 'dim'},
					{text: line, tone: marks.tone},
				],
				frame.columns,
			),
		);
}

function list(frame: Frame, {items, ordered, start}: Tokens.List): readonly string[] {
	return items.flatMap((item, index) => {
		const box = item.task ? (item.checked ? '[x] ' : '[ ] ') : '';
		const first = `${ordered ? `${(start || 1) + index}.` : frame.theme.symbols.separator} ${box}`;
		const inner = blocks({...frame, columns: frame.columns - first.length}, item.tokens);
		return inner
			.filter((line, at) => line !== '' || at < inner.length - 1)
			.map((line, at) => (at === 0 ? first : ' '.repeat(first.length)) + line);
	});
}

function table(frame: Frame, {header, rows}: Tokens.Table): readonly string[] {
	const cells = [header, ...rows].map((row) => row.map((one) => inline(one.tokens, one.text)));
	const count = header.length;
	const natural = header.map((_one, index) => Math.max(3, ...cells.map((row) => width(row[index] ?? ''))));
	const room = Math.max(count * 3, frame.columns - (count - 1) * 2);
	const total = natural.reduce((sum, size) => sum + size, 0);
	const sizes = natural.map((size) => (total <= room ? size : Math.max(3, Math.floor((size / total) * room))));
	return cells.flatMap((row, index) => {
		const wrapped = row.map((text, at) => wrapWords(text, sizes[at] ?? 3));
		const height = Math.max(...wrapped.map((lines) => lines.length));
		const drawn = Array.from({length: height}, (_line, at) => {
			const parts: Parts = wrapped.flatMap((lines, column) => [
				{text: pad(lines[at] ?? '', sizes[column] ?? 3), tone: index === 0 ? ('strong' as const) : undefined},
				{text: column < count - 1 ? '  ' : ''},
			]);
			return draw(frame.theme, parts, frame.columns);
		});
		return index === 0
			? [
					...drawn,
					rule(
						frame.theme,
						Math.min(
							frame.columns,
							sizes.reduce((sum, size) => sum + size + 2, -2),
						),
					),
				]
			: drawn;
	});
}

function block(frame: Frame, token: Token): readonly string[] {
	switch (token.type) {
		case 'space':
		case 'def':
			return [];
		case 'heading':
			return hang(frame, inline((token as Tokens.Heading).tokens), {first: '', rest: '', tone: 'strong'});
		case 'code': {
			const lines = sanitizeMultiline((token as Tokens.Code).text).split('\n');
			return lines
				.flatMap((line) => pieces(line, frame.columns - 2))
				.map((line) =>
					draw(
						frame.theme,
						[
							{text: `${frame.theme.symbols.verticalRule} `, tone: 'dim'},
							{text: line, tone: 'green'},
						],
						frame.columns,
					),
				);
		}
		case 'list':
			return list(frame, token as Tokens.List);
		case 'table':
			return table(frame, token as Tokens.Table);
		case 'blockquote':
			return blocks({...frame, columns: frame.columns - 2}, (token as Tokens.Blockquote).tokens).map(
				(line) => frame.theme.paint('dim', `${frame.theme.symbols.verticalRule} `) + line,
			);
		case 'hr':
			return [rule(frame.theme, frame.columns)];
		default:
			return hang(frame, inline('tokens' in token ? token.tokens : undefined, 'text' in token ? String(token.text) : token.raw), {
				first: '',
				rest: '',
			});
	}
}

function blocks(frame: Frame, tokens: readonly Token[]): readonly string[] {
	const lines: string[] = [];
	let tight = true;
	for (const token of tokens) {
		const drawn = block(frame, token);
		if (drawn.length === 0) continue;
		// A list item's own text and its sub-list stay together; everything else gets air.
		if (!tight && token.type !== 'list') lines.push('');
		else if (!tight) lines.push(...(tokens.some(({type}) => type === 'text') ? [] : ['']));
		lines.push(...drawn);
		tight = false;
	}
	return lines;
}

/** The markdown as lines of at most `columns`; never throws, whatever the text. */
export function drawMarkdown(theme: Theme, markdown: string, columns: number): readonly string[] {
	return blocks({theme, columns: Math.max(10, columns)}, marked.lexer(markdown));
}
