import {Box, Text} from 'ink';

/** Pre-cut lines as one text: one node for a whole region is what keeps a live screen cheap. */
export function Lines({lines, columns, rows}: {readonly lines: readonly string[]; readonly columns: number; readonly rows: number}) {
	if (rows <= 0 || columns <= 0) return null;
	const shown = lines.length > rows ? lines.slice(0, rows) : lines;
	return (
		<Box width={columns} height={rows} flexShrink={0} overflow="hidden">
			<Text>{shown.map((line) => (line === '' ? ' ' : line)).join('\n') || ' '}</Text>
		</Box>
	);
}
