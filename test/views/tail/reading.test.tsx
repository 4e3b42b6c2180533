import {expect, test} from 'vitest';
import {fakeTail, podStream, tailStart} from '../../helpers/fake-tail.ts';
import {renderTail} from '../../helpers/render-tail.tsx';

test.each([80, 120, 200])('old lines of a quiet stream stand at the edge of the bars, at %i columns', async (columns) => {
	const tail = fakeTail({pods: ['quiet', 'busy']});
	const now = tailStart + 180_000;
	tail.add(
		Array.from({length: 9}, (_, k) => `level=error msg=${k}`),
		{stream: 0, times: Array.from({length: 9}, (_, k) => now - 9e8 + k)},
	);
	tail.add(
		Array.from({length: 600}, () => 'level=info msg=busy'),
		{stream: 1, times: Array.from({length: 600}, (_, k) => now - 6e5 + k * 1000)},
	);
	const screen = await renderTail(tail, {columns, rows: columns === 80 ? 24 : 40});
	const frame = await screen.settled();
	expect(frame).toMatch(/^ lines {2}← .*[▁-█]{10}.*9 older/m);
	expect(frame).toContain('9 error');
	expect(/^ errors ← /m.test(frame)).toBe(columns > 80);
});

test('among the streams what is wrong is first and what is over last, each with its reason', async () => {
	const tail = fakeTail({pods: ['api-54fb9-n4vkg', 'api-54fb9-2jw8k', 'api-54fb9-fp6rt']});
	tail.add(['one']);
	tail.sink.state(0, {kind: 'ended', at: 0, why: 'container exited: OOMKilled after a long while'});
	tail.sink.state(2, {kind: 'reconnecting', since: 0, retryAt: 0, error: 'the server closed the connection'});
	tail.open({...podStream('api-54fb9-n4vkg'), key: 'other', context: 'us-1', name: 'api-54fb9-n4vkg'});
	const screen = await renderTail(tail, {columns: 120, rows: 40});
	await screen.press('i');
	const rows = (await screen.settled()).split('\n');
	const at = (text: string) => rows.findIndex((row) => row.includes(text));
	expect(at('reconnecting: the server closed the connection')).toBeGreaterThan(0);
	expect(at('reconnecting: the server')).toBeLessThan(at('c:api-54fb9-2jw8k'));
	expect(at('c:api-54fb9-2jw8k')).toBeLessThan(at('ended: container exited: OOMKilled after a long while'));
	expect(at('us-1:api-54fb9-n4vkg')).toBeGreaterThan(0);
});

test('a column of fields takes the place of the field it shows, whatever that is called', async () => {
	const tail = fakeTail();
	tail.add(['{"level":"info","msg":"done","statusCode":200,"durationMs":34,"operation":"getCart"}']);
	const screen = await renderTail(tail, {columns: 120, rows: 40});
	await screen.press('c', 'status duration', 'enter');
	const frame = await screen.settled();
	expect(frame).toMatch(/200 +34ms +done {2}operation=getCart/);
	expect(frame).not.toMatch(/durationMs=|statusCode=/);
});

test('how a request went is in sight before its ids, in 80 columns too', async () => {
	const tail = fakeTail();
	tail.add([
		'{"level":"error","msg":"request failed","requestId":"81f2","userId":"u_1","operation":"createIssue","status":503,"durationMs":1203}',
		'203.0.113.9 - - [20/Nov/2026:08:30:02 +0000] "GET /cart HTTP/1.1" 502 1656 "-" "Mozilla/5.0 (X11; Linux x86_64)" 0.166',
	]);
	const screen = await renderTail(tail);
	expect(await screen.settled()).toMatch(/request failed {2}status=503 {2}durationMs=1203 {2}operation=/);
	expect(screen.frame()).toMatch(/GET \/cart 502 {2}duration=166ms {2}client=/);
	await screen.press('w');
	expect((await screen.settled()).replaceAll(/\s+/g, ' ')).toContain('requestId=81f2 userId=u_1');
});

test('the whole line says how much of it is out of sight', async () => {
	const tail = fakeTail();
	tail.add([JSON.stringify(Object.fromEntries(Array.from({length: 40}, (_, k) => [`key${k}`, k])))]);
	const screen = await renderTail(tail);
	await screen.press('enter');
	expect(await screen.settled()).toMatch(/rows 1 to 20 of \d+ · press space for more/);
	for (let k = 0; k < 12; k++) await screen.press(' ');
	expect(await screen.settled()).toMatch(/rows \d+ to (\d+) of \1 · the end/);
	await screen.press('escape');
	tail.add(['short']);
	await screen.press('G');
	await screen.settled();
	await screen.press('enter');
	expect(await screen.settled()).toContain('── the whole line ──');
});

const charge = [
	'ERROR charge failed for order 7, and the bank has said nothing of it that would help',
	'\tat Charge.run(Charge.java:3)',
	'Caused by: no answer',
];

test.each([80, 120, 200])('a head says how many lines of its trace a filter on text hides, at %i columns', async (columns) => {
	const tail = fakeTail();
	tail.add(['INFO fine', ...charge, 'INFO charge 8 went well']);
	const screen = await renderTail(tail, {columns, rows: 40});
	const row = (frame: string) => frame.split('\n').find((one) => one.includes('charge failed for')) ?? '';
	expect(await screen.settled()).not.toContain('+2 lines');
	await screen.press('f', 'charge failed', 'enter');
	expect(await screen.settled()).not.toContain('Caused by');
	expect(row(screen.frame())).toMatch(/\S {2,}\+2 lines$/);
	expect(screen.frame().match(/\+\d+ line/g)).toHaveLength(1);
	await screen.press('k', 'enter');
	expect(await screen.settled()).toContain('Caused by: no answer');
	await screen.press('escape', 'x', 'L', 'L', 'L');
	expect(await screen.settled()).toContain('Caused by: no answer');
	expect(screen.frame()).not.toContain('+2 lines');
});

test('a trace that comes after its head is counted as it comes', async () => {
	const tail = fakeTail();
	tail.add(['INFO fine', charge[0]!]);
	const screen = await renderTail(tail);
	await screen.press('f', 'charge', 'enter');
	expect(await screen.settled()).not.toContain('+');
	tail.add(charge.slice(1, 2));
	await screen.until(() => screen.frame().includes('at Charge.run'));
	expect(screen.frame()).not.toContain('+');
	tail.add(charge.slice(2));
	await screen.until(() => screen.frame().includes('+1 line'));
	tail.add(['\tat Bank.ask(Bank.java:9)']);
	await screen.until(() => screen.frame().includes('+2 lines'));
});

test('a burst is gone to where it begins, not where its minute does', async () => {
	const tail = fakeTail();
	const times = Array.from({length: 1200}, (_, k) => tailStart + k * 500);
	const isBad = (k: number) => k >= 730 && k < 790;
	tail.add(
		times.map((_, k) => `level=${isBad(k) ? 'error' : 'info'} msg="request ${k}" path=/api status=${isBad(k) ? 503 : 200}`),
		{times},
	);
	const screen = await renderTail(tail, {columns: 120, rows: 40});
	await screen.press('r');
	await expect.poll(screen.settled).toContain('burst ');
	await screen.press('enter');
	expect((await screen.settled()).split('\n').find((row) => row.startsWith('▌'))).toContain('request 730');
});
