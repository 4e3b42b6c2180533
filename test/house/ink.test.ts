/** Tests, types and product run the same Ink: the one that patches/ink makes. */
import {globSync, readFileSync} from 'node:fs';
import {quickPaths} from 'ink';
import {expect, test} from 'vitest';
import '../../views/kit/lines.tsx';

test('runs the patched Ink with its quick paths set (npm ci applies the patch)', () => {
	expect(quickPaths).toEqual({cells: expect.any(Function), rows: expect.any(Function), isNarrow: expect.any(Function)});
});

test('alters no file of Ink in the build', () => {
	const config = readFileSync('esbuild.config.mjs', 'utf8');
	const filters = [...config.matchAll(/onLoad\(\{filter: \/(.+?)\/(?:,|\})/g)].map(([, source = '']) => source);
	expect(filters.length).toBeGreaterThan(1);
	const files = globSync('node_modules/ink/build/**/*.js').map((file) => `/app/${file}`);
	expect(files.length).toBeGreaterThan(50);
	const special = filters.filter((source) => source !== '.*');
	expect(files.filter((file) => special.some((source) => new RegExp(source).test(file)))).toEqual([]);
});
