import {expect, test} from 'vitest';
import {fakeTail, podStream, tailStart} from '../../helpers/fake-tail.ts';
import {renderTail} from '../../helpers/render-tail.tsx';
import {textBatch} from '../../logs/hold/batches.ts';

const texts = Array.from({length: 30}, (_, k) => `line ${k}\u001B[31m!`);

async function keeping(options: Parameters<typeof renderTail>[1] = {}) {
	const tail = fakeTail();
	tail.add(texts);
	const screen = await renderTail(tail, options);
	await screen.settled();
	return {tail, screen};
}

test('a line is pinned with its time, stream and filters, marked, and unpinned by the same key', async () => {
	const {tail, screen} = await keeping();
	await screen.press('f', 'line', 'enter', 'k', 'b');
	const frame = await screen.settled();
	expect(frame).toContain('pinned to the round');
	expect(frame).toMatch(/^▌\*08:30:29\.000 .*line 28!/m);
	expect([...tail.pinned.values()]).toEqual([
		expect.objectContaining({
			text: 'line 28!',
			streams: ['api-54fb9-n4vkg'],
			query: '"line"',
			at: new Date(2026, 10, 20, 8, 30, 29).getTime(),
		}),
	]);
	await screen.press('b');
	expect(await screen.settled()).toContain('the pin is taken back');
	expect(tail.pinned.size).toBe(0);
	expect(screen.frame()).not.toContain('▌*');
});

test('the same line has the same id wherever late lines put it', async () => {
	const tail = fakeTail({pods: ['api-54fb9-n4vkg', 'api-54fb9-2jw8k']});
	const start = tail.clock.now();
	tail.add(['one', 'two'], {times: [start, start + 2000]});
	const screen = await renderTail(tail);
	await screen.settled();
	await screen.press('b');
	await tail.clock.advance(5000);
	tail.add(['late'], {stream: 1, times: [start + 1000]});
	expect(tail.app.tail.lines.end()).toBe(3);
	await screen.press('g', 'G');
	expect(await screen.settled()).toMatch(/\*.*two/);
	await screen.press('b');
	expect(tail.pinned.size).toBe(0);
});

test('a selection is marked, counted, pinned as one, and each of its lines is marked', async () => {
	const {tail, screen} = await keeping();
	await screen.press('v', 'k', 'k');
	expect(await screen.settled()).toMatch(/▌.*line 27!\s*\n│.*line 28!\s*\n│.*line 29!/);
	expect(screen.frame()).toContain('3 lines selected');
	await screen.press('b');
	expect([...tail.pinned.values()].map(({text}) => text)).toEqual(['3 lines: line 27!\nline 27!\nline 28!\nline 29!']);
	expect(await screen.settled()).toMatch(/\*.*line 27!\s*\n \*.*line 28!\s*\n \*.*line 29!/);
	expect(screen.frame()).not.toContain('selected');
});

test('evidence of several lines is called by what the gravest of them says', async () => {
	const tail = fakeTail();
	tail.add(['level=info msg=fine', 'level=error msg="charge failed"', 'level=warn msg=slow']);
	const screen = await renderTail(tail);
	await screen.settled();
	await screen.press('v', 'k', 'k', 'b');
	await screen.settled();
	expect([...tail.pinned.values()].map(({text}) => text.split('\n')[0])).toEqual(['3 lines: charge failed']);
});

test('copies what is selected, harmless', async () => {
	const {tail, screen} = await keeping();
	await screen.press('y');
	expect(await screen.settled()).toContain('1 line copied');
	await screen.press('v', 'k', 'y');
	expect(await screen.settled()).toContain('2 lines copied');
	expect(tail.copied).toEqual(['line 29!', 'line 28!\nline 29!']);
});

test('saves the lines that pass and says where they are', async () => {
	const {tail, screen} = await keeping();
	await screen.press('f', '/line 1\\d/', 'enter');
	await screen.settled();
	await screen.press('S', 'view.log', 'enter');
	expect(await screen.settled()).toContain('saved to /tmp/view.log');
	expect(tail.saved.get('view.log')).toEqual(Array.from({length: 10}, (_, k) => `line ${k + 10}!`));
});

test('what cannot be saved says why', async () => {
	const tail = fakeTail({save: () => Promise.reject(new Error('view.log is there already'))});
	tail.add(texts);
	const screen = await renderTail(tail);
	await screen.settled();
	await screen.press('S', 'view.log', 'enter');
	expect(await screen.settled()).toContain('view.log is there already');
});

test('enter opens the whole line, n and N turn to its neighbours, enter closes it', async () => {
	const {screen} = await keeping();
	await screen.press('k', 'enter');
	expect(await screen.settled()).toContain('line 28!');
	expect(screen.frame()).not.toContain('line 27!');
	await screen.press('N');
	expect(await screen.settled()).toContain('line 27!');
	await screen.press('enter');
	expect(await screen.settled()).toMatch(/▌.*line 27!/);
});

test('esc goes back one step at a time, then says that q leaves', async () => {
	const {screen} = await keeping();
	await screen.press('/', 'line', 'enter', 'i', 'tab', 'tab', 'v', '?');
	const {ui} = screen.session;
	await screen.press('escape');
	expect(ui.get().overlay).toBeUndefined();
	await screen.press('escape');
	expect(ui.get().selectedFrom).toBeUndefined();
	await screen.press('escape');
	expect(ui.get().search).toBeUndefined();
	await screen.press('escape');
	expect(ui.get().panel).toBeUndefined();
	await screen.press('tab', 'escape');
	expect(ui.get().focus).toBe('lines');
	await screen.press('escape');
	expect(await screen.settled()).toContain('Nothing to go back from. Press q to close.');
	expect(screen.exits()).toBe(0);
	await screen.press('q');
	expect(screen.exits()).toBe(1);
});

test('over the round the last esc leaves the logs', async () => {
	const {screen} = await keeping({over: 'the round'});
	await screen.press('k', 'escape');
	expect(screen.exits()).toBe(1);
});

test('the help lists the keys of the log screen and runs one', async () => {
	const {screen} = await keeping();
	await screen.press('?', 'wrap');
	expect(await screen.waitFor('Wrap or cut long lines')).toContain('Keys that work here');
	await screen.press('enter');
	expect(screen.session.ui.get().wrap).toBe(true);
});

test('a paste where nothing is typed says so, in a prompt it is typed', async () => {
	const {screen} = await keeping();
	await screen.paste('x\u001B[2J');
	expect(await screen.settled()).toContain('nothing is being typed: the paste was left out');
	await screen.press('f');
	await screen.paste('line 1');
	expect(await screen.settled()).toContain('filter: line 1');
});

test('a terminal that is too small says so and still quits', async () => {
	const {screen} = await keeping({columns: 50, rows: 10});
	expect(screen.frame()).toContain('Terminal too small: 60x15');
	await screen.press('ctrl-c');
	expect(screen.exits()).toBe(1);
});

test('while no line is there it says what is waited for', async () => {
	const tail = fakeTail({pods: []});
	const screen = await renderTail(tail);
	expect(await screen.settled()).toContain('looking for streams');
	tail.app.tail.notice.set('no pod matches "nosuch" in checkout-prod');
	expect(await screen.settled()).toContain('no pod matches "nosuch"');
	tail.app.tail.notice.set(undefined);
	tail.open(podStream('api-54fb9-n4vkg'), {kind: 'connecting'});
	expect(await screen.settled()).toContain('connecting 1 stream');
	tail.sink.state(0, {kind: 'live', since: 0});
	expect(await screen.settled()).toContain('waiting for lines: 1 stream connected, none has written yet');
	tail.sink.state(0, {kind: 'denied', error: 'pods/log is forbidden'});
	expect(await screen.settled()).toContain('denied: api-54fb9-n4vkg: pods/log is forbidden');
	tail.sink.state(0, {kind: 'ended', at: 0, why: 'pod deleted'});
	expect(await screen.settled()).toContain('1 stream ended without a line');
});

test('what is read already but not yet in order is no silence', async () => {
	const tail = fakeTail({pods: []});
	for (const pod of ['api-54fb9-n4vkg', 'api-54fb9-2jw8k']) {
		const id = tail.sink.open(podStream(pod));
		tail.sink.state(id, {kind: 'live', since: 0});
	}
	tail.sink.lines(
		0,
		textBatch(
			texts,
			texts.map(() => tailStart),
		),
	);
	const screen = await renderTail(tail);
	await screen.until(() => screen.frame().includes(`Loading: ${texts.length} lines, sorting`));
	expect(screen.frame()).not.toContain('none has written yet');
});

test('a long word from the cluster is whole while no line is there, and once', async () => {
	const tail = fakeTail({pods: []});
	tail.app.tail.notice.set('4 streams wait for a place: at most 50 are open at once; 1 container waits to start: ImagePullBackOff');
	const screen = await renderTail(tail);
	expect(await screen.settled()).toMatch(/4 streams wait[^─]*waits\s+to start: ImagePullBackOff/);
	expect(screen.frame().match(/4 streams wait/g)).toHaveLength(1);
	tail.open(podStream('api-54fb9-n4vkg'));
	tail.add(texts);
	expect(await screen.settled()).toMatch(/^── following ── 4 streams wait/m);
});

test('silence is told from trouble', async () => {
	const tail = fakeTail({pods: ['api-54fb9-n4vkg', 'api-54fb9-2jw8k', 'api-54fb9-fp6rt']});
	tail.add(['one'], {stream: 0});
	await tail.clock.advance(240_000);
	tail.add(['two'], {stream: 1});
	tail.sink.state(2, {kind: 'reconnecting', since: 0, retryAt: 0, error: 'reset'});
	const screen = await renderTail(tail, {columns: 120, rows: 40});
	expect(await screen.settled()).toContain('1 reconnecting · 1 stream live · 1 quiet 4 m');
});

test('what was read to its end says so', async () => {
	const tail = fakeTail({follows: false});
	tail.add(texts);
	tail.sink.state(0, {kind: 'ended', at: 0, why: 'end of file'});
	const screen = await renderTail(tail);
	expect(await screen.settled()).toContain('read to the end');
});

test('enter on a line shows the trace that continues with it, and on a frame the line that it continues with', async () => {
	const tail = fakeTail();
	tail.add([
		'2026-11-20 08:33:04 ERROR charge failed',
		'\tat com.example.Api.charge(Api.java:12)',
		'Caused by: java.io.IOException: closed',
	]);
	const screen = await renderTail(tail);
	await screen.settled();
	await screen.press('g', 'enter');
	const frame = await screen.settled();
	expect(frame).toContain('and 2 lines more of it');
	expect(frame).toContain('at com.example.Api.charge(Api.java:12)');
	expect(frame).toContain('Caused by: java.io.IOException: closed');
	await screen.press('n');
	expect(await screen.settled()).toMatch(/continued by[\s\S]*ERROR charge failed/);
	expect(screen.frame()).toMatch(/level +error/);
});
