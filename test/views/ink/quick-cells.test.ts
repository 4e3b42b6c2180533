import {styledCharsFromTokens, tokenize} from '@alcalzone/ansi-tokenize';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createQuickCells} from '../../../views/ink/quick-cells.ts';

/** Ink's own way, with what Ink leaves out left out. */
const whole = (line: string) =>
	styledCharsFromTokens(tokenize(line)).filter(({value}) => !/^\p{Default_Ignorable_Code_Point}+$/u.test(value));
const quick = createQuickCells(whole);

const colours = fc.constantFrom(
	'\u001B[31m',
	'\u001B[1m',
	'\u001B[2m',
	'\u001B[22m',
	'\u001B[39m',
	'\u001B[7m',
	'\u001B[0m',
	'\u001B[m',
	'\u001B[1;38;5;120m',
);
const character = fc.constantFrom(...Array.from({length: 95}, (_, k) => String.fromCharCode(32 + k)), ...'é…─│▌█▁✓✗·→↓«'.split(''));

test('gives the cells that Ink gives, whatever the colours', () => {
	fc.assert(
		fc.property(fc.array(fc.oneof({weight: 5, arbitrary: character}, colours), {maxLength: 60}), (parts) => {
			const line = parts.join('');
			expect(quick(line)).toEqual(whole(line));
		}),
		{numRuns: 300},
	);
});

test('every character that it takes is a cell of its own for Ink too', () => {
	const taken = Array.from({length: 0x10000}, (_, code) => String.fromCharCode(code)).filter((one) => quick(one) !== undefined);
	expect(taken.length).toBeGreaterThan(700);
	expect(taken.filter((one) => whole(`a${one}b`).length !== 3 || whole(one)[0]?.fullWidth !== false)).toEqual([]);
});

test.each([
	'wide 漢',
	'joined e\u0301',
	'a family 👨‍👩‍👧',
	'a link \u001B]8;;http://a\u0007b',
	'a tab\t',
	'a zero-width \u200B',
	'other escapes \u001B[2K',
])('leaves %j to Ink', (line) => {
	expect(quick(line)).toBeUndefined();
});
