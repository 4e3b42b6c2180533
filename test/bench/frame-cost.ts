/** What one frame of live logs costs: Ink with the quick paths of views/ink, and Ink's own ways next to it. */
import {PassThrough} from 'node:stream';
import {quickPaths, render} from 'ink';
import {createElement} from 'react';
import {Lines} from '../../views/kit/lines.tsx';
import {median, type Row} from './figures.ts';

const [columns, rows, fresh, frames] = [200, 50, 10, 200] as const;

/** A log line as the screen draws it: a dim time, a coloured level, text to the edge. */
function line(n: number): string {
	const time = `08:${String(Math.floor(n / 60) % 60).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}.000`;
	const text = `request ${n} GET /api/orders/${n * 7919} answered 200 in ${n % 997} ms for customer ${n * 31} `;
	return `\u001B[2m${time}\u001B[22m  api-54fb9-n4vkg  \u001B[32mINFO\u001B[39m ${text.repeat(3)}`.slice(0, columns + 20);
}

/** `begin` is the first line: no run may find the lines of another in Ink's cache. Milliseconds of each frame with ten new lines, from the new state until Ink has written it. */
async function measure(begin: number): Promise<readonly number[]> {
	const stdout = Object.assign(new PassThrough(), {columns, rows, isTTY: true});
	stdout.resume();
	const screen = (first: number) =>
		createElement(Lines, {lines: Array.from({length: rows - 1}, (_, at) => line(first + at)), columns, rows: rows - 1});
	const options = {
		stdout: stdout as unknown as NodeJS.WriteStream,
		patchConsole: false,
		exitOnCtrlC: false,
		incrementalRendering: true,
		maxFps: 1000,
		debug: false,
	};
	const instance = render(screen(begin), options);
	const took: number[] = [];
	for (let frame = 1; frame <= frames; frame++) {
		const from = performance.now();
		instance.rerender(screen(begin + frame * fresh));
		// oxlint-disable-next-line no-await-in-loop -- one frame after the other is what is measured
		await instance.waitUntilRenderFlush();
		took.push(performance.now() - from);
	}
	instance.unmount();
	return took.slice(20);
}

export async function frameCost(): Promise<readonly Row[]> {
	const quick = {...quickPaths};
	const withQuick = median(await measure(0));
	Object.assign(quickPaths, {cells: undefined, rows: undefined, isNarrow: undefined});
	const own = median(await measure(0));
	Object.assign(quickPaths, quick);
	return [
		{
			what: 'a frame at 200x50 with ten new log lines',
			target: '<= 1x Ink’s own ways',
			measured: `p50 ${withQuick.toFixed(2)} ms, ${(withQuick / own).toFixed(2)}x Ink’s own ${own.toFixed(2)} ms (${frames - 20} frames)`,
			met: withQuick <= own,
		},
	];
}
