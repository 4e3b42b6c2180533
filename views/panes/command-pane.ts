import {formatMs} from '../../src/base/figures.ts';
import type {CommandData} from '../../src/checks/command/types.ts';
import {definePane} from '../kit/pane.ts';

/** A line of output, with the stream it came from. */
interface Row {
	readonly index: number;
	readonly stream: 'out' | 'err';
	readonly text: string;
}

function rowsOf(stream: Row['stream'], text: string, from: number): readonly Row[] {
	const lines = text.split('\n');
	if (lines.at(-1) === '') lines.pop();
	return lines.map((line, index) => ({index: from + index, stream, text: line}));
}

export const command = definePane<CommandData, Row>({
	noun: ['line', 'lines'],
	items({result}) {
		const errors = rowsOf('err', result.stderr, 0);
		return [...errors, ...rowsOf('out', result.stdout, errors.length)];
	},
	id: ({index}) => `line:${index}`,
	columns: [
		{title: 'FROM', width: 4, drop: 1, cell: ({stream}) => ({text: stream, tone: stream === 'err' ? 'amber' : 'dim'})},
		{title: 'LINE', width: 20, grow: 1, drop: 0, cell: ({text}) => ({text})},
	],
	search: ({text}) => text,
	copy: ({text}) => text,
	evidence: ({text}) => text,
	head: ({command, result}) => [
		{
			text: `${command.join(' ')}  exit ${result.exitCode} in ${formatMs(result.durationMs)}`,
			tone: result.exitCode === 0 ? 'dim' : 'amber',
		},
	],
	empty: () => 'the command printed nothing',
});
