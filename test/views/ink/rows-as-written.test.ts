import {styledCharsFromTokens, tokenize} from '@alcalzone/ansi-tokenize';
import fc from 'fast-check';
import {quickPaths} from 'ink';
import {afterEach, beforeEach, expect, test} from 'vitest';
import Output from '../../../node_modules/ink/build/output.js';
import {isNarrow} from '../../../views/ink/narrow.ts';
import {type Operation, rowsAsWritten} from '../../../views/ink/rows-as-written.ts';

const [width, height] = [30, 6];

// What is compared with must be Ink's own way.
const {cells: quickCells, rows: quickRows} = quickPaths;
beforeEach(() => {
	quickPaths.cells = undefined;
	quickPaths.rows = undefined;
});
afterEach(() => {
	quickPaths.cells = quickCells;
	quickPaths.rows = quickRows;
});

/** The rows as Ink puts them together. */
function inkRows(operations: readonly Operation[]): readonly string[] {
	const output = new Output({width, height});
	for (const operation of operations) {
		if (operation.type === 'clip') output.clip({x1: undefined, x2: undefined, y1: undefined, y2: undefined, ...operation.clip});
		else if (operation.type === 'unclip') output.unclip();
		else output.write(operation.x, operation.y, operation.text, {transformers: [...operation.transformers]});
	}
	return output.get().output.split('\n');
}

/** The cells a terminal has after it: characters with their colours, without blanks at the end. */
function cells(row: string) {
	const all = styledCharsFromTokens(tokenize(row)).map(({value, styles}) => [value, ...styles.map(({code}) => code).sort()].join(' '));
	return all.slice(0, all.findLastIndex((cell) => cell !== ' ') + 1);
}

const character = fc.constantFrom(...'abc XYZ 019 …│▌─█✓·'.split(''), '漢', 'e\u0301', '\t', '\u200B');
const painted = fc
	.tuple(
		fc.constantFrom(
			['', ''],
			['\u001B[31m', '\u001B[39m'],
			['\u001B[1m', '\u001B[22m'],
			['\u001B[1;31m', '\u001B[39;22m'],
			['\u001B[7m', '\u001B[27m'],
			['\u001B[2m', ''],
			['\u001B[38;5;120m', '\u001B[39m'],
		),
		fc.array(fc.oneof({weight: 60, arbitrary: fc.constantFrom(...'abc XYZ …│'.split(''))}, character), {maxLength: 12}),
	)
	.map(([[on = '', off = ''], text]) => (text.length === 0 ? '' : on + text.join('') + off));
const line = fc.array(painted, {maxLength: 3}).map((parts) => parts.join(''));

/** A write of the kind our screens make: blanks for Ink to lay out, and the lines as their transformation. */
const region = fc
	.record({x: fc.integer({min: 0, max: 20}), y: fc.integer({min: -1, max: 5}), lines: fc.array(line, {minLength: 1, maxLength: 4})})
	.map(({x, y, lines}): Operation => {
		const text = `${' \n'.repeat(lines.length - 1)} `;
		return {type: 'write', x, y, text, transformers: [(_blank, index) => lines[index] ?? '']};
	});
const text = fc
	.record({x: fc.integer({min: 0, max: 20}), y: fc.integer({min: 0, max: 5}), lines: fc.array(line, {minLength: 1, maxLength: 3})})
	.map(({x, y, lines}): Operation => ({type: 'write', x, y, text: lines.join('\n'), transformers: []}))
	.filter((operation) => operation.type === 'write' && operation.text !== '');
const clipped = fc
	.record({
		clip: fc.record({
			x1: fc.integer({min: 0, max: 3}),
			x2: fc.integer({min: 20, max: 30}),
			y1: fc.integer({min: 0, max: 2}),
			y2: fc.integer({min: 3, max: 6}),
		}),
		inner: fc.array(fc.oneof(region, text), {maxLength: 3}),
	})
	.map(({clip, inner}): readonly Operation[] => [{type: 'clip', clip}, ...inner, {type: 'unclip'}]);
const frame = fc.array(fc.oneof(region, text, clipped), {maxLength: 4}).map((parts) => parts.flat());

test('a row that is as it was written is the row that Ink puts together', () => {
	let taken = 0;
	fc.assert(
		fc.property(frame, (operations) => {
			const ink = inkRows(operations);
			const {rows} = rowsAsWritten(operations, width, height);
			expect(rows).toHaveLength(height);
			const mine = rows.flatMap((row, index) => (row === undefined ? [] : [{index, row}]));
			taken += mine.filter(({row}) => row !== '').length;
			expect(mine.map(({row}) => cells(row))).toEqual(mine.map(({index}) => cells(ink[index] ?? '')));
		}),
		{numRuns: 500},
	);
	expect(taken).toBeGreaterThan(50);
});

test('what Ink needs for the other rows is all that touches them', () => {
	fc.assert(
		fc.property(frame, (operations) => {
			const {rows, rest} = rowsAsWritten(operations, width, height);
			const left = (all: readonly string[]) => all.filter((_row, index) => rows[index] === undefined);
			expect(left(inkRows(rest))).toEqual(left(inkRows(operations)));
		}),
		{numRuns: 300},
	);
});

const write = (x: number, y: number, ...lines: readonly string[]): Operation => ({
	type: 'write',
	x,
	y,
	text: `${' \n'.repeat(lines.length - 1)} `,
	transformers: [(_blank, index) => lines[index] ?? ''],
});

test('regions next to each other are one row, with blanks between them', () => {
	const {rows, rest} = rowsAsWritten([write(10, 0, 'right', ''), write(0, 0, '\u001B[31mleft\u001B[39m', 'under')], width, 2);
	expect(rows).toEqual(['\u001B[31mleft\u001B[39m      right', 'under']);
	expect(rest).toEqual([]);
});

test.each([
	['a wide character', [write(0, 0, '漢')]],
	['a colour that goes on', [write(0, 0, '\u001B[31mred')]],
	['another escape', [write(0, 0, '\u001B[2K')]],
	['more than the frame is wide', [write(0, 0, 'x'.repeat(width + 1))]],
	['what overlaps', [write(0, 0, 'abcdef'), write(3, 0, 'x')]],
	['what a clip may cut', [{type: 'clip' as const, clip: {x1: 2, x2: 9}}, write(0, 0, 'abc'), {type: 'unclip' as const}]],
] satisfies readonly (readonly [string, readonly Operation[]])[])('leaves %s to Ink', (_what, operations) => {
	const {rows, rest} = rowsAsWritten(operations, width, 1);
	expect(rows).toEqual([undefined]);
	expect(rest).toEqual(operations);
});

test('every character that is called narrow is one column for Ink, and joins nothing', () => {
	const narrow = Array.from({length: 0x10000}, (_, code) => code).filter((code) => isNarrow(code));
	expect(narrow.length).toBeGreaterThan(700);
	const odd = narrow.filter((code) => {
		const [first, ...more] = styledCharsFromTokens(tokenize(`${String.fromCharCode(code)}b`));
		return first?.value !== String.fromCharCode(code) || first.fullWidth || more.length !== 1;
	});
	expect(odd).toEqual([]);
});
