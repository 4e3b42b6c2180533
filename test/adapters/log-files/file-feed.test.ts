import {appendFileSync, linkSync, mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {gzipSync} from 'node:zlib';
import {describe, expect, it} from 'vitest';
import {exitCodes, UserError} from '../../../src/base/user-error.ts';
import {line, lines, numbers, run, scratch, upTo} from './files.ts';

const eight = Date.UTC(2026, 10, 20, 8);

describe('a file that is read once', () => {
	it('gives every line with its time, and ends', async () => {
		const path = scratch()('app.log');
		writeFileSync(path, `${lines(0, 20_000)}the last without a line break`);
		const {feed, sink} = await run({paths: [path]});
		await feed.finished;
		expect(numbers(sink.texts.slice(0, -1))).toEqual(upTo(20_000));
		expect(sink.texts.at(-1)).toBe('the last without a line break');
		expect(sink.times[7]).toBe(eight + 7);
		expect(sink.caught).toEqual([path]);
		expect(sink.stateOf(path)).toMatchObject({kind: 'ended', why: 'end of file'});
	});

	it('gives nothing for an empty file, and ends', async () => {
		const path = scratch()('app.log');
		writeFileSync(path, '');
		const {feed, sink} = await run({paths: [path], newest: 10, from: 0});
		await feed.finished;
		expect(sink.texts).toEqual([]);
		expect(sink.stateOf(path)?.kind).toBe('ended');
	});

	it('reads a line that is longer than a portion', async () => {
		const path = scratch()('app.log');
		const long = 'x'.repeat(3_000_000);
		writeFileSync(path, `${line(0)}\n${long}\n${line(1)}\n`);
		const {feed, sink} = await run({paths: [path]});
		await feed.finished;
		expect(sink.texts.map((text) => text.length)).toEqual([line(0).length, long.length, line(1).length]);
	});

	it('has the journal’s messages of numbers as text, also compressed and while the file grows', async () => {
		const at = scratch();
		const journal = (text: string) => `{"__REALTIME_TIMESTAMP":"${eight}000","MESSAGE":[${Buffer.from(text).join(',')}]}\n`;
		writeFileSync(at('a.json'), journal('disk full'));
		writeFileSync(at('b.json.gz'), gzipSync(journal('disk mended')));
		const {sink} = await run({paths: [at('a.json'), at('b.json.gz')], follow: true});
		await sink.until(() => sink.texts.length === 2);
		appendFileSync(at('a.json'), journal('disk full again'));
		await sink.until(() => sink.texts.length === 3);
		const messages = sink.texts.map((text) => (JSON.parse(text) as {MESSAGE: string}).MESSAGE);
		expect(messages.toSorted()).toEqual(['disk full', 'disk full again', 'disk mended']);
	});

	it('reads one file once, whatever its names', async () => {
		const at = scratch();
		writeFileSync(at('a.log'), lines(0, 10));
		linkSync(at('a.log'), at('b.log'));
		symlinkSync(at('a.log'), at('c.log'));
		const {feed, sink} = await run({paths: [at('a.log'), at('b.log'), at('c.log'), at('a.log')]});
		await feed.finished;
		expect(numbers(sink.texts)).toEqual(upTo(10));
		expect(sink.streams).toHaveLength(1);
	});

	it('merges several files by time, lines without a time staying where they are', async () => {
		const at = scratch();
		const third = (rest: number) =>
			upTo(30_000)
				.filter((n) => n % 3 === rest)
				.map((n) => `${line(n)}\n\tat part of ${n}\n`)
				.join('');
		const paths = [0, 1, 2].map((rest) => {
			writeFileSync(at(`${rest}.log`), third(rest));
			return at(`${rest}.log`);
		});
		const {feed, sink} = await run({paths});
		await feed.finished;
		expect(numbers(sink.texts.filter((text) => text.includes('n=')))).toEqual(upTo(30_000));
		expect(sink.texts.slice(0, 4)).toEqual([line(0), '\tat part of 0', line(1), '\tat part of 1']);
	});
});

describe('part of the past', () => {
	it.each([0, 1, 7, 4999, 5000, 6000])('gives the newest %i lines', async (newest) => {
		const at = scratch();
		writeFileSync(at('plain.log'), lines(0, 5000));
		writeFileSync(at('open-end.log'), lines(0, 5000).trimEnd());
		writeFileSync(at('packed.log.gz'), gzipSync(lines(0, 5000)));
		const expected = upTo(5000).slice(5000 - Math.min(newest, 5000));
		for (const name of ['plain.log', 'open-end.log', 'packed.log.gz']) {
			const {feed, sink} = await run({paths: [at(name)], newest});
			await feed.finished;
			expect(numbers(sink.texts)).toEqual(expected);
		}
	});

	it.each(['plain.log', 'packed.log.gz'])('gives what is recent enough of %s, and with a number whichever shows more', async (name) => {
		const path = scratch()(name);
		const text = lines(0, 20_000);
		writeFileSync(path, name.endsWith('gz') ? gzipSync(text) : text);
		const wanted = [
			{from: eight + 15_000, first: 15_000},
			{from: eight + 15_000, newest: 100, first: 15_000},
			{from: eight + 19_990, newest: 100, first: 19_900},
			{from: eight - 1, newest: 1, first: 0},
			{from: eight + 30_000, first: 20_000},
			{from: eight + 30_000, newest: 3, first: 19_997},
		];
		for (const {first, ...past} of wanted) {
			const {feed, sink} = await run({paths: [path], ...past});
			await feed.finished;
			expect({...past, numbers: numbers(sink.texts)}).toEqual({...past, numbers: upTo(20_000 - first, first)});
		}
	});

	it('says that times are missing instead of showing nothing', async () => {
		const path = scratch()('app.log');
		writeFileSync(path, 'no time here\nnor here\n');
		const {feed, sink} = await run({paths: [path], from: eight});
		await feed.finished;
		expect(sink.texts).toEqual(['no time here', 'nor here']);
		expect(sink.notes).toMatchObject([{kind: 'mark', text: expect.stringContaining('no timestamps found')}]);
	});
});

describe('compressed files', () => {
	it('are known by what they are, not by their name, with several parts', async () => {
		const path = scratch()('app.log');
		writeFileSync(path, Buffer.concat([gzipSync(lines(0, 30_000)), gzipSync(lines(30_000, 60_000))]));
		const {feed, sink} = await run({paths: [path]});
		await feed.finished;
		expect(numbers(sink.texts)).toEqual(upTo(60_000));
		expect(sink.notes).toEqual([]);
	});

	it('give what they have where they break off, and say so', async () => {
		const path = scratch()('app.log.gz');
		const whole = gzipSync(lines(0, 60_000));
		writeFileSync(path, whole.subarray(0, whole.length - 20));
		const {feed, sink} = await run({paths: [path]});
		await feed.finished;
		const got = numbers(sink.texts.slice(0, -1));
		expect(got.length).toBeGreaterThan(50_000);
		expect(got).toEqual(upTo(got.length));
		expect(sink.notes).toMatchObject([{kind: 'gap', text: 'the compressed file breaks off: the rest is missing'}]);
		expect(sink.stateOf(path)).toMatchObject({kind: 'ended', why: 'the compressed file breaks off'});
	});

	it('give what is before the damage, and say so', async () => {
		const path = scratch()('app.log.gz');
		const whole = gzipSync(lines(0, 60_000));
		whole.fill(0xff, whole.length >> 1, (whole.length >> 1) + 64);
		writeFileSync(path, whole);
		const {feed, sink} = await run({paths: [path]});
		await feed.finished;
		expect(numbers(sink.texts.slice(0, 1000))).toEqual(upTo(1000));
		expect(sink.notes).toMatchObject([{kind: 'gap', text: 'the compressed file is damaged: the rest is missing'}]);
	});
});

describe('what can never be read', () => {
	it('is refused in one sentence', async () => {
		const at = scratch();
		mkdirSync(at('logs'));
		await expect(run({paths: [at('logs')], follow: true})).rejects.toThrow(
			`${at('logs')} is a directory: name its files, such as ${at('logs')}/*.log.`,
		);
		await expect(run({paths: [at('none.log')]})).rejects.toThrow(new UserError(`${at('none.log')} does not exist.`, exitCodes.noInput));
	});
});
