import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {fieldOf, parseLine} from '../../../src/logs/formats/fields.ts';
import {at, forms} from '../real-lines.ts';

describe('parsing', () => {
	test.each(forms)('%s', (_, line, parsed) => {
		expect(parseLine(line)).toMatchObject(parsed);
	});

	test('times without a year need a now', () => {
		const line = 'I1120 08:33:04.118000       1 a.go:1] x';
		expect(parseLine(line)).not.toHaveProperty('time');
		expect(parseLine(line, {now: () => at})).toHaveProperty('time', at);
	});

	test('fields have no names but the line’s', () => {
		expect(fieldOf(parseLine('{"a":1}'), 'constructor')).toBeUndefined();
		expect(fieldOf(parseLine('{"__proto__":{"x":1},"constructor":"c"}'), 'constructor')).toBe('c');
	});
});

const pieces = [
	'{ } {" ": " [ ] \\ = | : - --- <34> 1 INFO error level= a.b , é \u001b[ *1 #7 main.go:1 10.0.0.1 [main]'.split(' '),
	[' ', '\t', '\n', '\0', '2026-11-20T08:33:04.118Z', 'Nov 20 08:33:04', '08:33:04', 'I1120 ', '"GET / HTTP/1.1" 200', ', client: '],
].flat();
const anyLine = fc.oneof(
	fc.string({unit: 'binary', maxLength: 200}),
	fc.array(fc.constantFrom(...pieces), {maxLength: 30}).map((some) => some.join('')),
	fc.json(),
	fc.tuple(fc.constantFrom(...forms.map(([, line]) => line)), fc.nat(), fc.constantFrom(...pieces)).map(([line, place, piece]) => {
		const at = place % (line.length + 1);
		return line.slice(0, at) + piece + line.slice(at);
	}),
);

describe('any line', () => {
	test('is parsed without throwing, all values are text', () => {
		fc.assert(
			fc.property(anyLine, (line) => {
				const {message, fields} = parseLine(line);
				expect(typeof message).toBe('string');
				expect(Object.values(fields).filter((value) => typeof value !== 'string')).toEqual([]);
			}),
			{numRuns: 1000},
		);
	});

	test('has its message in it, where nothing was unescaped', () => {
		fc.assert(
			fc.property(anyLine, (line) => {
				const {format, message} = parseLine(line);
				fc.pre(!line.includes('\\') && !line.includes('\u001b') && !line.includes('{') && format !== 'json');
				expect(line).toContain(message);
			}),
			{numRuns: 1000},
		);
	});

	test('of JSON text fields gives them back', () => {
		fc.assert(
			fc.property(fc.dictionary(fc.string({minLength: 1}), fc.string()), (fields) => {
				const text = JSON.stringify(fields);
				fc.pre(!('MESSAGE' in fields) && !('log' in fields && 'stream' in fields));
				expect({...parseLine(text).fields}).toEqual({...fields});
			}),
		);
	});

	test.each([
		['braces', '{'.repeat(65_536)],
		['braces to the end', `${'{'.repeat(65_535)}}`],
		['nested arrays', `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`],
		['nested objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
		['quotes', '"GET '.repeat(13_000)],
		['backslashes', `a="${'\\'.repeat(65_000)}`],
		['equals signs', 'a='.repeat(32_000)],
		['a long name', 'a'.repeat(65_536)],
		['dots', `2026-11-20 08:33:04 INFO ${'a.'.repeat(32_000)}`],
		['brackets', `2026-11-20 08:33:04 ${'[a] '.repeat(16_000)}`],
		['structured data', `<34>1 2026-11-20T08:33:04Z h a p m ${'[a'.repeat(30_000)}`],
		['escapes', '\u001b[1'.repeat(16_000)],
		['separators', `2026-11-20 08:33:04 ${'- | : '.repeat(10_000)}`],
		['parts of nginx', `2026/11/20 08:33:04 [error] 7#7: *1 ${', client: "'.repeat(6000)}`],
		['digits', '1'.repeat(65_536)],
		['spaces', `x${' '.repeat(65_000)}x`],
	])('of 64 KiB of %s is parsed like any other', (_, line) => {
		// What grows with the square of the length would take minutes here, and run into the runner's limit.
		for (let times = 0; times < 20; times++) expect(parseLine(line).message.length).toBeGreaterThan(0);
	});
});

describe('a field', () => {
	const parsed = parseLine(
		'{"level":50,"msg":"m","name":"api","HTTP":{"Status":502},"User":{"ID":7},"user_id":"u","responseTime":12,"req":{"url":"/a","method":"GET"}}',
	);

	test.each([
		['message', 'm'],
		['level', 'error'],
		['logger', 'api'],
		['user_id', 'u'],
		['USER_ID', 'u'],
		['user.id', '7'],
		['id', '7'],
		['Status', '502'],
		['responseTime', '12'],
		['duration', '12ms'],
		['method', 'GET'],
		['path', '/a'],
		['nothing', undefined],
	])('%s', (name, value) => {
		expect(fieldOf(parsed, name)).toBe(value);
	});

	test('of exactly that name goes before one in another case, and that before a last part', () => {
		expect(fieldOf(parseLine('{"a":{"x":"part"},"X":"case","x":"exact"}'), 'x')).toBe('exact');
		expect(fieldOf(parseLine('{"a":{"x":"part"},"X":"case"}'), 'x')).toBe('case');
	});
});
