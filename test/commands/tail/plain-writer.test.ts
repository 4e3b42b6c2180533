/** Lines on their way to a pipe: every byte, in order, once, however slow the reader is. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {createPlainWriter, type PlainWriterOptions} from '../../../src/commands/tail/plain-writer.ts';
import {compileFilters} from '../../../src/logs/query/compile-filter.ts';
import {parseFilter} from '../../../src/logs/query/filter.ts';
import type {Tail} from '../../../src/logs/hold/tail.ts';
import {createTail} from '../../../src/logs/hold/tail-store.ts';
import {createFakeClock} from '../../helpers/fake-clock.ts';
import {batchOf, lineBytes, textBatch} from '../../logs/hold/batches.ts';

const start = Date.UTC(2026, 10, 20, 8, 33);
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A reader that takes so many writes before it must be waited for. */
function createReader(writesBeforeFull = Number.POSITIVE_INFINITY) {
	const taken: Buffer[] = [];
	const waiting: (() => void)[] = [];
	let free = writesBeforeFull;
	const write = (chunk: Uint8Array, done: () => void) => {
		taken.push(Buffer.from(chunk));
		queueMicrotask(() => {
			// The writer's own again.
			chunk.fill(0);
			done();
		});
		return --free > 0;
	};
	const once = (_event: string, listener: () => void) => void waiting.push(listener);
	return {
		out: {write, once} as unknown as PlainWriterOptions['out'],
		bytes: () => Buffer.concat(taken),
		text: () => Buffer.concat(taken).toString(),
		isFull: () => waiting.length > 0,
		/** Reads on. */
		drain() {
			free = writesBeforeFull;
			for (const listener of waiting.splice(0)) listener();
		},
	};
}

interface Written extends Partial<Omit<PlainWriterOptions, 'passes'>> {
	readonly reader?: ReturnType<typeof createReader>;
	/** Bytes of the ring. */
	readonly capacity?: number;
	readonly passes?: (tail: Tail) => PlainWriterOptions['passes'];
}

/** A writer over the real ring and merge; times are UTC where any are. */
function writing({reader = createReader(), capacity = 2 ** 22, passes, ...options}: Written = {}) {
	const clock = createFakeClock(start);
	const {tail, sink} = createTail({clock, capacity});
	const notes: string[] = [];
	const passing = passes?.(tail);
	const writer = createPlainWriter(tail, {
		out: reader.out,
		note: (text) => notes.push(text),
		format: 'text',
		names: true,
		colour: false,
		harmless: false,
		...(passing ? {passes: passing} : {}),
		...options,
	});
	const open = (name: string) => {
		const id = sink.open({key: name, name});
		sink.state(id, {kind: 'live', since: start});
		sink.caughtUp(id);
		return id;
	};
	return {clock, tail, sink, notes, reader, writer, open};
}

/** Reads on until the writer has finished. */
async function readAll({reader, writer}: Pick<ReturnType<typeof writing>, 'reader' | 'writer'>): Promise<void> {
	const state = {finished: false};
	const finished = writer.finish().then(() => (state.finished = true));
	while (!state.finished) {
		reader.drain();
		await turn();
	}
	await finished;
}

test('the first lines of a stream have its name, whenever it was opened', async () => {
	const {sink, writer, reader, open} = writing();
	const [one, two] = [open('one.log'), open('two.log')];
	sink.lines(one, textBatch(['a'], start));
	sink.lines(two, textBatch(['b'], start + 1));
	await writer.finish();
	expect(reader.text()).toBe('one.log a\ntwo.log b\n');
});

test('what is alone needs no name; what comes next to it has one', async () => {
	const {sink, writer, reader, open} = writing({alone: true});
	const out = open('journalctl -f');
	const errors = open('stderr of journalctl');
	sink.lines(out, textBatch(['a'], start));
	sink.lines(errors, textBatch(['no permission'], start + 1));
	await writer.finish();
	expect(reader.text()).toBe('a\nstderr of journalctl no permission\n');
});

test('lines come while the feed continues, not at its end', async () => {
	const {sink, reader, open, clock} = writing({alone: true});
	const id = open('app.log');
	sink.lines(id, textBatch(['a'], start));
	await clock.advance(0);
	expect(reader.text()).toBe('a\n');
	sink.lines(id, textBatch(['b', 'c'], start));
	await clock.advance(0);
	expect(reader.text()).toBe('a\nb\nc\n');
});

test('any bytes come out as they went in, for any reader', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(lineBytes, {maxLength: 60}), fc.integer({min: 1, max: 4}), async (lines, writesBeforeFull) => {
			const reader = createReader(writesBeforeFull);
			const {sink, writer, open} = writing({reader, alone: true});
			const id = open('app.log');
			sink.lines(id, batchOf(lines.map((bytes) => ({bytes, time: start}))));
			await readAll({reader, writer});
			expect(reader.bytes().equals(Buffer.concat(lines.flatMap((bytes) => [bytes, Buffer.from('\n')])))).toBe(true);
		}),
	);
});

test('a slow reader is waited for, and gets every line once', async () => {
	const reader = createReader(1);
	const {sink, writer, open} = writing({reader, alone: true});
	const id = open('app.log');
	const texts = Array.from({length: 20_000}, (_, k) => `line ${k} ${'x'.repeat(30)}`);
	sink.lines(id, textBatch(texts, start));
	let done = false;
	void writer.finish().then(() => (done = true));
	await turn();
	expect(reader.isFull()).toBe(true);
	const some = reader.bytes().length;
	await turn();
	await turn();
	expect(reader.bytes().length).toBe(some);
	expect(done).toBe(false);
	await readAll({reader, writer});
	expect(reader.text()).toBe(`${texts.join('\n')}\n`);
});

test('a source that can wait is told when all there is has been taken', async () => {
	const reader = createReader(1);
	const {sink, writer, open, clock} = writing({reader, alone: true});
	expect(writer.room()).toBeUndefined();
	const id = open('app.log');
	sink.lines(
		id,
		textBatch(
			Array.from({length: 10_000}, (_, k) => `line ${k} ${'x'.repeat(30)}`),
			start,
		),
	);
	await clock.advance(0);
	let free = false;
	void writer.room()?.then(() => (free = true));
	reader.drain();
	await turn();
	expect(reader.isFull()).toBe(true);
	expect(free).toBe(false);
	while (reader.isFull()) reader.drain();
	await turn();
	expect(free).toBe(true);
	expect(writer.room()).toBeUndefined();
	expect(reader.text().split('\n')).toHaveLength(10_001);
});

test('what a reader was too slow for is a gap with its number, never silence', async () => {
	const reader = createReader(1);
	const {sink, writer, open, notes, clock} = writing({reader, capacity: 200_000, alone: true});
	const id = open('app.log');
	const texts = Array.from({length: 30_000}, (_, k) => `line ${k}`);
	for (let from = 0; from < texts.length; from += 1000) {
		sink.lines(id, textBatch(texts.slice(from, from + 1000), start));
		await clock.advance(0);
	}
	await readAll({reader, writer});
	const [note = '', ...others] = notes;
	expect(others).toEqual([]);
	const lost = Number(/^gap: ([\d,]+) lines dropped: the output is slower than the logs/.exec(note)?.[1]?.replaceAll(',', ''));
	const written = reader.text().trimEnd().split('\n');
	expect(lost).toBeGreaterThan(0);
	expect(written.length + lost).toBe(texts.length);
	expect(written.at(-1)).toBe('line 29999');
});

test('gaps and marks are distinguished from the lines, with stream and times, and never written among them', async () => {
	const {sink, writer, reader, open, notes} = writing();
	const id = open('api');
	sink.lines(id, textBatch(['a'], start));
	sink.note(id, {kind: 'gap', from: start, to: start + 1000, text: 'cut off by the server\u001B[2J, up to 1 s may be missing'});
	sink.note(id, {kind: 'mark', from: start + 1000, to: start + 1000, text: 'restarted, stream reopened, no line lost'});
	sink.lines(id, textBatch(['b'], start + 2000));
	await writer.finish();
	expect(reader.text()).toBe('api a\napi b\n');
	expect(notes).toEqual([
		'gap: 2026-11-20T08:33:00.000+00:00 to 2026-11-20T08:33:01.000+00:00 api: cut off by the server, up to 1 s may be missing',
		'note: 2026-11-20T08:33:01.000+00:00 api: restarted, stream reopened, no line lost',
	]);
});

test('late lines come when they come, once, and nothing else comes twice', async () => {
	const {sink, writer, reader, open, clock} = writing();
	const [one, two] = [open('one'), open('two')];
	sink.lines(one, textBatch(['1', '2', '3'], [start, start + 1000, start + 2000]));
	await clock.advance(5000);
	expect(reader.text()).toBe('one 1\none 2\none 3\n');
	sink.lines(two, textBatch(['late', 'later'], [start + 500, start + 1500]));
	await clock.advance(5000);
	sink.lines(one, textBatch(['4'], start + 6000));
	await clock.advance(5000);
	await writer.finish();
	expect(reader.text()).toBe('one 1\none 2\none 3\ntwo late\ntwo later\none 4\n');
});

test('only lines that pass are written; a filter on streams knows the first line of a stream', async () => {
	const filter = parseFilter('stream = two AND NOT noise');
	if ('problem' in filter) throw new Error(filter.problem);
	const {sink, writer, reader, open} = writing({passes: (tail) => compileFilters([filter], tail.stream).passes});
	const [one, two] = [open('one'), open('two')];
	sink.lines(one, textBatch(['a'], start));
	sink.lines(two, textBatch(['b', 'noise', 'c'], start + 1));
	await writer.finish();
	expect(reader.text()).toBe('two b\ntwo c\n');
});

test('times are before names', async () => {
	const {sink, writer, reader, open} = writing({timestamps: 'utc'});
	sink.lines(open('api'), textBatch(['a'], start));
	await writer.finish();
	expect(reader.text()).toBe('2026-11-20T08:33:00.000Z api a\n');
});

test('a terminal gets harmless lines, whole', async () => {
	const {sink, writer, reader, open} = writing({alone: true, harmless: true});
	sink.lines(open('app.log'), textBatch([`\u001B]0;title\u0007\u001B[2Jred${'x'.repeat(200_000)}`], start));
	await writer.finish();
	expect(reader.text()).toBe(`red${'x'.repeat(200_000)}\n`);
});

test('a template is filled for every line, JSON is one object a line', async () => {
	const lines = ['level=warn msg="a b"', 'plain'];
	const template = writing({template: '{level}:{message}'});
	template.sink.lines(template.open('api'), textBatch(lines, start));
	await template.writer.finish();
	expect(template.reader.text()).toBe('warn:a b\n-:plain\n');
	const json = writing({format: 'json'});
	json.sink.lines(json.open('api'), textBatch(lines, start));
	await json.writer.finish();
	expect(
		json.reader
			.text()
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line) as unknown),
	).toMatchObject([
		{stream: 'api', level: 'warn', message: 'a b'},
		{stream: 'api', message: 'plain'},
	]);
});
