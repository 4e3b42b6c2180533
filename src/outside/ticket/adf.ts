/** Markdown as far as tickets use it, in the Atlassian Document Format: headings, lists, paragraphs, code. Pure. */
import {type TicketDraft, ticketFacts} from './ticket.ts';

type Node = {readonly type: string; readonly [key: string]: unknown};

/** A line's text: `**strong**` and bare or bracketed addresses; ADF refuses an empty text node. */
function inline(text: string): readonly Node[] {
	return text.split(/(\*\*[^*]+\*\*|<?https?:\/\/[^\s<>]+>?)/).flatMap((piece): readonly Node[] => {
		if (piece === '') return [];
		const strong = /^\*\*([^*]+)\*\*$/.exec(piece)?.[1];
		if (strong !== undefined) return [{type: 'text', text: strong, marks: [{type: 'strong'}]}];
		const href = /^<?(https?:\/\/[^\s<>]+?)>?$/.exec(piece)?.[1];
		if (href !== undefined) return [{type: 'text', text: href, marks: [{type: 'link', attrs: {href}}]}];
		return [{type: 'text', text: piece}];
	});
}

const paragraph = (text: string): Node => ({type: 'paragraph', content: inline(text)});

/** A block of lines without a blank line. */
function block(lines: readonly string[]): readonly Node[] {
	const heading = /^(#{1,6})\s+(.+)$/.exec(lines[0] ?? '');
	if (heading) {
		const level = (heading[1] ?? '').length;
		return [{type: 'heading', attrs: {level}, content: inline(heading[2] ?? '')}, ...(lines.length > 1 ? block(lines.slice(1)) : [])];
	}
	if (lines.every((line) => /^\s*[-*]\s+\S/.test(line))) {
		const items = lines.map((line) => ({type: 'listItem', content: [paragraph(line.replace(/^\s*[-*]\s+/, ''))]}));
		return [{type: 'bulletList', content: items}];
	}
	return [paragraph(lines.join(' '))];
}

function blocks(markdown: string): readonly Node[] {
	// Every second piece is inside a fence.
	return markdown.split(/^```.*$/m).flatMap((piece, index): readonly Node[] => {
		const text = piece.replaceAll(/^\n+|\s+$/g, '');
		if (text === '') return [];
		if (index % 2 === 1) return [{type: 'codeBlock', content: [{type: 'text', text}]}];
		return text.split(/\n\s*\n/).flatMap((lines) => block(lines.split('\n').map((line) => line.trimEnd())));
	});
}

/** The description of a Jira issue. */
export function ticketDocument(draft: TicketDraft): object {
	const facts = ticketFacts(draft).map(([label, value]) => `- **${label}**: ${value}`);
	const notes = draft.notes === '' ? [] : blocks(`## Notes\n\n${draft.notes}`);
	return {type: 'doc', version: 1, content: [...block(facts), ...blocks(draft.description), ...notes]};
}
