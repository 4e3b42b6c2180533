import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {createLineSplitter, type SplitOptions} from '../../../src/logs/hold/split-lines.ts';

/** The lines as they are delivered, each as latin1 text so that any byte shows. */
function split(chunks: readonly Uint8Array[], options?: SplitOptions): readonly string[] {
	const lines: string[] = [];
	const splitter = createLineSplitter(({bytes, count, starts, ends}) => {
		for (let line = 0; line < count; line++) lines.push(Buffer.from(bytes.slice(starts[line], ends[line])).toString('latin1'));
	}, options);
	for (const chunk of chunks) {
		const own = Uint8Array.from(chunk);
		splitter.push(own);
		// The chunk is the sender's again: what the splitter keeps must be its own.
		own.fill(88);
	}
	splitter.end();
	return lines;
}

const cut = (bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] => {
	const edges = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
	return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
};

/** Bytes with many line breaks, NULs and halves of characters among them. */
const anyBytes = fc
	.array(fc.oneof(fc.constantFrom(10, 13, 0, 65, 0xc3, 0xff), fc.nat(255)), {maxLength: 200})
	.map((bytes) => Uint8Array.from(bytes));

describe('lines', () => {
	test.each([
		['nothing', '', []],
		['two lines', 'a\nb\n', ['a', 'b']],
		['no line break at the end', 'a\nb', ['a', 'b']],
		['empty lines', '\n\na\n\n', ['', '', 'a', '']],
		['CRLF', 'a\r\n\r\nb\r\n', ['a', '', 'b']],
		['a lone CR stays', 'a\rb\nc\r\r\n\rd', ['a\rb', 'c\r', '\rd']],
		['a CR at the very end stays', 'a\r', ['a\r']],
		['NUL and bytes that are no UTF-8', 'a\0b\xff\xc3\nc', ['a\0b\xff\xc3', 'c']],
	])('%s', (_, text, lines) => {
		expect(split([Buffer.from(text, 'latin1')])).toEqual(lines);
	});

	test('are the same wherever the bytes are cut', () => {
		fc.assert(
			fc.property(anyBytes, fc.array(fc.nat(), {maxLength: 12}), (bytes, places) => {
				expect(split(cut(bytes, places))).toEqual(split([bytes]));
			}),
		);
	});

	test('are the same when every byte comes by itself', () => {
		fc.assert(
			fc.property(anyBytes, (bytes) => {
				expect(split([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(split([bytes]));
			}),
		);
	});

	test('are all of the input but its line breaks', () => {
		fc.assert(
			fc.property(anyBytes, (bytes) => {
				const text = Buffer.from(bytes).toString('latin1');
				const expected = text.split('\n').map((line, index, all) => (index < all.length - 1 ? line.replace(/\r$/, '') : line));
				if (expected.at(-1) === '') expected.pop();
				expect(split([bytes])).toEqual(expected);
			}),
		);
	});
});

describe('a long line', () => {
	test('of several megabytes comes whole, also in eighty thousand small chunks', () => {
		const all = Buffer.from(`a\n${'x'.repeat(5_000_000)}\nb\n`);
		const chunks = Array.from({length: Math.ceil(all.length / 64)}, (_, index) => all.subarray(index * 64, (index + 1) * 64));
		expect(split(chunks).map((line) => line.length)).toEqual([1, 5_000_000, 1]);
	});

	test('beyond the longest comes in pieces, the same wherever the bytes are cut', () => {
		const bytes = Buffer.from('abcdefg\r\nabc\nabcd\r\nabcdefgh\nabcdef\rxy\n\nabcdefgh\r');
		const pieces = split([bytes], {longest: 4});
		expect(pieces).toEqual(['abcd', 'efg', 'abc', 'abcd', 'abcd', 'efgh', 'abcd', 'ef\rx', 'y', '', 'abcd', 'efgh', '\r']);
		fc.assert(
			fc.property(anyBytes, fc.array(fc.nat(), {maxLength: 30}), (random, places) => {
				for (const one of [bytes, random]) expect(split(cut(one, places), {longest: 4})).toEqual(split([one], {longest: 4}));
			}),
		);
		expect(
			split(
				[...bytes].map((byte) => Uint8Array.of(byte)),
				{longest: 4},
			),
		).toEqual(pieces);
	});
});

test('times are asked of each whole line, and NaN where no one tells', () => {
	const times: number[][] = [];
	const collect = (options?: SplitOptions) => {
		const splitter = createLineSplitter(({count, times: own}) => times.push([...own.subarray(0, count)]), options);
		splitter.push(Buffer.from('1\n22\n3'));
		splitter.push(Buffer.from('33\n4'));
		splitter.end();
		return times.splice(0);
	};
	expect(collect()).toEqual([[Number.NaN, Number.NaN], [Number.NaN], [Number.NaN]]);
	expect(collect({timeOf: (_, start, end) => end - start})).toEqual([[1, 2], [3], [1]]);
});
