/** Lines put into a text so that no other byte of it moves: line breaks stay as they are, even where they are mixed. Pure. */

/** Line after which the front matter ends, 0-based; 0 where there is none. */
export function bodyStart(lines: readonly string[]): number {
	if (!/^\uFEFF?---[ \t]*$/.test(lines[0] ?? '')) return 0;
	const end = lines.findIndex((line, index) => index > 0 && /^---[ \t]*$/.test(line));
	return end < 0 ? 0 : end + 1;
}

/** The lines of the text without their breaks. */
export const linesOf = (source: string): readonly string[] => source.split(/\r?\n/);

/** Puts lines before the line of that index, 0-based, each ended as the text ends its own. */
export function insertLines(source: string, index: number, added: readonly string[]): string {
	const lines = source.match(/[^\n]*\n|[^\n]+$/g) ?? [];
	const newline = lines[0]?.endsWith('\r\n') ? '\r\n' : '\n';
	const before = lines.slice(0, index).join('');
	const ended = before === '' || before.endsWith('\n') ? before : before + newline;
	return ended + added.map((line) => line + newline).join('') + lines.slice(index).join('');
}
