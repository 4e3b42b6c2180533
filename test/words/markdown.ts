/** The text of a markdown block as a reader sees it. */
/** The part of a markdown node that holds its text. */
export interface MarkdownNode {
	readonly type: string;
	readonly value?: string;
	readonly children?: readonly MarkdownNode[];
}

/** A key in backticks, such as `u` or `ctrl-c`. */
const key = /^(?:[^\s\w]|[A-Za-z]|(?:ctrl|alt|shift)-\S+|esc|enter|tab|space)$/;

/**
 * The text of a block in one line. Code becomes the word `code`, so that its words do not count, and a key becomes `esc`,
 * so that the rule on keys finds it.
 */
export function textOf(node: MarkdownNode): string {
	switch (node.type) {
		case 'Str':
			return node.value ?? '';
		case 'Code':
			return key.test(node.value ?? '') ? 'esc' : 'code';
		case 'Break':
			return ' ';
		case 'Image':
		case 'Html':
			return '';
		default:
			return (node.children ?? []).map(textOf).join('').replaceAll(/\s+/g, ' ');
	}
}
