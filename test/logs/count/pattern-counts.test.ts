import fc from 'fast-check';
import {describe, expect, it, test} from 'vitest';
import {createPatterns} from '../../../src/logs/count/pattern-counts.ts';
import {groupShapes} from '../../../src/logs/patterns/group-shapes.ts';
import {createIdList} from '../../../src/logs/patterns/id-list.ts';
import {maskMessage} from '../../../src/logs/patterns/mask.ts';
import {messageOf} from '../../../src/logs/patterns/line-message.ts';
import {createMiner} from '../../../src/logs/patterns/miner.ts';
import {signatureOf} from '../../../src/logs/patterns/line-signature.ts';
import {templateExpression} from '../../../src/logs/query/template-expression.ts';
import {createFakeLines, type FakeLine} from '../fake-lines.ts';

function fakeLines(all: readonly FakeLine[]) {
	const lines = createFakeLines();
	lines.add(...all);
	return lines;
}

const mask = (message: string) => maskMessage(message).join(' ');

describe('values are masked', () => {
	it.each([
		['took 12 ms', 'took <*>'],
		['took 1.2s, then 300 KB', 'took <*>, then <*>'],
		['client 10.0.0.1:80 and [fe80::1]', 'client <*> and [<*>]'],
		['mac 00:1b:ab:cd:ef:ab up', 'mac <*> up'],
		['order b9000564-fe1a-409b-b8cc-1e88b294cd1d', 'order <*>'],
		['image deadbeef and word facade', 'image <*> and word facade'],
		['read /var/log/app.log: denied', 'read <*>: denied'],
		['open C:\\Windows\\x.dll now', 'open <*> now'],
		['and/or I/O N/A', 'and/or I/O N/A'],
		['GET https://example.com/a?b=c again', 'GET <*> again'],
		['"GET /api/v1/x?page=2 HTTP/1.1" 200', '"GET <*>" <*>'],
		['mail to bob@example.com failed', 'mail to <*> failed'],
		['uid=0 logname= user=root', 'uid=<*> logname=<*> user=root'],
		['tag="View Lock", x=1', 'tag="View Lock", x=<*>'],
		['block blk_-38865 of attempt_14_m_0', 'block blk_<*> of attempt_<*>'],
		['delete blk_1 blk_22 blk_-333', 'delete blk_<*>'],
		['ids 1, 2, 3 done', 'ids <*> done'],
		['at Sun Jul 24 02:38:22 2005 from x', 'at <*> from x'],
		['jk2_init() ok', 'jk2_init() ok'],
		['Failed for ssh2 on eth0', 'Failed for ssh2 on eth0'],
		['enabled: true', 'enabled: <*>'],
		['speeds ( 3552 **** 10 )', 'speeds ( <*> )'],
		['lifetime <1 sec', 'lifetime <*>'],
		['lifetime 00:01', 'lifetime <*>'],
		['Server os.name=Linux', 'Server os.name=Linux'],
		['  many   spaces\there ', 'many spaces here'],
		['', ''],
	])('%j', (message, shape) => {
		expect(mask(message)).toBe(shape);
	});

	it('bounds what it reads of a line', () => {
		expect(maskMessage(`x ${'word '.repeat(100_000)}`).length).toBeLessThan(60);
		expect(maskMessage('1'.repeat(1_000_000))).toEqual(['<*>']);
	});
});

/** Words of the kinds that masking distinguishes, and what surrounds them. */
const word = fc.oneof(
	fc.constantFrom(
		'the',
		'True',
		'null,',
		'deadbeef',
		'facade.',
		'Jan',
		'Mon',
		'KB',
		'-',
		'=',
		'a=',
		'k="v',
		'w"',
		'://',
		'C:\\x',
		'()',
		'<1',
		'****',
	),
	fc.constantFrom(
		'1',
		'12,',
		'1.2.3.4:80',
		'1:',
		'.5',
		'/5',
		'5...',
		'1::2',
		'0x1f',
		'eth0',
		'blk_1',
		'a1b2',
		'x@y.com',
		'http://a/b?c=1',
		'[1]',
		'{"a":1}',
	),
	fc.string({unit: fc.constantFrom(...Array.from('ab1.,:;/=-_"\'()[]<>@#*+é ')), maxLength: 8}),
);
const line = fc.array(word, {maxLength: 6}).map((words) => words.join(' '));

describe('the signature', () => {
	it('is the same only for messages whose words are the same once masked', () => {
		const seen = new Map<number, string>();
		fc.assert(
			fc.property(line, (message) => {
				const [signature, shape] = [signatureOf(message), mask(message)];
				expect(seen.get(signature) ?? shape).toBe(shape);
				seen.set(signature, shape);
			}),
			{numRuns: 5000, examples: [['1'], ['/:1'], ['-.5'], ['--1']]},
		);
	});

	it('is the same for messages that differ in numbers', () => {
		expect(signatureOf('took 12 ms at 10.0.0.1:80')).toBe(signatureOf('took 3 ms at 192.168.10.20:8443'));
		expect(signatureOf('took 12 ms')).not.toBe(signatureOf('took 12 s'));
	});
});

test('requests are distinguished by route and class of status, and keep their levels', () => {
	const miner = createMiner();
	const paths = [
		'/healthz',
		'/api/cart',
		'/api/orders/1',
		'/api/orders/81f2',
		...'abcdefghijklmnopqrst'.split('').map((name) => `/page/${name}`),
	];
	for (const status of ['200', '502'])
		for (const [line, path] of paths.entries())
			miner.add(messageOf(`10.0.0.1 - - [20/Nov/2026:08:33:04 +0100] "GET ${path} HTTP/1.1" ${status} 5`), line);
	miner.settle();
	const templates = miner.patterns().map(({words}) => words.join(' '));
	expect(templates).toHaveLength(2 * (paths.length - 1));
	expect(templates).toContain('GET /api/orders/<*> 5xx');
	for (const template of templates) expect(templateExpression(template).test(`\u00A0${template}`)).toBe(true);
});

describe('the message of a line', () => {
	it.each([
		['{"level":"info","msg":"order 7 accepted","n":1}', 'order 7 accepted'],
		['{"level":"info","method":"GET","status":200}', 'method=GET status=200'],
		['time=2026-11-20T08:00:00Z level=info msg="order 7 accepted" n=1', 'order 7 accepted'],
		['I1120 08:33:04.118423       1 controller.go:42] "Synced" pod="a/b"', 'Synced'],
		['2026-11-20T08:33:04.118Z ERROR refused', 'ERROR refused'],
		['Nov 20 08:33:04 web-1 sshd[7]: refused', 'web-1 sshd[7]: refused'],
		['10.0.0.1 - - [20/Nov/2026:08:33:04 +0100] "GET /a HTTP/1.1" 200 5 "-" "curl/8"', '\u00A0GET /a 2xx'],
		[
			'10.0.0.1 - - [20/Nov/2026:08:33:04 +0100] "POST /api/v1/orders/81f2?x=/9 HTTP/2.0" 502 5 "-" "-"',
			'\u00A0POST /api/v1/orders/<*> 5xx',
		],
		['10.0.0.1 - - [20/Nov/2026:08:33:04 +0100] "GET /c/cus_9sKl23bVcc/profile HTTP/1.1" 404 5', '\u00A0GET /c/<*>/profile 4xx'],
		['10.0.0.1 - - [20/Nov/2026:08:33:04 +0100] "GET /app.dfdaedea.js HTTP/1.1" 200 5', '\u00A0GET /<*> 2xx'],
		['10.0.0.1 - - [20/Nov/2026:08:33:04 +0100] "GET /a/b/c/d/e/f/g/h/i HTTP/1.1" 200 5', '\u00A0GET /a/b/c/d/e/f/g/<*> 2xx'],
		['authentication failure; logname= uid=0', 'authentication failure; logname= uid=0'],
		['{"broken', '{"broken'],
		['', ''],
	])('%j', (text, message) => {
		expect(messageOf(text)).toBe(message);
	});

	it('is found in whatever comes', () => {
		fc.assert(
			fc.property(fc.string({unit: 'binary', maxLength: 60}), (text) => {
				expect(signatureOf(messageOf(text))).toBeGreaterThanOrEqual(0);
			}),
		);
	});
});

describe('grouping', () => {
	it('does not depend on the order in which the shapes came', () => {
		const shapes = ['alice', 'bob', 'carol', 'dave', 'eve'].map((name) => `invalid user ${name} from <*>`.split(' '));
		const others = ['invalid token given from <*>', 'session opened for user <*>'].map((text) => text.split(' '));
		fc.assert(
			fc.property(fc.shuffledSubarray([...shapes, ...others], {minLength: 7}), (mixed) => {
				const {templates} = groupShapes(mixed);
				expect(templates.map((words) => words.join(' ')).toSorted()).toEqual([
					'invalid token given from <*>',
					'invalid user <*> from <*>',
					'session opened for user <*>',
				]);
			}),
		);
	});
});

describe('the miner', () => {
	it('keeps the older id when patterns merge, and an old id leads to it', () => {
		const miner = createMiner();
		const ids = ['alice', 'bob', 'carol'].map((name, line) => miner.add(`user ${name} logged in`, line).id);
		expect(ids).toEqual([1, 2, 3]);
		miner.settle();
		expect(ids.map(miner.idOf)).toEqual([1, 1, 1]);
		expect(miner.add('user dave logged in', 3).id).toBe(1);
		expect(miner.find('user erin logged in')?.id).toBe(1);
		expect(miner.patterns().map(({words}) => words.join(' '))).toEqual(['user <*> logged in']);
	});

	it('learns nothing from looking', () => {
		const miner = createMiner();
		expect(miner.find('order 7 accepted')).toBeUndefined();
		expect(miner.patterns()).toEqual([]);
	});

	it('stays bounded, drops what had no line for longest, and says how much', () => {
		const miner = createMiner({mostPatterns: 100});
		const words = (index: number) => index.toString(26).replaceAll(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] as string);
		for (let line = 0; line < 5000; line++) {
			miner.add('the one that always comes', line).tally.count++;
			miner.add(`${words(line * 7919)} ${words(line * 104_729)} ${words(line * 31)}`, line).tally.count++;
			expect(miner.patterns().length).toBeLessThanOrEqual(100);
		}
		expect(miner.find('the one that always comes')?.tally.count).toBe(5000);
		const kept = miner.patterns().reduce((lines, {tally}) => lines + tally.count, 0);
		expect(miner.forgotten().patterns).toBeGreaterThan(100);
		expect(kept + miner.forgotten().lines).toBe(10_000);
	});

	it('gives one line each its id, in order, after merges', () => {
		const miner = createMiner();
		const ids = createIdList();
		for (let line = 0; line < 70_000; line++)
			ids.push(miner.add(line % 2 ? `topic ${['a', 'orders', 'mails'][line % 3]} is late` : 'fine', line).id);
		miner.settle();
		const rows = [...ids.take(miner.idOf)].join('').trimEnd().split('\n');
		expect(rows).toHaveLength(70_000);
		expect(new Set(rows)).toEqual(new Set(['1', '2']));
		expect(rows.slice(0, 4)).toEqual(['1', '2', '1', '2']);
		expect([...ids.take(miner.idOf)]).toEqual([]);
	});
});

describe('the patterns of lines', () => {
	const lines = fakeLines([
		{text: '2026-11-20T08:00:00Z ERROR order 1 refused', time: 1000, level: 'error'},
		{text: '2026-11-20T08:00:05Z WARN order 2 refused', time: 6000, level: 'warn'},
		{text: '{"level":"info","msg":"config reloaded"}', time: 7000, level: 'info'},
		{text: '2026-11-20T08:00:10Z ERROR order 3 refused', time: 11_000, level: 'error'},
	]);
	const counted = () => {
		const patterns = createPatterns();
		for (let line = 0; line < 4; line++) patterns.look(lines, line);
		return patterns;
	};

	it('have count, share, level, times, trend and a sample, the most frequent first', () => {
		expect(counted().patterns()).toEqual([
			{
				id: 1,
				template: 'ERROR order <*> refused',
				count: 2,
				share: 0.5,
				level: 'error',
				firstSeen: 1000,
				lastSeen: 11_000,
				trend: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
				sample: 'ERROR order 1 refused',
				sampleLine: 0,
			},
			expect.objectContaining({template: 'WARN order <*> refused', count: 1, level: 'warn'}),
			expect.objectContaining({template: 'config reloaded', count: 1, level: 'info', firstSeen: 7000, lastSeen: 7000}),
		]);
	});

	it('are a filter by id', () => {
		const patterns = counted();
		const matches = patterns.matcher(1);
		expect(matches('2026-11-21T09:00:00Z ERROR order 999 refused')).toBe(true);
		expect(matches('2026-11-21T09:00:00Z WARN order 999 refused')).toBe(false);
		expect(patterns.idOf('never seen')).toBeUndefined();
		expect(patterns.textOf(1)).toBe('ERROR order <*> refused');
		expect(patterns.textOf(99)).toBeUndefined();
	});

	it('begin anew after a reset', () => {
		const patterns = counted();
		patterns.reset();
		expect(patterns.patterns()).toEqual([]);
		expect(patterns.generation()).toBe(1);
		patterns.look(lines, 2);
		expect(patterns.patterns()).toMatchObject([{template: 'config reloaded', share: 1}]);
	});

	it('halve the trend as the span grows, and lose no line of it', () => {
		const hours = fakeLines(Array.from({length: 200}, (_, hour) => ({text: 'tick', time: hour * 3_600_000})));
		const patterns = createPatterns();
		for (let line = 0; line < 200; line++) patterns.look(hours, line);
		const [{trend} = {trend: []}] = patterns.patterns();
		expect(trend.length).toBeLessThanOrEqual(24);
		expect(trend.reduce((sum, lines) => sum + lines, 0)).toBe(200);
	});
});
