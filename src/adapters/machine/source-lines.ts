/**
 * The positions of a trace as they are in the source. The bundle's source maps are read only here, once something has
 * failed: to let Node read them as it loads each chunk would make every start slower.
 */
import {existsSync, readFileSync} from 'node:fs';
import {SourceMap} from 'node:module';
import {fileURLToPath} from 'node:url';

/** `file:///opt/rounds/dist/chunks/main-ABC.js:2:345`. */
const position = /(file:\/\/\/[^\s()]+\.js):(\d+):(\d+)/g;

function readMap(url: string): SourceMap | undefined {
	const file = `${fileURLToPath(url)}.map`;
	if (!existsSync(file)) return undefined;
	return new SourceMap(JSON.parse(readFileSync(file, 'utf8')));
}

/** Puts `src/commands/main.ts:12:3` into the error's trace for each position that a source map knows; never throws. */
export function nameSourceLines(error: Error): void {
	if (error.stack === undefined) return;
	const maps = new Map<string, SourceMap | undefined>();
	try {
		error.stack = error.stack.replaceAll(position, (found, url: string, line: string, column: string) => {
			if (!maps.has(url)) maps.set(url, readMap(url));
			const origin = maps.get(url)?.findOrigin(Number(line), Number(column));
			if (!origin || !('fileName' in origin)) return found;
			return `${origin.fileName.replace(/^(\.\.\/)+/, '')}:${origin.lineNumber}:${origin.columnNumber}`;
		});
	} catch {
		// A trace without source lines is better than none.
	}
}
