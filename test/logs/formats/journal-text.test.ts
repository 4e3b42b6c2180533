import fc from 'fast-check';
import {expect, test} from 'vitest';
import {withJournalText} from '../../../src/logs/formats/journal-text.ts';
import type {LineBatch} from '../../../src/ports/log-feed.ts';

function batchOf(lines: readonly string[]): LineBatch {
	const buffers = lines.map((line) => Buffer.from(`${line}\n`, 'latin1'));
	const ends = Uint32Array.from(buffers, (_, index) => Buffer.concat(buffers.slice(0, index + 1)).length - 1);
	const starts = Uint32Array.from(ends, (_, index) => (index === 0 ? 0 : (ends[index - 1] as number) + 1));
	return {bytes: Buffer.concat(buffers), count: lines.length, starts, ends, times: new Float64Array(lines.length)};
}
const textsOf = ({bytes, count, starts, ends}: LineBatch) =>
	Array.from({length: count}, (_, index) => Buffer.from(bytes.slice(starts[index], ends[index])).toString('latin1'));
const after = (...lines: readonly string[]) => textsOf(withJournalText(batchOf(lines)));

test('a message of numbers becomes text that filters find; its neighbours stay', () => {
	const line = `{"PRIORITY":"3","MESSAGE":[${[...Buffer.from('disk "a\\b" full\u001B[0m')].join(',')}],"_PID":"1"}`;
	expect(after('before', line, 'after')).toEqual([
		'before',
		String.raw`{"PRIORITY":"3","MESSAGE":"disk \"a\\b\" full\u001b[0m","_PID":"1"}`,
		'after',
	]);
});

test('no byte is lost', () => {
	fc.assert(
		fc.property(fc.uint8Array({minLength: 1}), (bytes) => {
			const [line = ''] = after(`{"MESSAGE":[${bytes.join(',')}]}`);
			expect(Buffer.from((JSON.parse(line) as {MESSAGE: string}).MESSAGE, 'latin1')).toEqual(Buffer.from(bytes));
		}),
	);
});

test.each([
	'{"MESSAGE":[]}',
	'{"MESSAGE":[256]}',
	'{"MESSAGE":[1,"a"]}',
	'{"MESSAGE":[1,2',
	'{"MESSAGE":"plain"}',
	'no JSON "MESSAGE":[65]',
	String.raw`{"msg":"said \"MESSAGE\":[65]"}`,
	String.raw`{"msg":"said \\\"MESSAGE\":[65]"}`,
])('%s stays as it is', (line) => {
	expect(after(line)).toEqual([line]);
});
