/** A million log lines of 140 bytes, as batches of what one read gives. Run by itself, it holds them and prints the memory that takes. */
import {pathToFileURL} from 'node:url';
import type {LineBatch} from '../../src/ports/log-feed.ts';
import {levelIn} from '../../src/logs/formats/level.ts';
import {createRing} from '../../src/logs/hold/ring.ts';
import {processFigures} from './figures.ts';

export const million = 1_000_000;
export const lineBytes = 140;
const linesPerRead = Math.floor((64 * 1024) / (lineBytes + 1));
const reads = 64;
const firstAt = Date.UTC(2026, 10, 20, 8, 31);

/** Line number `k`: one in a hundred is answered with a 5xx, one in five of those slowly; one in 5,000 tells of a time-out. */
function line(k: number): string {
	const status = k % 100 === 7 ? 503 : 200;
	const duration = k % 500 === 7 ? 1200 + (k % 800) : 10 + (k % 90);
	const what = k % 5000 === 11 ? 'upstream timed out after 3000ms' : `path=/api/v2/orders/${100_000 + ((k * 7919) % 900_000)}`;
	const level = status === 200 ? 'INFO ' : 'ERROR';
	const text = `${new Date(firstAt + k).toISOString()} ${level} gateway method=GET ${what} status=${status} bytes=${500 + (k % 9000)} duration=${duration}ms trace=`;
	return text.padEnd(lineBytes, 'a3f9c1e07b5d2846').slice(0, lineBytes);
}

/** The batches of a feed that reads 64 KiB at a time, over and over the same few thousand lines. */
export function* batches(lines: number): Generator<LineBatch> {
	const texts = Array.from({length: reads}, (_, read) =>
		Buffer.from(Array.from({length: linesPerRead}, (_, k) => `${line(read * linesPerRead + k)}\n`).join('')),
	);
	const starts = Uint32Array.from({length: linesPerRead}, (_, k) => k * (lineBytes + 1));
	const ends = starts.map((start) => start + lineBytes);
	const times = new Float64Array(linesPerRead);
	for (let read = 0, left = lines; left > 0; read++, left -= linesPerRead) {
		for (let k = 0; k < linesPerRead; k++) times[k] = firstAt + read * linesPerRead + k;
		yield {bytes: texts[read % reads]!, count: Math.min(left, linesPerRead), starts, ends, times};
	}
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
	const held = () => {
		globalThis.gc?.();
		return processFigures(process.pid).rssBytes;
	};
	const feed = batches(million);
	// The texts that are read over and over are the bench's own.
	const {value: first} = feed.next();
	const before = held();
	const ring = createRing({capacity: 256 * 2 ** 20, levelIn});
	if (first) ring.append(first, 0);
	for (const batch of feed) ring.append(batch, 0);
	for (let number = 0; number < ring.end(); number++) ring.level(number);
	process.stdout.write(JSON.stringify({bytes: held() - before, lines: ring.end() - ring.first()}));
}
