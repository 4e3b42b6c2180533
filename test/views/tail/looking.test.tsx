import {stripVTControlCharacters} from 'node:util';
import {expect, test} from 'vitest';
import {fakeTail, tailStart} from '../../helpers/fake-tail.ts';
import {renderTail} from '../../helpers/render-tail.tsx';

/** A hundred lines: every tenth an error of one operation, every fifth a warning, the rest health checks. */
const hundred = Array.from({length: 100}, (_, k) =>
	k % 10 === 3
		? `level=error msg="creating issue ${k} failed" status=${k % 20 === 3 ? 403 : 503} operation=createIssue`
		: k % 5 === 0
			? `level=warn msg="slow ${k}"`
			: `level=info msg="health ${k}"`,
);

async function looking(options: Parameters<typeof renderTail>[1] = {}) {
	const tail = fakeTail();
	tail.add(hundred);
	const screen = await renderTail(tail, options);
	await screen.settled();
	return {tail, screen};
}

const cursorRow = (frame: string) => frame.split('\n').findIndex((row) => row.startsWith('▌'));
const cursorLine = (frame: string) => stripVTControlCharacters(frame.split('\n')[cursorRow(frame)] ?? '');

test('a search goes there while it is typed, n to older, N to newer, what lies between stays', async () => {
	const {screen} = await looking();
	await screen.press('/', 'issue');
	expect(cursorLine(await screen.settled())).toContain('creating issue 93 failed');
	expect(screen.frame()).toContain('health 92');
	await screen.press('enter', 'n');
	expect(cursorLine(await screen.settled())).toContain('creating issue 83 failed');
	await screen.press('N');
	expect(cursorLine(await screen.settled())).toContain('creating issue 93 failed');
});

test('a search that goes back to nothing typed is where it began', async () => {
	const {screen} = await looking();
	await screen.press('k', 'k');
	const before = await screen.settled();
	await screen.press('/', 'issue 3');
	expect(cursorLine(await screen.settled())).toContain('creating issue 33');
	await screen.press('escape');
	expect((await screen.settled()).split('\n').slice(0, -2)).toEqual(before.split('\n').slice(0, -2));
});

test('cancelling a search continues following where it followed', async () => {
	const {screen} = await looking();
	await screen.press('/', 'issue', 'escape');
	await screen.settled();
	expect(screen.session.ui.get().frozen).toBe(false);
	expect(screen.session.ui.get().search).toBeUndefined();
});

test('a search goes round the ends and says so', async () => {
	const {screen} = await looking();
	await screen.press('/', 'slow 95', 'enter', 'n');
	expect(await screen.settled()).toContain('on from the newest line');
	expect(cursorLine(screen.frame())).toContain('slow 95');
	await screen.press('N');
	expect(await screen.settled()).toContain('on from the oldest line');
});

test('what is not there is said with the number of lines', async () => {
	const {screen} = await looking();
	const before = cursorLine(screen.frame());
	await screen.press('/', 'nowhere');
	expect(await screen.settled()).toContain('not found in 100 lines');
	await screen.press('enter');
	expect(await screen.settled()).toContain('not found in 100 lines');
	expect(cursorLine(screen.frame())).toBe(before);
});

test('a broken regular expression is told under the field', async () => {
	const {screen} = await looking();
	await screen.press('/', '/iss(/');
	expect((await screen.settled()).split('\n').at(-1)).toMatch(/paren|group|Unterminated/i);
});

test('found text is inverse, with and without colour', async () => {
	const {screen} = await looking();
	await screen.press('/', '/issue \\d+/', 'enter');
	expect(await screen.settled()).toContain('\u001B[7missue 93\u001B[27m');
});

test('e goes to older errors, E to newer ones', async () => {
	const {screen} = await looking();
	await screen.press('e');
	expect(cursorLine(await screen.settled())).toContain('issue 93');
	await screen.press('e');
	expect(cursorLine(await screen.settled())).toContain('issue 83');
	await screen.press('E');
	expect(cursorLine(await screen.settled())).toContain('issue 93');
	await screen.press('E');
	expect(await screen.settled()).toContain('no newer line of level error or fatal');
});

test('filters stack, each with its number, and each is turned on and off', async () => {
	const {screen} = await looking({columns: 120, rows: 40});
	await screen.press('f', 'not health', 'enter', 'f', 'status>=500', 'enter');
	expect(await screen.settled()).toMatch(/1 not "health" {2}2 status >= 500 .*5 of 100 lines/);
	await screen.press('2');
	expect(await screen.settled()).toMatch(/2 status >= 500 off .*30 of 100 lines/);
	await screen.press('1');
	expect(await screen.settled()).toMatch(/1 not "health" off {2}2 status >= 500 off .*100 lines/);
	await screen.press('x', 'x');
	expect(await screen.settled()).toContain('none, all lines are shown');
});

test('the query of the slides', async () => {
	const {screen} = await looking({columns: 120, rows: 40});
	await screen.press('f', 'message: "creating issue" AND operation: "createIssue"', 'enter');
	expect(await screen.settled()).toContain('10 of 100 lines');
});

test('a filter that is none says what is wrong, under the field, and stays', async () => {
	const {screen} = await looking();
	await screen.press('f', 'a AND (', 'enter');
	const foot = (await screen.settled()).split('\n').slice(-2);
	expect(foot[0]).toContain('filter: a AND (');
	expect(foot[1]).not.toContain('level >= warn   status');
	await screen.press('escape');
	expect(screen.session.ui.get().filters).toEqual([]);
});

test('narrowing and widening keep the selected line on its row', async () => {
	const {screen} = await looking();
	await screen.press('e', 'k', 'j');
	const before = await screen.settled();
	const row = cursorRow(before);
	expect(cursorLine(before)).toContain('issue 93');
	await screen.press('f', 'level >= warn', 'enter');
	const narrow = await screen.settled();
	expect(cursorLine(narrow)).toContain('issue 93');
	// The bar of filters takes the row above the rule here.
	expect(cursorRow(narrow)).toBe(row + 1);
	await screen.press('1');
	expect(cursorRow(await screen.settled())).toBe(row + 1);
	await screen.press('x');
	expect((await screen.settled()).split('\n').slice(3, -2)).toEqual(before.split('\n').slice(3, -2));
});

test('the selected line that a filter hides comes back on its row when the filter goes', async () => {
	const {screen} = await looking();
	await screen.press('e', 'j', 'j', 'j');
	const before = await screen.settled();
	expect(cursorLine(before)).toContain('health 96');
	await screen.press('f', 'issue', 'enter');
	expect(cursorLine(await screen.settled())).toContain('issue 93');
	await screen.press('x');
	expect((await screen.settled()).split('\n').slice(3, -2)).toEqual(before.split('\n').slice(3, -2));
});

test('L walks through the least levels', async () => {
	const {screen} = await looking();
	for (const [level, count] of [
		['info', '100 of 100'],
		['warn', '30 of 100'],
		['error', '10 of 100'],
		['fatal', '0 of 100'],
	] as const) {
		await screen.press('L');
		expect(await screen.settled()).toMatch(new RegExp(`L level >= ${level} .*${count} lines`));
	}
	expect(screen.frame()).toContain('0 of 100 lines match. Press L for other levels');
	await screen.press('L');
	expect(await screen.settled()).toContain('lines of every level');
});

test('where nothing passes it says how many lines there are and what takes the filter out', async () => {
	const {screen} = await looking();
	await screen.press('f', 'nowhere', 'enter');
	expect(await screen.settled()).toContain('0 of 100 lines match. Press x to remove the filter, 1 to turn it off');
	await screen.press('x');
	expect(await screen.settled()).toContain('health 99');
});

test('texts that filters want are strong where there is colour', async () => {
	const {screen} = await looking({colour: true});
	await screen.press('f', 'slow', 'enter');
	expect(await screen.settled()).toContain('\u001B[1mslow\u001B[22m');
});

test('on the histogram a bar tells its time and levels, enter goes to its first line', async () => {
	const {screen} = await looking({columns: 120, rows: 40});
	await screen.press('tab', 'g');
	expect(await screen.settled()).toMatch(/08:30:0\d \+2 s {2}\d lines? {2}\d warn/);
	await screen.press('l', 'l', 'enter');
	const frame = await screen.settled();
	expect(screen.session.ui.get().focus).toBe('lines');
	expect(screen.session.ui.get().frozen).toBe(true);
	expect(cursorLine(frame)).toMatch(/08:30:0[4-6]/);
});

test('goes to a time of day, and says where that lies outside', async () => {
	const {screen} = await looking();
	await screen.press('T', '08:30:45', 'enter');
	expect(cursorLine(await screen.settled())).toContain('08:30:45.000');
	await screen.press('T', '08:29', 'enter');
	expect(await screen.settled()).toContain('that is before the oldest line held');
	expect(cursorLine(screen.frame())).toContain('08:30:01.000');
	await screen.press('T', 'soon', 'enter');
	expect(await screen.settled()).toContain('a time reads 08:33');
});

test('filters given at the start count from the first line on', async () => {
	const {parseFilter} = await import('../../../src/logs/query/filter.ts');
	const filter = parseFilter('level >= error');
	if ('problem' in filter) throw new Error(filter.problem);
	const tail = fakeTail({filters: [filter]});
	tail.add(hundred, {times: hundred.map((_, k) => tailStart + k)});
	const screen = await renderTail(tail);
	expect(await screen.settled()).toMatch(/1 level >= error .*10 of 100 lines/);
});

test('of filtered lines the share of 5xx is said to be theirs: nothing is usual for them', async () => {
	const tail = fakeTail();
	tail.app.usualErrors.set(0.002);
	tail.add(Array.from({length: 50}, (_, k) => `level=${k % 25 === 0 ? 'error' : 'info'} msg=served status=${k % 25 === 0 ? 503 : 200}`));
	tail.add(Array.from({length: 30}, () => 'level=error msg=served status=503'));
	const screen = await renderTail(tail, {columns: 120, rows: 40});
	await screen.settled();
	await screen.press('L', 'L', 'L');
	await expect.poll(screen.settled).toMatch(/^ errors .* 5xx 100 % of these *$/m);
	await screen.press('L', 'L');
	await expect.poll(screen.settled).toMatch(/^ errors .*5xx 40 % in 15 m {2}usual 0\.2 %/m);
});

test('where no line passes nothing says that there was none', async () => {
	const {screen} = await looking({columns: 120, rows: 40});
	await screen.press('f', 'nowhere', 'enter', 't');
	expect(await screen.settled()).toContain('no line passes, so there is no pattern');
	expect(screen.frame()).toMatch(/^ no line passes *$/m);
	// In the panel x is its own.
	expect(screen.frame()).toContain('0 of 100 lines match. Press 1 to turn the filter off');
	expect(screen.frame()).not.toContain('no line yet');
});

test('a filter is changed in its place, and keeps its number', async () => {
	const {screen} = await looking({columns: 120, rows: 40});
	await screen.press('f', 'level >= warn', 'enter', 'f', 'not slow', 'enter', 'F', 'k', 'm');
	expect(await screen.settled()).toMatch(/^ filter: level >= warn/m);
	await screen.press('ctrl-u', 'level >= ', 'enter');
	expect(await screen.settled()).toMatch(/^ filter: level >=/m);
	await screen.press('ctrl-u', 'level >= error', 'enter');
	expect(await screen.settled()).toMatch(/^ filters {2}1 level >= error {2}2 not "slow" .* 10 of 100 lines/m);
	await screen.press('m', 'escape');
	expect(await screen.settled()).toContain('1 level >= error  2 not "slow"');
	await screen.press('i', 'm');
	expect(await screen.settled()).toContain('Only filters can be changed. Press F to list them.');
});

test('a short filter leaves its room to a long one', async () => {
	const {screen} = await looking({columns: 120, rows: 40});
	await screen.press('f', 'message: "creating issue" AND operation: createIssue', 'enter', 'f', 'error', 'enter');
	expect(await screen.settled()).toContain('1 message: "creating issue" AND operation = createIssue  2 "error"');
	await screen.press('f', 'x'.repeat(80), 'enter', 'f', 'pod=api*', 'enter', '4');
	expect(await screen.settled()).toMatch(/^ filters {2}1 message: .*… {2}2 "error" {2}3 "xxx+… {2}4 pod = api\* off /m);
});

test('the share of 5xx answers is next to the usual one', async () => {
	const tail = fakeTail();
	tail.add(Array.from({length: 100}, (_, k) => `{"path":"/api","status":${k < 4 ? 503 : 200},"msg":"done"}`));
	tail.app.usualErrors.set(0.002);
	const screen = await renderTail(tail, {columns: 120, rows: 40});
	await expect.poll(screen.settled).toMatch(/^ errors .*5xx 4 % in 15 m {2}usual 0\.2 %/m);
});
