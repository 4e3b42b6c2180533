/** One line as it goes to a pipe: prefix, template, JSON, times. */
import {afterEach, expect, test} from 'vitest';
import type {StreamInfo} from '../../../src/ports/log-feed.ts';
import {composedLine, type PlainOptions, plainTime, streamPrefix} from '../../../src/logs/formats/plain-line.ts';
import {createFakeLines} from '../fake-lines.ts';

const pod: StreamInfo = {key: 'k', name: 'api-54fb9-n4vkg', context: 'eu-1', namespace: 'shop', pod: 'api-54fb9-n4vkg', container: 'app'};
const at = Date.UTC(2026, 10, 20, 8, 33, 4, 118);
const text: PlainOptions = {format: 'text', names: true, colour: false, harmless: false};

const composed = (line: string, options: Partial<PlainOptions>, stream: StreamInfo | undefined = pod, time = at) => {
	const lines = createFakeLines();
	lines.add({text: line, time});
	return composedLine(lines, 0, stream, {...text, ...options});
};

const zone = process.env['TZ'];
afterEach(() => {
	process.env['TZ'] = zone;
});

test.each([
	['UTC', '2026-11-20T08:33:04.118+00:00'],
	['America/St_Johns', '2026-11-20T05:03:04.118-03:30'],
	['Asia/Kathmandu', '2026-11-20T14:18:04.118+05:45'],
	['Pacific/Marquesas', '2026-11-19T23:03:04.118-09:30'],
])('a local time in %s names its offset, and is the same moment', (name, expected) => {
	process.env['TZ'] = name;
	expect(plainTime(at, 'local')).toBe(expected);
	expect(Date.parse(expected)).toBe(at);
});

test('UTC times end with Z; a line without a time says so', () => {
	expect(plainTime(at, 'utc')).toBe('2026-11-20T08:33:04.118Z');
	expect(plainTime(Number.NaN, 'utc')).toBe('-');
});

test('a stream is named by pod and container, a file by its path', () => {
	expect(streamPrefix(pod, 0, text)).toBe('api-54fb9-n4vkg app ');
	expect(streamPrefix({key: 'f', name: 'logs/web.log'}, 0, text)).toBe('logs/web.log ');
	expect(streamPrefix(pod, 0, {...text, names: false})).toBe('');
});

test('neighbouring streams have colours of their own, none of which says good or bad', () => {
	const prefixes = [0, 1, 2, 3, 4, 5].map((id) => streamPrefix(pod, id, {names: true, colour: true}));
	expect(new Set(prefixes).size).toBe(6);
	for (const prefix of prefixes) {
		// oxlint-disable-next-line no-control-regex -- colours are what is looked at
		expect(prefix).toMatch(/^\u001B\[(3[4-6]|9[4-6])mapi-54fb9-n4vkg app\u001B\[39m $/);
	}
});

test('a name that acts on a terminal does not', () => {
	expect(streamPrefix({key: 'f', name: 'a\u001B[2Jb'}, 0, text)).not.toContain('\u001B');
});

test('JSON tells where the line is from, what it says, its fields, and itself as it came', () => {
	const line = '{"level":"error","msg":"creating issue","operation":"createIssue","status":403}';
	expect(JSON.parse(composed(line, {format: 'json'}))).toEqual({
		time: '2026-11-20T08:33:04.118Z',
		context: 'eu-1',
		namespace: 'shop',
		pod: 'api-54fb9-n4vkg',
		container: 'app',
		stream: 'api-54fb9-n4vkg',
		level: 'error',
		message: 'creating issue',
		text: line,
		fields: expect.objectContaining({operation: 'createIssue', status: '403'}),
	});
	expect(JSON.parse(composed('plain words', {format: 'json'}, {key: 'f', name: 'web.log'}, Number.NaN))).toEqual({
		stream: 'web.log',
		message: 'plain words',
		text: 'plain words',
	});
});

test('JSON stays on one line whatever the line holds, and nothing of a long one is missing', () => {
	const odd = `a\rb\u0000c\u2028d\u001B[31m${'x'.repeat(200_000)}`;
	const json = composed(odd, {format: 'json'});
	expect(json).not.toMatch(/[\r\n]/);
	expect((JSON.parse(json) as {text: string}).text).toBe(odd);
});

test('a template takes any field by its name, and says where there is none', () => {
	const line = 'level=warn msg="consumer lag" topic=orders lag=1204';
	expect(composed(line, {template: '{time} {pod}/{container} {level} {message} {lag} {nosuch} {namespace}', timestamps: 'utc'})).toBe(
		'2026-11-20T08:33:04.118Z api-54fb9-n4vkg/app warn consumer lag 1204 - shop',
	);
	expect(composed(line, {template: '{text}|{stream}|{pod}'}, {key: 'f', name: 'web.log'})).toBe(`${line}|web.log|-`);
	expect(composed(line, {template: 'no field, {} and {'})).toBe('no field, {} and {');
});

test('what a template gives of a long line is not cut', () => {
	const line = 'x'.repeat(200_000);
	expect(composed(line, {template: '{text}'})).toBe(line);
});

test('for a terminal nothing of a line acts on it', () => {
	expect(composed('\u001B]0;title\u0007\u001B[2Jred', {template: '{text}', harmless: true})).toBe('red');
	expect(composed('{"msg":"\u001B[31m"}', {format: 'json', harmless: true})).not.toContain('\u001B');
});
