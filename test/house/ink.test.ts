/** Tests, types and product run the same Ink: the one that patches/ink makes. */
import {readFileSync, statSync} from 'node:fs';
import {quickPaths} from 'ink';
import {expect, test} from 'vitest';
import '../../views/kit/lines.tsx';

test('runs the patched Ink with its quick paths set (npm ci applies the patch)', () => {
	expect(quickPaths).toEqual({cells: expect.any(Function), rows: expect.any(Function), isNarrow: expect.any(Function)});
});

test('brings each file of Ink into the build as it is installed', () => {
	const {ink} = JSON.parse(readFileSync('dist/build.json', 'utf8')) as {readonly ink: readonly (readonly [file: string, bytes: number])[]};
	expect(ink.length).toBeGreaterThan(50);
	expect(ink.filter(([file, bytes]) => statSync(file).size !== bytes)).toEqual([]);
});
