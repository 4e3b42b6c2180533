/** Raw HTML inside markdown as readable text: its tags go, its words, breaks and pictures stay. Pure. */

const picture = /<img\b[^>]{0,2000}?\balt\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]{0,2000}>/gi;

/** One inline tag, or a few: a break is a break, a picture its alt text, everything else nothing. */
export function tagless(html: string): string {
	if (/^<br\s*\/?>$/i.test(html.trim())) return '\n';
	return html
		.replaceAll(picture, (_all, double?: string, single?: string) => `[picture: ${double ?? single ?? ''}]`)
		.replaceAll(/<!--[^]*?-->/g, '')
		.replaceAll(/<\/?[a-z][^<>]*>/gi, '');
}

/** A block of HTML as lines without blank ones. */
export function htmlText(html: string): readonly string[] {
	const lines = html
		.replaceAll(/<(script|style|template)\b[^>]*>[^]*?<\/\1\s*>/gi, '')
		.replaceAll(/<li\b[^<>]*>/gi, '\n- ')
		.replaceAll(/<\/(?:td|th)\s*>/gi, '  ')
		.replaceAll(/<(?:br|\/p|\/div|\/tr|\/h[1-6]|\/summary|\/details|\/pre|\/ul|\/ol)\b[^<>]*>/gi, '\n')
		.split('\n')
		.map((line) => tagless(line).trim());
	return lines.filter((line) => line !== '');
}
