/** `rounds tail` in a real terminal, by keyboard alone: every way of looking at a log, and what leaves it. */
import {appendFileSync, existsSync} from 'node:fs';
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {cliEnv, cliPath, homeAt} from '../helpers/cli.ts';
import {openRounds, scratch, type RoundsTerminal} from '../helpers/demo-terminal.ts';
import {caseLine, caseLines, caseLog, caseStart} from '../helpers/tail-case.ts';
import {openTerminal} from '../helpers/terminal.ts';

interface Opened {
	readonly tail: RoundsTerminal;
	readonly directory: string;
	readonly log: string;
}

/** The case in a file, and the program over it once all of it is there. */
async function openCase(
	args: readonly string[] = [],
	{lines = caseLines, ...size}: {readonly columns?: number; readonly rows?: number; readonly lines?: number} = {},
): Promise<Opened> {
	const directory = await scratch();
	const log = join(directory, 'case.log');
	await writeFile(log, caseLog(0, lines));
	const tail = openRounds({args: ['tail', 'case.log', ...args], home: directory, ...size});
	await tail.waitUntil((screen) => cursorRow(screen).includes(timeOf(lines - 1)), 'the newest line under the cursor');
	return {tail, directory, log};
}

type Fields = Readonly<Record<'level' | 'msg' | 'operation' | 'pod' | 'duration', string>>;
const all = Array.from({length: caseLines}, (_, k) => JSON.parse(caseLine(k)) as Fields);
/** `24 of 1,200 lines`: those that a filter must leave. */
const left = (holds: (line: Fields) => boolean) => `${all.filter(holds).length.toLocaleString('en')} of 1,200 lines`;
const failing = 'api-54fb9-n4vkg';
const isCompleted = ({msg}: Fields) => msg === 'request completed';
const isFailing = ({pod}: Fields) => pod === failing;
const isSlow = ({duration = '0'}: Partial<Fields>) => Number.parseInt(duration, 10) >= 60;

/** `08:19:59` of line k. */
const timeOf = (k: number) => new Date(caseStart + k * 1000).toISOString().slice(11, 19);
const ruled = /^[─ ]{2}/;

/** The lines' region: between its rule and the footer's, the panel left out. */
function region(screen: string): readonly string[] {
	const rows = screen.split('\n');
	const first = rows.findIndex((row) => /^─{20}/.test(row));
	const last = rows.findIndex((row, index) => index > first && row.startsWith('──'));
	return rows.slice(first + 1, last);
}

const cursorRow = (screen: string) => region(screen).find((row) => row.startsWith('▌')) ?? '';
/** The row that the panel's cursor is on. */
const panelRow = (screen: string) =>
	screen
		.split('\n')
		.filter((row) => row.startsWith('▌'))
		.at(-1) ?? '';

/** Presses the keys, then waits until the screen is as it should be. */
async function press(tail: RoundsTerminal, keys: readonly string[], holds: (screen: string) => boolean): Promise<string> {
	tail.press(...keys);
	return tail.waitUntil(holds, `what ${keys.join(' ')} does`);
}

const filter = (tail: RoundsTerminal, text: string, count: string) => press(tail, ['f', text, 'Enter'], (screen) => screen.includes(count));

test('three failures that look unrelated are one pod’s: levels, patterns, groups, the query of the slides', async () => {
	const {tail} = await openCase();
	expect(tail.screen()).toContain('1,200 lines');
	await tail.pressFor(['L', 'L', 'L'], '24 of 1,200 lines');
	expect(tail.screen()).toContain('L level >= error');

	await tail.pressFor('t', /Patterns · 3 ·(?:[^]* 8 {2,}33 % .* error ){3}/);
	for (const failure of ['creating issue: token rejected', 'webhook not delivered to tracker', 'search index did not answer'])
		expect(tail.screen()).toMatch(new RegExp(` 8 {2,}33 % .* error .*${failure}`));
	// Three patterns, each a third: nothing in common, it seems.
	const byPod = await press(tail, ['a', 'C-u', 'pod', 'Enter'], (screen) => /By pod · 1 value · 24 lines/.test(screen));
	expect(panelRow(byPod)).toMatch(/ 24 {2,}100 % .* error {2,}api-54fb9-n4vkg$/);
	const byBoth = await press(tail, ['a', 'C-u', 'operation pod', 'Enter'], (screen) =>
		screen.includes('By operation and pod · 3 values · 24 lines'),
	);
	expect(byBoth).toMatch(/ 8 {2,}33 % .* createIssue · api-54fb9-n4vkg/);

	// Enter: only that pod's lines of that operation; then every line of the pod, whatever its level.
	await press(tail, ['a', 'C-u', 'pod', 'Enter'], (screen) => screen.includes('By pod · 1 value'));
	await tail.pressFor('Enter', /1 pod = "?api-54fb9-n4vkg"? /);
	const ofPod = left(isFailing);
	await tail.pressFor(['L', 'L'], `By pod · 1 value · ${ofPod.split(' ')[0]} lines`);
	await press(tail, ['Escape'], (screen) => screen.includes(ofPod) && !screen.includes('By pod'));
	await filter(tail, 'message: "creating issue" AND operation: "createIssue"', '8 of 1,200 lines');
	expect(region(tail.screen()).filter((row) => row.includes('token rejected'))).toHaveLength(8);
	tail.press('q');
	expect(await tail.ended()).toEqual({exitCode: 0, alternate: false, cursorShown: true});
});

test('space holds the picture while lines arrive and are counted; again it continues', async () => {
	const {tail, log} = await openCase();
	await tail.pressFor(' ', 'paused · space to follow');
	const before = region(tail.screen());
	appendFileSync(log, caseLog(1200, 1900));
	await tail.waitFor('paused · +700 new · space to follow');
	appendFileSync(log, caseLog(1900, 2404));
	const frozen = await tail.waitFor('paused · +1,204 new · space to follow');
	expect(region(frozen)).toEqual(before);
	expect(frozen).toContain('2,404 lines');
	const following = await press(tail, [' '], (screen) => cursorRow(screen).includes(timeOf(2403)));
	expect(following).toContain('following');
	appendFileSync(log, caseLog(2404, 2405));
	await tail.waitUntil((screen) => cursorRow(screen).includes(timeOf(2404)), 'the line that was appended');
	// Moving up freezes as well; G follows again.
	await press(tail, ['k'], (screen) => cursorRow(screen).includes(timeOf(2403)) && screen.includes('paused'));
	await tail.pressFor('G', 'following');
});

test('a stack of filters: each turned off by its number, dropped by x, and a wrong one loses nothing', async () => {
	const {tail} = await openCase();
	const both = left((line) => isCompleted(line) && isFailing(line));
	const three = left((line) => isCompleted(line) && isFailing(line) && isSlow(line));
	await filter(tail, 'request completed', left(isCompleted));
	await filter(tail, `pod = ${failing}`, both);
	await filter(tail, 'duration >= 60ms', three);
	await tail.pressFor('1', /1 "request completed" off/);
	await tail.pressFor('3', left(isFailing));
	await tail.pressFor('2', / {2,}1,200 lines/);
	await tail.pressFor(['1', '2'], both);
	await tail.pressFor('3', three);

	const wrong = await tail.pressFor(['f', '/(/', 'Enter'], 'The regular expression /(/ at character 1 is wrong: unterminated group.');
	expect(wrong).toContain('filter: /(/');
	expect(wrong).toContain(three);
	await tail.pressFor('Escape', '── following');
	expect(tail.screen()).toContain(three);

	// The panel of filters: the second is taken out.
	await tail.pressFor('F', 'Filters · 3');
	await tail.pressFor(['j', 'x'], /Filters · 2/);
	const first = left((line) => isCompleted(line) && isSlow(line));
	await press(tail, ['Escape'], (screen) => !screen.includes('Filters ·') && screen.includes(first));
	await tail.pressFor('x', left(isCompleted));
	await tail.pressFor('x', 'none, all lines are shown');
	await tail.pressFor('x', 'no filter to remove');
});

test('narrowing and widening keep the line under the cursor', async () => {
	const {tail} = await openCase();
	await filter(tail, 'level >= error', '24 of 1,200 lines');
	const chosen = await press(
		tail,
		Array.from({length: 10}, () => 'k'),
		(screen) => cursorRow(screen).includes(timeOf(649 + 50)),
	);
	const row = region(chosen).findIndex((one) => one.startsWith('▌'));
	const wide = await press(tail, ['x'], (screen) => screen.includes('none, all lines are shown'));
	expect(cursorRow(wide)).toContain(timeOf(699));
	expect(region(wide).findIndex((one) => one.startsWith('▌'))).toBe(row);
	expect(region(wide)[row - 1]).toContain(timeOf(698));
	expect(region(wide)[row + 1]).toContain(timeOf(700));
	const narrow = await filter(tail, 'token rejected', '8 of 1,200 lines');
	// The nearest that passes: before it, else after it.
	expect(cursorRow(narrow)).toMatch(new RegExp(timeOf(649)));
	await filter(tail, 'no line has this', '0 of 1,200 lines match. Press x to remove the filter, 2 to turn it off');
});

test('search keeps what lies between; n and N continue, e and E go to errors', async () => {
	const {tail} = await openCase();
	await press(tail, ['/', 'token'], (screen) => cursorRow(screen).includes(timeOf(1099)));
	await tail.pressFor('Enter', 'search "token" n older, N newer');
	expect(tail.screen()).toContain('1,200 lines');
	expect(region(tail.screen()).join('\n')).toContain(timeOf(1100));
	await press(tail, ['n'], (screen) => cursorRow(screen).includes(timeOf(949)));
	await press(tail, ['n'], (screen) => cursorRow(screen).includes(timeOf(799)));
	await press(tail, ['N'], (screen) => cursorRow(screen).includes(timeOf(949)));
	await press(tail, ['N', 'N'], (screen) => cursorRow(screen).includes(timeOf(49)) && screen.includes('on from the oldest line'));
	await press(tail, ['/', 'C-u', '/webhook|index/', 'Enter'], (screen) => cursorRow(screen).includes(timeOf(1199)));
	await press(tail, ['/', 'C-u', 'nowhere at all'], (screen) => screen.includes('not found in 1,200 lines'));
	// Esc: back to where the search began.
	await press(tail, ['Escape'], (screen) => cursorRow(screen).includes(timeOf(1199)) && !screen.includes('search: '));
	await press(tail, ['e'], (screen) => cursorRow(screen).includes(timeOf(1149)));
	await press(tail, ['e'], (screen) => cursorRow(screen).includes(timeOf(1099)));
	await press(tail, ['E'], (screen) => cursorRow(screen).includes(timeOf(1149)));
	await press(tail, ['E', 'E'], (screen) => screen.includes('no newer line of level error or fatal'));
});

test('the histogram: a bar is chosen, its time is told, enter goes there; T goes to a time', async () => {
	const {tail} = await openCase();
	// The bars are narrower until all lines are counted.
	await tail.waitFor(/at most [\d,]+ in 30 s/);
	await tail.pressFor('Tab', /enter jump/);
	// Bars of 30 s: the fourth.
	await tail.pressFor(['g', 'l', 'l', 'l'], '08:01:30');
	const there = await press(tail, ['Enter'], (screen) => cursorRow(screen).includes('08:01:30'));
	expect(there).toContain('paused');
	await press(tail, ['T', '08:15:30', 'Enter'], (screen) => cursorRow(screen).includes('08:15:30'));
	await press(tail, ['T', '2026-11-20T08:02', 'Enter'], (screen) => cursorRow(screen).includes('08:02:00'));
	await press(tail, ['T', 'half past', 'Enter'], (screen) => screen.includes('a time reads 08:33'));
	await tail.pressFor('Escape', 'paused');
});

test('patterns: enter shows only one, x leaves one out', async () => {
	const {tail} = await openCase();
	await tail.pressFor('t', /Patterns · 5 ·[^]* 1,056 .*request completed/);
	expect(panelRow(tail.screen())).toContain('request completed');
	await tail.pressFor('x', /144 of 1,200 lines[^]*▌ +120 +83 %.*answer was slow/);
	await tail.pressFor(['g', 'Enter'], '120 of 1,200 lines');
	await tail.waitFor(/Patterns · 1 ·[^]*answer was slow/);
});

test('requests and streams: rates, slowest endpoints, states', async () => {
	const {tail} = await openCase(['--no-follow']);
	const requests = await tail.pressFor('r', /Requests · [\d,]+ in all 1,200 lines · 5xx [\d.]+ %/);
	expect(requests).toMatch(/P95 +P50 +N +5XX +ROUTE/);
	expect(panelRow(requests)).toMatch(/100 ms.* 0 {2}\/v1\/getUser$/);
	const streams = await tail.pressFor('i', 'Streams · 1');
	expect(panelRow(streams)).toMatch(/1,200 .*ended: end of file.* case\.log$/);
	expect(streams).toContain('read to the end');
});

test('one whole line, columns of fields, wrapped lines, names, four ways to tell a time', async () => {
	const {tail} = await openCase();
	const whole = await tail.pressFor('Enter', 'as it came');
	expect(whole).toContain('webhook not delivered to tracker');
	expect(whole).toMatch(/^ operation {2,}getUser$/m);
	expect(whole.replaceAll(/\s+/g, '')).toContain(caseLine(1199).replaceAll(/\s+/g, ''));
	await tail.pressFor('N', 'r1198');
	await press(tail, ['Enter'], (screen) => cursorRow(screen).includes(timeOf(1198)));

	const columns = await press(tail, ['c', 'operation status', 'Enter'], (screen) => /─ operation ─+ status ─+/.test(screen));
	expect(cursorRow(columns)).toMatch(/INFO +listIssues +200 +request completed/);
	await press(tail, ['c', 'C-u', 'Enter'], (screen) => !screen.includes('─ operation ─'));

	const wrapped = await press(tail, ['w'], (screen) => /^.? {23}\S/m.test(region(screen).join('\n')));
	expect(wrapped).not.toContain('…');
	await press(tail, ['w'], (screen) => !/^.? {23}\S/m.test(region(screen).join('\n')));
	await press(tail, ['C'], (screen) => !cursorRow(screen).includes('INFO'));
	await press(tail, ['C'], (screen) => cursorRow(screen).includes('INFO'));

	await press(tail, ['Z'], (screen) => cursorRow(screen).includes(`${timeOf(1198)}.000Z`));
	await press(tail, ['Z'], (screen) => cursorRow(screen).includes('+0.000 s') && screen.includes('-1.000 s'));
	await press(tail, ['Z'], (screen) => /^▌ +INFO/.test(cursorRow(screen)));
	await press(tail, ['Z'], (screen) => cursorRow(screen).includes(`${timeOf(1198)}.000`));
});

/** The text of the last copy that went to the terminal. */
function copied(raw: string): string {
	// oxlint-disable-next-line no-control-regex -- the sequence is what is looked for
	const all = [...raw.matchAll(/\u001B\]52;c;([A-Za-z0-9+/=]*)(?:\u0007|\u001B\\)/g)];
	return Buffer.from(all.at(-1)?.[1] ?? '', 'base64').toString();
}

test('lines leave: copied, pinned into the evidence file, saved to a new file and never over another', async () => {
	const {tail, directory} = await openCase();
	await tail.pressFor('y', '1 line copied');
	expect(copied(tail.raw())).toBe(caseLine(1199));
	await tail.pressFor(['v', 'k', 'k'], '3 lines selected');
	await tail.pressFor('y', '3 lines copied');
	expect(copied(tail.raw())).toBe([1197, 1198, 1199].map(caseLine).join('\n'));

	await filter(tail, 'token rejected', '8 of 1,200 lines');
	const pinned = await tail.pressFor('b', 'pinned to ');
	expect(cursorRow(pinned)).toMatch(/^▌\*/);
	const evidence = join(homeAt(directory)['XDG_STATE_HOME'] ?? '', 'rounds', 'evidence');
	const [name = '', ...others] = await readdir(evidence);
	expect(others).toEqual([]);
	const line = `creating issue: token rejected ${caseLine(1099)} (case.log, 2026-11-20T08:18:19.000Z, filters: "token rejected")`;
	expect(await readFile(join(evidence, name), 'utf8')).toBe(`- ${line}\n`);
	await tail.pressFor('b', 'unpinned');
	expect(await readFile(join(evidence, name), 'utf8')).toBe(`- ${line}\n- ~~${line}~~\n`);

	await tail.pressFor(['S', 'view.log', 'Enter'], 'saved to ');
	const saved = caseLog()
		.split('\n')
		.filter((one) => one.includes('token rejected'));
	expect(await readFile(join(directory, 'view.log'), 'utf8')).toBe(`${saved.join('\n')}\n`);
	await tail.pressFor('x', 'none, all lines are shown');
	await tail.pressFor(['S', 'view.log', 'Enter'], 'already exists');
	expect(await readFile(join(directory, 'view.log'), 'utf8')).toBe(`${saved.join('\n')}\n`);
});

test('help finds a key by what it does and runs it; ctrl-c gives the terminal back', async () => {
	const {tail} = await openCase();
	await tail.pressFor('?', 'Keys that work here');
	await tail.pressFor(['minimum level'], /▌.*Minimum level/);
	await tail.pressFor('Enter', 'L level >= info');
	tail.press('C-c');
	expect(await tail.ended()).toEqual({exitCode: 0, alternate: false, cursorShown: true});
});

test('a resize while lines arrive leaves nothing of the old frame behind; 80x24 has everything', async () => {
	const {tail, log} = await openCase([], {lines: 600});
	let lines = 600;
	for (const [columns, rows] of [
		[80, 24],
		[200, 50],
		[60, 15],
		[80, 24],
	] as const) {
		tail.resize(columns, rows);
		appendFileSync(log, caseLog(lines, (lines += 50)));
		const screen = await tail.waitUntil(
			(text) => {
				const drawn = text.split('\n');
				return (
					cursorRow(text).includes(timeOf(lines - 1)) &&
					drawn.length === rows &&
					drawn.some((row) => row.length === columns && ruled.test(row))
				);
			},
			`the frame of ${columns}x${rows} with line ${lines - 1}`,
		);
		const drawn = screen.split('\n');
		expect(drawn.filter((row) => row.includes('case.log'))).toHaveLength(1);
		expect(drawn[0]).toMatch(/^(?: rounds tail {2})? case\.log/);
		expect(drawn.at(-2)).toMatch(/^── following ─+ ?$/);
		expect(drawn.at(-1)).toMatch(/^ space pause\/follow .*\? keys$/);
		expect(region(screen).every((row) => /^[▌ ] (?:08:\d\d:\d\d\.\d{3}|20 Nov 08:\d\d) /.test(row))).toBe(true);
	}
	await filter(tail, 'level >= error', '16 of 800');
	await tail.pressFor('t', 'Patterns · 3');
	await press(tail, ['Escape'], (screen) => !screen.includes('Patterns'));
	await tail.pressFor('Enter', 'as it came');
});

test('lines through a pipe, keys from the terminal', async () => {
	const directory = await scratch();
	await writeFile(join(directory, 'case.log'), caseLog());
	const terminal = openTerminal('sh', ['-c', `cat case.log | "${process.execPath}" "${cliPath}" tail -`], {
		cwd: directory,
		env: cliEnv(homeAt(directory)),
	});
	try {
		await terminal.waitUntil((screen) => cursorRow(screen).includes(timeOf(1199)), 'the newest line');
		expect(terminal.screen()).toContain('standard input');
		terminal.press('L', 'L', 'L');
		await terminal.waitFor('24 of 1,200 lines');
		terminal.press('q');
		expect((await terminal.exited).exitCode).toBe(0);
		expect(terminal.alternate()).toBe(false);
	} finally {
		terminal.close();
	}
});

test('a command’s lines full screen, and how it ended', async () => {
	const directory = await scratch();
	const tail = openRounds({args: ['tail', '--', 'sh', '-c', 'echo one; echo two; exit 3'], home: directory});
	await tail.waitFor(/▌.*two/);
	expect(panelRow(await tail.pressFor('i', 'exit code 3'))).toContain('ended: exit code 3');
	tail.press('q');
	expect(await tail.ended()).toMatchObject({alternate: false});
});

test('what cannot be opened gives the terminal back and says why', async () => {
	const directory = await scratch();
	await mkdir(join(directory, 'logs'));
	for (const [words, sentence] of [
		[['logs/'], 'logs/ is a directory'],
		[['nosuch.log'], 'There is no file nosuch.log'],
		[['-f', '/(/', '--', 'true'], 'unterminated group'],
	] as const) {
		const tail = openRounds({args: ['tail', ...words], home: directory});
		const {exitCode, alternate, cursorShown} = await tail.ended();
		expect({words, failed: exitCode !== 0, alternate, cursorShown}).toEqual({words, failed: true, alternate: false, cursorShown: true});
		expect(tail.screen()).toContain(`rounds: `);
		expect(tail.screen()).toContain(sentence);
	}
	expect(existsSync(join(homeAt(directory)['XDG_STATE_HOME'] ?? '', 'rounds', 'evidence'))).toBe(false);
});
