import {stripVTControlCharacters} from 'node:util';
import {expect, test} from 'vitest';
import {type FakeTail, fakeTail, podStream, tailStart} from '../../helpers/fake-tail.ts';
import {misfits} from '../../helpers/render.tsx';
import {renderTail} from '../../helpers/render-tail.tsx';

const sizes = [
	[60, 15],
	[80, 24],
	[120, 40],
	[200, 50],
] as const;

const nasty = [
	'\u001B[31mred\u001B[0m \u001B]0;title\u0007 and \u202Ebackwards',
	'wide 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字',
	'combining e\u0301e\u0301e\u0301 and 👩‍👩‍👧‍👦 family',
	'tab\tand\rreturn and \u0000 nul',
	'',
	JSON.stringify({level: 'error', msg: 'multi\nline\u001B[2J', stack: 'a\n\tb\n'.repeat(40)}),
	'x'.repeat(50_000),
];

/** Lines of every kind from two pods, with a gap and a mark among them. */
function everyKind(options = {}): FakeTail {
	const tail = fakeTail({
		pods: ['api-54fb9-n4vkg', 'api-54fb9-2jw8k'],
		place: {service: 'checkout', environment: 'production', production: true, cluster: 'eu-1'},
		...options,
	});
	for (let k = 0; k < 60; k++) {
		const text =
			k % 9 === 0
				? (nasty[(k / 9) % nasty.length] ?? '')
				: k % 4 === 0
					? JSON.stringify({level: 'error', msg: `creating issue: operation X${k} failed`, status: 403, operation: 'createIssue'})
					: `level=${k % 3 === 0 ? 'warn' : 'info'} msg="consumer lag ${k}" topic=orders`;
		tail.add([text], {stream: k % 2, times: [tailStart + k * 1000]});
	}
	tail.sink.note(1, {
		kind: 'gap',
		from: tailStart + 60_000,
		to: tailStart + 61_000,
		text: 'cut off by the server, up to 1 s may be missing',
	});
	tail.sink.note(0, {kind: 'mark', from: tailStart + 61_000, to: tailStart + 61_000, text: 'container restarted'});
	tail.add(['last'], {stream: 0, times: [tailStart + 62_000]});
	return tail;
}

test.each(sizes)('no frame is torn at %ix%i, whatever the keys', async (columns, rows) => {
	const screen = await renderTail(everyKind(), {columns, rows, colour: true});
	await screen.settled();
	expect(misfits(screen.frame(), columns, rows)).toEqual([]);
	const walks = [
		['k', 'k', 'v', 'k'],
		['right', 'right'],
		['w'],
		['g'],
		['i'],
		['tab', 'tab'],
		['Z'],
		['c', 'status operation', 'enter'],
		['?'],
		['escape', 'escape', 'escape', 'enter'],
		['escape', '/', 'lag'],
	];
	for (const keys of walks) {
		await screen.press(...keys);
		expect(misfits(await screen.settled(), columns, rows), `after ${keys.join(' ')}`).toEqual([]);
	}
});

test('what is outside stays harmless: no escape sequence, no control, no reordering', async () => {
	const screen = await renderTail(everyKind(), {columns: 120, rows: 70});
	// oxlint-disable-next-line no-control-regex -- the very thing that must not be there
	expect(await screen.settled()).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/);
	expect(screen.frame()).toContain('red  and backwards');
});

test('80x24 shows what matters: place in capitals, streams, bars, lines, gap, keys', async () => {
	const screen = await renderTail(everyKind());
	const frame = await screen.settled();
	expect(frame).toContain('checkout · PRODUCTION');
	expect(frame).toMatch(/2 (?:streams )?live/);
	expect(frame).toMatch(/lines .*[▁▂▃▄▅▆▇█].*14 error/);
	expect(frame).toMatch(/08:30:59\.000 {2}2jw8k/);
	expect(frame).toMatch(/┈┈ 08:31:00 → 08:31:01 {2}2jw8k {2}cut off by the server, up to 1 s may be missing/);
	expect(frame).toMatch(/┈┈ 08:31:01 {2}n4vkg {2}container restarted ┈/);
	expect(frame).toContain('following');
	expect(frame).toContain('space pause/follow');
	expect(frame.split('\n')).toHaveLength(24);
});

test('120x40 tells all lines and the errors among them in rows of their own, and the filters always', async () => {
	const screen = await renderTail(everyKind(), {columns: 120, rows: 40});
	const rows = (await screen.settled()).split('\n');
	expect(rows[1]).toMatch(/^ lines .*08:30:00 → 08:31:0\d {2}at most/);
	expect(rows[2]).toMatch(/^ errors .*14 error/);
	expect(rows[3]).toMatch(/^ filters {2}none.*63 lines/);
});

test('colour is never alone: without it levels, states and bars are in words', async () => {
	const coloured = await renderTail(everyKind(), {columns: 120, rows: 40, colour: true});
	const plain = await renderTail(everyKind(), {columns: 120, rows: 40, colour: false});
	const words = (frame: string) => stripVTControlCharacters(frame).replaceAll(/ +$/gm, '');
	expect(words(await plain.settled())).toBe(words(await coloured.settled()));
	expect(await plain.settled()).toMatch(/ERROR {2}creating issue.*\n.*\n/);
});

test('a terminal of ASCII gets ASCII', async () => {
	const tail = fakeTail();
	tail.add(['level=error msg="one"', 'level=info msg="two"']);
	const screen = await renderTail(tail, {columns: 120, rows: 40, unicode: false});
	// oxlint-disable-next-line no-control-regex -- all of ASCII
	expect(await screen.settled()).toMatch(/^[\u0000-\u007F]*$/);
});

test('a pod is told by the part of its name that distinguishes it; a single stream needs no name', async () => {
	const tail = fakeTail();
	tail.add(['one']);
	const screen = await renderTail(tail);
	expect(await screen.settled()).toMatch(/08:30:01\.000 {8}one/);
	tail.open(podStream('api-54fb9-2jw8k'));
	expect(await screen.settled()).toMatch(/08:30:01\.000 {2}n4vkg {7}one/);
});

test('messages are first, fields dim behind them; chosen fields are in columns with their titles', async () => {
	const tail = fakeTail();
	tail.add([JSON.stringify({level: 'error', msg: 'creating issue failed', status: 403, operation: 'createIssue', ts: 'x'})]);
	const screen = await renderTail(tail, {columns: 120, rows: 30});
	expect(await screen.settled()).toMatch(/ERROR {2}creating issue failed {2}status=403 {2}operation=createIssue\s*$/m);
	await screen.press('c', 'operation status', 'enter');
	const rows = (await screen.settled()).split('\n');
	const row = rows.findIndex((line) => line.includes('creating issue failed'));
	const title = rows[4] ?? '';
	expect(rows[row]).toMatch(/ERROR {2}createIssue\s+403\s+creating issue failed\s*$/);
	expect(title.indexOf('operation')).toBe(rows[row]?.indexOf('createIssue'));
	expect(title.indexOf('status')).toBe(rows[row]?.indexOf('403'));
});

test('where the day changes its date is', async () => {
	const tail = fakeTail();
	const midnight = new Date(2026, 10, 20).getTime();
	tail.add(['before', 'after', 'later'], {times: [midnight - 1000, midnight + 1000, midnight + 2000]});
	const frame = await (await renderTail(tail)).settled();
	expect(frame).toContain('19 Nov 23:59  ');
	expect(frame).toContain('20 Nov 00:00  ');
	expect(frame).toMatch(/00:00:02\.000 {2}.*later/);
});
