import {mkdtemp, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {beforeEach, describe, expect, it} from 'vitest';
import {formatEntry, type Entry} from '../../src/ops-log/entry.ts';
import {doneToday, entriesOfDay, type LogLine, parseLog, readLog, recentEntries} from '../../src/ops-log/read-log-file.ts';

let path = '';

beforeEach(async () => {
	path = join(await mkdtemp(join(tmpdir(), 'rounds-log-')), 'ops-log.md');
});

function entry(over: Partial<Entry> = {}): Entry {
	return {
		at: Date.UTC(2026, 10, 20, 7, 42),
		offsetMinutes: 60,
		service: 'checkout',
		environment: 'production',
		operator: 'bob',
		status: 'ok',
		findings: [],
		anomalies: [],
		walkedMs: 1000,
		...over,
	};
}

async function all(lines: AsyncIterable<readonly LogLine[]>): Promise<LogLine[]> {
	const result: LogLine[] = [];
	for await (const some of lines) result.push(...some);
	return result;
}

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
	for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('readLog', () => {
	it('keeps handwritten lines between the entries', async () => {
		await writeFile(path, `# Ops log\r\n\r\n- fixed the fridge\r\n${formatEntry(entry())}\r\n2026: by hand`);
		expect(await all(readLog(path))).toMatchObject([
			{kind: 'other', number: 1, text: '# Ops log'},
			{kind: 'other', number: 2, text: ''},
			{kind: 'other', number: 3, text: '- fixed the fridge'},
			{kind: 'entry', number: 4, text: formatEntry(entry()), entry: entry()},
			{kind: 'other', number: 5, text: '2026: by hand'},
		]);
	});

	it('finds the first entry after a byte order mark', async () => {
		await writeFile(path, `\uFEFF${formatEntry(entry())}\n`);
		expect(await all(readLog(path))).toMatchObject([{kind: 'entry', text: formatEntry(entry())}]);
		expect(await recentEntries(path)).toHaveLength(1);
	});

	it('reports an invalid edited entry and a conflict marker', async () => {
		const broken = formatEntry(entry()).replace(' · ok · ', ' · crit · ');
		await writeFile(path, `<<<<<<< HEAD\n${broken}\n=======\n- 2026-11-20 by hand\n>>>>>>> other\n`);
		const problems = (await all(readLog(path))).map((line) => (line.kind === 'other' ? line.problem : 'an entry'));
		const merge = 'git conflict marker: remove this line';
		expect(problems).toEqual([
			merge,
			expect.stringMatching(/expected the status.*found “crit”. It counts as a line written by hand.$/),
			merge,
			undefined,
			merge,
		]);
	});

	it('reads the same for any chunks', async () => {
		const bytes = Buffer.from(`# Grüße 東京\n${formatEntry(entry({operator: 'Ål 😀'}))}\n\nend`);
		const whole = await all(parseLog(chunksOf(bytes, bytes.length)));
		await fc.assert(
			fc.asyncProperty(fc.integer({min: 1, max: 40}), async (size) => {
				expect(await all(parseLog(chunksOf(bytes, size)))).toEqual(whole);
			}),
		);
	});

	it('reads nothing when there is no file', async () => {
		expect(await all(readLog(path))).toEqual([]);
		expect(await recentEntries(path)).toEqual([]);
	});

	it('does not keep an endless line in memory', async () => {
		const bytes = Buffer.alloc(20_000_000, 'x');
		const [line] = await all(parseLog(chunksOf(bytes, 65_536)));
		expect(line?.text.length).toBe(65_536);
	});
});

describe('recentEntries', () => {
	it('reads only the end, without a partial line', async () => {
		const lines = Array.from({length: 50}, (_, index) => formatEntry(entry({operator: `operator-${index}`})));
		await writeFile(path, `${lines.join('\n')}\n`);
		const recent = await recentEntries(path, 1000);
		expect(recent.length).toBeGreaterThan(5);
		expect(recent.length).toBeLessThan(20);
		expect(recent.at(-1)?.operator).toBe('operator-49');
		expect(await recentEntries(path)).toHaveLength(50);
	});
});

describe('doneToday', () => {
	const now = Date.UTC(2026, 10, 20, 9);
	const of = {service: 'checkout', environment: 'production', now, timeZone: 'Europe/Berlin'};

	it('says who did it and when', () => {
		expect(doneToday([entry()], of)).toBe("bob already did today's round at 08:42 (ok)");
	});

	it('goes by the calendar day of the operator', () => {
		const lateYesterday = entry({at: Date.UTC(2026, 10, 19, 22, 59)});
		const justToday = entry({at: Date.UTC(2026, 10, 19, 23, 1)});
		expect(entriesOfDay([lateYesterday, justToday], of)).toEqual([justToday]);
		expect(doneToday([lateYesterday], of)).toBeUndefined();
	});

	it('distinguishes services', () => {
		expect(doneToday([entry({service: 'search'}), entry({environment: 'staging'})], of)).toBeUndefined();
	});
});
