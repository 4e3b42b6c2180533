/** The links of a markdown page that lead to other files here, and to anchors. Pure. */
import {marked, type Token, type Tokens} from 'marked';

export interface LocalLink {
	/** 0-based line within the markdown. */
	readonly line: number;
	/** As it is written: `../pods.md#undo`. */
	readonly href: string;
	/** Decoded, without query and anchor; empty where it stays on the page. */
	readonly path: string;
	/** Decoded, in lower case; undefined where none is named. */
	readonly anchor: string | undefined;
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** Undefined for what leads elsewhere: another scheme, the root of a site, a shortcode of a site generator. */
function localLink(href: string, line: number): LocalLink | undefined {
	if (href === '' || /^(?:[a-z][a-z0-9+.-]*:|\/|\\)/i.test(href) || href.includes('{{')) return undefined;
	const hash = href.indexOf('#');
	const place = hash < 0 ? href : href.slice(0, hash);
	const anchor = hash < 0 ? '' : decoded(href.slice(hash + 1)).toLowerCase();
	return {line, href, path: decoded(place.split('?', 1)[0] ?? ''), anchor: anchor === '' ? undefined : anchor};
}

const countLines = (text: string) => text.split('\n').length - 1;

/** The links and pictures among tokens, also inside lists, quotes, tables and raw HTML. */
function linksIn(tokens: readonly Token[]): readonly {readonly href: string; readonly raw: string}[] {
	const found: {href: string; raw: string}[] = [];
	void marked.walkTokens([...tokens], (token) => {
		if (token.type === 'link' || token.type === 'image') found.push({href: (token as Tokens.Link | Tokens.Image).href, raw: token.raw});
		else if (token.type === 'html')
			for (const [, href = ''] of token.raw.matchAll(/\s(?:href|src)=["']([^"']{1,2000})["']/gi)) found.push({href, raw: href});
	});
	return found;
}

/** Every link of the page to a file or an anchor here, in the order of the page. Code is no link. */
export function localLinks(markdown: string): readonly LocalLink[] {
	const links: LocalLink[] = [];
	let line = 0;
	for (const token of marked.lexer(markdown)) {
		/** Two links that are written alike stand one after the other. */
		let from = 0;
		for (const {href, raw} of linksIn([token])) {
			const at = token.raw.indexOf(raw, from);
			if (at >= 0) from = at + raw.length;
			const link = localLink(href, line + countLines(token.raw.slice(0, Math.max(at, 0))));
			if (link) links.push(link);
		}
		line += countLines(token.raw);
	}
	return links;
}
