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

/** More causes than that are a circle. */
const mostCauses = 8;

function causesOf(error: Error): readonly Error[] {
	const chain = [error];
	for (let {cause} = error; cause instanceof Error && chain.length < mostCauses; {cause} = cause) chain.push(cause);
	return chain;
}

/** The trace of the error and, below it, those of its causes. */
export function traceOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	return causesOf(error)
		.map(({stack, message}) => stack ?? message)
		.join('\nCaused by: ');
}

function nameLines(error: Error): void {
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

/**
 * Puts `src/commands/main.ts:12:3` into the traces of the error and its causes, for each position that a source map
 * knows; never throws.
 */
export function nameSourceLines(error: unknown): void {
	if (error instanceof Error) for (const each of causesOf(error)) nameLines(each);
}
