import {expect, test} from 'vitest';
import {createOutput} from '../../../views/runbook/book/run-output.ts';
import {spanWords} from '../../../views/runbook/book/running.ts';

test('text that comes cut anywhere is lines again, harmless, with what is not finished yet', () => {
	const output = createOutput();
	for (const piece of ['a', 'b\nc\r', '\n\u001B[31', 'mred\u001B[0m\n10 %\r20 %\r', '30 %']) output.append(piece);
	expect(output.lines()).toEqual(['ab', 'c', 'red', '30 %']);
	expect(output.dropped()).toBe(0);
});

test('a flood keeps the newest lines and counts the others; one endless line stays short', () => {
	const output = createOutput();
	for (let n = 0; n < 30_000; n++) output.append(`line ${n}\n`);
	expect(output.lines().at(-1)).toBe('line 29999');
	expect(output.lines().length + output.dropped()).toBe(30_000);
	expect(output.lines().length).toBeLessThanOrEqual(10_000);
	for (let n = 0; n < 1000; n++) output.append('x'.repeat(10_000));
	expect(output.lines().at(-1)?.length).toBeLessThanOrEqual(4096);
});

test('spans are told as people tell them', () => {
	expect([0, 1234, 59_400, 200_000].map(spanWords)).toEqual(['0.0 s', '1.2 s', '59 s', '3 m 20 s']);
});
