import {Box, Transform} from 'ink';
import '../ink/quick-ink.ts';

/**
 * Pre-cut lines in a region of fixed size. Ink is given blanks to lay out and the lines as their transformation:
 * it then takes each line apart once instead of three times, which is half the cost of a live frame.
 */
export function Lines({lines, columns, rows}: {readonly lines: readonly string[]; readonly columns: number; readonly rows: number}) {
	if (rows <= 0 || columns <= 0) return null;
	const blanks = ' \n'.repeat(rows - 1);
	return (
		<Box width={columns} height={rows} flexShrink={0}>
			<Transform transform={(_blank, index) => lines[index] ?? ''} accessibilityLabel={lines.join('\n')}>
				{`${blanks} `}
			</Transform>
		</Box>
	);
}
