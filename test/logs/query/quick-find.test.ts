import fc from 'fast-check';
import {expect, test} from 'vitest';
import {hasEscape, quickestPart} from '../../../src/logs/query/quick-find.ts';
import type {LineChunk} from '../../../src/logs/log-lines.ts';

test('the search begins with the byte that is rarest in the sample', () => {
	expect(quickestPart(Buffer.from('status=503'), Buffer.from('status 200 status 200')).toString()).toBe('=503');
	expect(quickestPart(Buffer.from('abc'), Buffer.from('ccc')).toString()).toBe('abc');
});

test('whatever the sample, the part is in the bytes and is long enough to be rare', () => {
	fc.assert(
		fc.property(fc.uint8Array({minLength: 1, maxLength: 30}), fc.uint8Array({maxLength: 100}), (wanted, sample) => {
			const part = quickestPart(Buffer.from(wanted), sample);
			expect(Buffer.from(wanted).includes(part)).toBe(true);
			expect(part.length).toBeGreaterThanOrEqual(Math.min(4, wanted.length));
		}),
	);
});

function chunkOf(text: string): {-readonly [K in keyof LineChunk]: LineChunk[K]} {
	const bytes = Buffer.from(text);
	return {
		first: 0,
		count: 1,
		bytes,
		used: bytes.length,
		starts: Uint32Array.of(0),
		times: Float64Array.of(0),
		streams: Uint16Array.of(0),
		flags: Uint8Array.of(0),
		edits: 0,
	};
}

test('an escape is found where it is, also in what is written later or in place of something else', () => {
	const chunk = chunkOf('plain plain \u001B[31m red');
	expect(hasEscape(chunk, 12)).toBe(false);
	expect(hasEscape(chunk, 13)).toBe(true);
	chunk.used = 12;
	const clean = chunkOf('plain plain .....................');
	clean.used = 12;
	expect(hasEscape(clean, 12)).toBe(false);
	clean.bytes.write('\u001B', 14);
	clean.used = 20;
	expect(hasEscape(clean, 20)).toBe(true);
	const rewritten = chunkOf('plain plain');
	expect(hasEscape(rewritten, 11)).toBe(false);
	rewritten.bytes.write('\u001B', 2);
	rewritten.edits++;
	expect(hasEscape(rewritten, 11)).toBe(true);
});
