import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, it} from 'vitest';
import {readHead, readHeadNow} from '../../src/ops-log/record-head-file.ts';

const path = join(mkdtempSync(join(tmpdir(), 'rounds-head-')), 'record.json');

/** As the screen reads it and as a command does: there is no difference. */
async function headOf(text: string): Promise<string> {
	writeFileSync(path, text);
	const head = await readHead(path);
	expect(readHeadNow(path)).toBe(head);
	return head;
}

const record = (note: string) => ({version: 1, entry: '- x', round: {note}, readings: {pods: {facts: ['y'.repeat(300_000)]}}});

it('is the record without its readings, wherever they start', async () => {
	// Around the ends of the pieces in which it is read, of characters of three bytes.
	for (const length of [0, 10, 5410, 5430, 5440, 5445, 5450, 5455, 10_900, 50_000]) {
		const {readings: _readings, ...rest} = record('東'.repeat(length));
		// oxlint-disable-next-line no-await-in-loop -- one file after another
		expect(JSON.parse(await headOf(`${JSON.stringify(record('東'.repeat(length)), undefined, '\t')}\n`))).toEqual(rest);
	}
});

it('is the whole record when it has no readings, was reformatted, or only mentions readings', async () => {
	const plain = JSON.stringify({version: 1, round: {note: '\n\t"readings": {'}}, undefined, '\t');
	const formatted = JSON.stringify(record('x'), undefined, 2);
	expect([await headOf(plain), await headOf(formatted), await headOf(''), await headOf('{')]).toEqual([plain, formatted, '', '{']);
});

it('reports a missing file', async () => {
	await expect(readHead(`${path}.none`)).rejects.toMatchObject({code: 'ENOENT'});
	expect(() => readHeadNow(`${path}.none`)).toThrow('ENOENT');
});
