import {expect, test} from 'vitest';
import {fakeTail, tailStart} from '../../helpers/fake-tail.ts';
import {renderTail} from '../../helpers/render-tail.tsx';
import {follow, freeze} from '../../../views/tail/moves/tail-moving.ts';

const numbered = (from: number, to: number) => Array.from({length: to - from}, (_, k) => `line ${from + k}`);

/** The rows of the lines' region. */
const region = (frame: string) => frame.split('\n').slice(3, -2);

test('the newest line stays in sight while lines arrive', async () => {
	const tail = fakeTail();
	tail.add(numbered(0, 50));
	const screen = await renderTail(tail);
	expect(await screen.settled()).toMatch(/▌.*line 49\s*$/m);
	tail.add(numbered(50, 60));
	expect(await screen.waitFor(/▌.*line 59\s*$/m)).toContain('following');
});

test('space holds the lines still and counts what comes; space again follows', async () => {
	const tail = fakeTail();
	tail.add(numbered(0, 50));
	const screen = await renderTail(tail);
	const before = region(await screen.settled());
	await screen.press(' ');
	tail.add(numbered(50, 1254));
	const frame = await screen.waitFor('+1,204 new');
	expect(frame).toContain('paused · +1,204 new · space to follow');
	expect(region(frame)).toEqual(before);
	await screen.press(' ');
	expect(await screen.waitFor('line 1253')).toContain('following');
});

test('freezing holds what was on the screen, also where lines have come since it was painted', async () => {
	const tail = fakeTail();
	tail.add(numbered(0, 50));
	const screen = await renderTail(tail);
	const before = region(await screen.settled());
	tail.add(numbered(50, 60));
	freeze(screen.session);
	expect(region(await screen.waitFor('paused'))).toEqual(before);
	await screen.press('j');
	expect(region(await screen.settled()).join('\n')).toMatch(/▌.*line 50\s*$/m);
});

test('continuing moves no row by itself; the rows follow at the next tick, also where no line comes', async () => {
	const tail = fakeTail();
	tail.add(numbered(0, 50));
	const screen = await renderTail(tail);
	await screen.settled();
	await screen.press('g');
	expect(await screen.settled()).toMatch(/▌.*line 0\s*$/m);
	follow(screen.session);
	expect(screen.session.view.picture().cursor).toBe(0);
	expect(await screen.waitFor(/▌.*line 49\s*$/m)).toContain('following');
});

test.each([
	['up', ['k']],
	['half a page up', ['pageup']],
	['oldest', ['g']],
	['an error', ['e']],
	['a search', ['/', 'line 2', 'enter']],
	['a selection', ['v']],
])('%s freezes', async (_what, keys) => {
	const tail = fakeTail();
	tail.add(['level=error msg="bad"', ...numbered(0, 50)]);
	const screen = await renderTail(tail);
	await screen.settled();
	await screen.press(...keys.map((key) => (key === 'pageup' ? '\u001B[5~' : key)));
	await screen.settled();
	expect(screen.session.ui.get().frozen).toBe(true);
	const before = region(await screen.settled());
	tail.add(numbered(100, 200));
	expect(region(await screen.waitFor('+100 new'))).toEqual(before);
});

test('late lines move nothing while frozen, and stand where they belong as soon as the eye moves', async () => {
	const tail = fakeTail({pods: ['api-54fb9-n4vkg', 'api-54fb9-2jw8k']});
	tail.add(numbered(0, 30), {stream: 0, times: numbered(0, 30).map((_, k) => tailStart + k * 1000)});
	const screen = await renderTail(tail);
	await screen.settled();
	await screen.press('k', 'k', 'k');
	const before = region(await screen.settled());
	expect(before.join('\n')).toMatch(/▌.*line 26/);
	await tail.clock.advance(5000);
	tail.add(['too late'], {stream: 1, times: [tailStart + 20_500]});
	expect(tail.app.tail.lines.flags(21)).toBe(0x10 | (tail.app.tail.lines.flags(21) & 0x0f));
	expect(region(await screen.settled())).toEqual(before);
	await screen.press('k');
	const after = await screen.settled();
	expect(after).toMatch(/line 20\s*\n.*late {2}too late\s*\n.*line 21/);
	expect(after).toMatch(/▌.*line 25\s*$/m);
});

test('lines that make room for newer ones stay on the frozen screen, which says that they are gone', async () => {
	const tail = fakeTail({capacity: 20_000});
	tail.add(numbered(0, 50));
	const screen = await renderTail(tail);
	await screen.settled();
	await screen.press('k');
	const before = region(await screen.settled());
	tail.add(numbered(1000, 4000));
	expect(tail.app.tail.lines.first()).toBeGreaterThan(50);
	const frame = await screen.waitFor('the selected line was dropped from memory');
	expect(region(frame)).toEqual(before);
	expect(frame).toContain('oldest ');
	await screen.press('j');
	expect(await screen.settled()).toMatch(/▌.*line \d{4}/);
});

test('at the newest line down says what follows; G follows', async () => {
	const tail = fakeTail();
	tail.add(numbered(0, 50));
	const screen = await renderTail(tail);
	await screen.settled();
	await screen.press('k', 'j', 'j');
	expect(await screen.settled()).toContain('This is the newest line. Press space to follow.');
	tail.add(['one more']);
	await screen.press('j');
	expect(await screen.settled()).toMatch(/▌.*one more/);
	await screen.press('G');
	expect(screen.session.ui.get().frozen).toBe(false);
});

test('up moves the cursor and not the view until it reaches the top', async () => {
	const tail = fakeTail();
	tail.add(numbered(0, 50));
	const screen = await renderTail(tail);
	await screen.settled();
	const rows = region(screen.frame()).length;
	await screen.press(...Array.from({length: rows - 1}, () => 'k'));
	const top = region(await screen.settled());
	expect(top[0]).toMatch(/^▌.*line 31/);
	await screen.press('k');
	const scrolled = region(await screen.settled());
	expect(scrolled[0]).toMatch(/^▌.*line 30/);
	expect(scrolled.slice(1).map((row) => row.slice(2))).toEqual(top.slice(0, -1).map((row) => row.slice(2)));
	await screen.press('g');
	expect(region(await screen.settled())[0]).toMatch(/^▌.*line 0/);
	await screen.press('ctrl-d', 'ctrl-u');
	expect(region(await screen.settled())[0]).toMatch(/^▌.*line 0/);
});

test('wrapped lines take their rows and the selected one stays whole in sight', async () => {
	const tail = fakeTail();
	tail.add(numbered(0, 30).map((text) => `${text} ${'word '.repeat(40)}end`));
	const screen = await renderTail(tail);
	await screen.settled();
	await screen.press('w');
	const rows = region(await screen.settled());
	const start = rows.findIndex((row) => row.startsWith('▌'));
	expect(rows.slice(start).join(' ')).toMatch(/line 29 .*end\s*$/);
	await screen.press('k', 'k', 'k', 'k', 'k', 'k');
	expect(region(await screen.settled()).join('\n')).toMatch(/▌.*line 23/);
});

test('scrolling sideways keeps time and level and tells that there is more on both sides', async () => {
	const tail = fakeTail();
	tail.add([`level=info msg="${'0123456789'.repeat(20)}"`]);
	const screen = await renderTail(tail);
	await screen.settled();
	await screen.press('right');
	expect(await screen.settled()).toMatch(/08:30:01\.000 {2}INFO {2}…6789012345.*…\s*$/m);
	await screen.press('left');
	expect(await screen.settled()).toMatch(/INFO {2}0123456789/);
});

test('a line of megabytes is shown without being decoded whole', async () => {
	const tail = fakeTail({capacity: 2 ** 25});
	tail.add([`{"level":"error","msg":"${'x'.repeat(5_000_000)}"}`, 'after']);
	const screen = await renderTail(tail);
	expect(await screen.settled()).toMatch(/5Mi {2}\{"level":"error","msg":"xxx+…\s*\n.*after/);
});

test('times are local, UTC, relative to the selected line, or none', async () => {
	const tail = fakeTail();
	tail.add(['one', 'two'], {times: [tailStart + 500, tailStart + 2750]});
	const screen = await renderTail(tail);
	await screen.settled();
	expect(screen.frame()).toContain('08:30:00.500  ');
	await screen.press('Z');
	const utc = new Date(tailStart + 500).toISOString().slice(11);
	expect(await screen.settled()).toContain(`  ${utc}  `);
	await screen.press('Z');
	expect(await screen.settled()).toMatch(/-2\.250 s.*one\s*\n▌ +\+0\.000 s.*two/);
	await screen.press('Z');
	expect(await screen.settled()).toMatch(/^ {8}one\s*$/m);
});

test('goes to the time that was asked for when the logs were opened, once it is there', async () => {
	const tail = fakeTail({goTo: tailStart + 20_500});
	const screen = await renderTail(tail);
	tail.add(numbered(0, 15));
	await screen.settled();
	expect(screen.session.ui.get().frozen).toBe(false);
	tail.add(numbered(15, 50));
	expect(await screen.waitFor(/▌.*line 20/)).toContain('paused');
});
