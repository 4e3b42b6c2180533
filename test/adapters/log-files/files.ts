/** A directory of its own for a test, and lines that tell whether one is missing. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished} from 'vitest';
import {systemClock} from '../../../src/adapters/machine/system-clock.ts';
import {fileFeed, type FileFeedOptions} from '../../../src/adapters/log-files/file-feed.ts';
import {recorder} from '../recorder.ts';

export function scratch(): (name: string) => string {
	const directory = mkdtempSync(join(tmpdir(), 'rounds-feed-'));
	onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
	return (name) => join(directory, name);
}

/** `2026-11-20T08:00:00.007Z n=7 …`: a millisecond later each. */
export function line(n: number): string {
	return `${new Date(Date.UTC(2026, 10, 20, 8) + n).toISOString()} n=${n} GET /checkout 200`;
}

export function lines(from: number, to: number): string {
	let text = '';
	for (let n = from; n < to; n++) text += `${line(n)}\n`;
	return text;
}

/** The sequence numbers of delivered lines. */
export function numbers(texts: readonly string[]): readonly number[] {
	return texts.map((text) => Number(/n=(\d+)/.exec(text)?.[1]));
}

export function upTo(count: number, from = 0): readonly number[] {
	return Array.from({length: count}, (_, index) => from + index);
}

/** Starts a feed that the test's end stops. */
export async function run(options: Partial<FileFeedOptions> & Pick<FileFeedOptions, 'paths'>) {
	const sink = recorder();
	const feed = fileFeed({follow: false, clock: systemClock, pollMs: 5, ...options});
	onTestFinished(() => feed.stop());
	await feed.start(sink);
	return {feed, sink};
}
