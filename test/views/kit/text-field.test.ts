import fc from 'fast-check';
import {expect, test} from 'vitest';
import {width} from '../../../src/base/terminal/width.ts';
import {drawField, fieldLines, fieldOf} from '../../../views/kit/text-field.ts';
import {createTheme} from '../../../views/kit/theme.ts';

const theme = createTheme({unicode: true, colour: false});
/** Without what marks the cursor. */
// oxlint-disable-next-line no-control-regex -- that is what it is about
const plain = (line: string) => line.replaceAll(/\u001B\[[\d;]*m/g, '');
const lines = (text: string, columns: number) => drawField(theme, fieldOf(text), columns).map(plain);

test('a field breaks between words, and a word only where it is longer than the line', () => {
	expect(lines('answers 200 with its dependency degraded', 16)).toEqual(['answers 200 ', 'with its ', 'dependency ', 'degraded ']);
	expect(lines('0123456789 012345678901234567890123456789', 12)).toEqual(['0123456789 ', '01234567890', '12345678901', '23456789 ']);
	expect(lines('', 12)).toEqual([' ']);
});

test('nothing is lost, nothing is wider than the field, and the cursor is in the row that is told', () => {
	const text = fc.string({unit: fc.constantFrom('a', 'b', ' ', '日', 'é', '-'), maxLength: 60});
	fc.assert(
		fc.property(text, fc.integer({min: 4, max: 20}), fc.nat(60), (text, columns, at) => {
			const cursor = Math.min(at, text.length);
			const drawn = fieldLines(theme, {text, cursor}, columns);
			expect(drawn.lines.map(plain).join('')).toBe(cursor === text.length ? `${text} ` : text);
			for (const line of drawn.lines) expect(width(plain(line))).toBeLessThanOrEqual(columns);
			expect(drawn.lines.findIndex((line) => line !== plain(line))).toBe(drawn.row);
		}),
	);
});

test('of a long text the lines around the cursor are shown', () => {
	const text = 'one two three four five';
	expect(drawField(theme, {text, cursor: 0}, 7, 1).map(plain)).toEqual(['one ']);
	expect(drawField(theme, {text, cursor: 9}, 7, 2).map(plain)).toEqual(['two ', 'three ']);
	expect(drawField(theme, fieldOf(text), 7, 2).map(plain)).toEqual(['four ', 'five ']);
});
