/** Runs frame-cost.ts, which draws with JSX: bundled first, as Node runs TypeScript but no JSX. */
import {mkdir} from 'node:fs/promises';
import {resolve} from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';
import type {Row} from './figures.ts';

export async function frames(): Promise<readonly Row[]> {
	const outfile = resolve('node_modules/.cache/frame-cost.mjs');
	await mkdir(resolve('node_modules/.cache'), {recursive: true});
	await build({
		entryPoints: ['test/bench/frame-cost.ts'],
		outfile,
		bundle: true,
		packages: 'external',
		format: 'esm',
		platform: 'node',
		jsx: 'automatic',
	});
	// React as it is shipped.
	process.env['NODE_ENV'] = 'production';
	const {frameCost} = (await import(pathToFileURL(outfile).href)) as {readonly frameCost: () => Promise<readonly Row[]>};
	return frameCost();
}
