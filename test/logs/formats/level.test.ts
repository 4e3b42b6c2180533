import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {levelIn, levelOf, statesLevel} from '../../../src/logs/formats/level.ts';

const stated: readonly (readonly [line: string, level: string])[] = [
	['{"level":"info","msg":"x"}', 'info'],
	['{"level":"WARNING","msg":"x"}', 'warn'],
	['{"msg":"level: error","severity":"NOTICE"}', 'info'],
	['{"@timestamp":"…","message":"it says ERROR","logger":"a","level":"DEBUG"}', 'debug'],
	['{"lvl":"crit"}', 'fatal'],
	['{"log.level":"error","message":"x"}', 'error'],
	['{"log":{"level":"warn"},"message":"x"}', 'warn'],
	['{"level":10}', 'debug'],
	['{"level":20}', 'debug'],
	['{"level":30,"msg":"x"}', 'info'],
	['{"level":40}', 'warn'],
	['{"level":50}', 'error'],
	['{"level":60}', 'fatal'],
	['{"level":3,"short_message":"x"}', 'error'],
	['{"s":"W","c":"NETWORK","msg":"x"}', 'warn'],
	['{"MESSAGE":"x","PRIORITY":"4"}', 'warn'],
	['{"PRIORITY":"6","MESSAGE":"level=error msg=x"}', 'error'],
	['{"log":"2026-11-20 08:33:04 ERROR x\\n","stream":"stdout"}', 'error'],
	['2026-11-20 08:33:04 setup {"level":"error"}', 'error'],
	['time=2026-11-20T08:33:04Z level=warn msg="x ERROR"', 'warn'],
	['ts=1 msg="level=error" level=INFO', 'info'],
	['severity="error" msg=x', 'error'],
	['I1120 08:33:04.118423       1 a.go:42] ERROR', 'info'],
	['W1120 08:33:04.118423       1 a.go:42] x', 'warn'],
	['E1120 08:33:04.118423       1 a.go:42] x', 'error'],
	['F1120 08:33:04.118423       1 a.go:42] x', 'fatal'],
	['E, [2026-11-20T08:33:04.118423 #17] ERROR -- : x', 'error'],
	['<3>x', 'error'],
	['<34>1 2026-11-20T08:33:04Z host app - - - x', 'fatal'],
	['<13>Nov 20 08:33:04 host app: x', 'info'],
	['2026-11-20 08:33:04,118 INFO [main] a.B: state is ERROR', 'info'],
	['2026-11-20 08:33:04 TRACE x', 'debug'],
	['2026-11-20 08:33:04 WARN x', 'warn'],
	['2026-11-20 08:33:04 [CRITICAL] x', 'fatal'],
	['2026-11-20 08:33:04.118 UTC [42] LOG:  x', 'info'],
	['2026-11-20 08:33:04.118 UTC [42] FATAL:  x', 'fatal'],
	['2026/11/20 08:33:04 [emerg] 7#7: x', 'fatal'],
	['2026/11/20 08:33:04 [alert] 7#7: x', 'fatal'],
	['2026/11/20 08:33:04 [warning] x', 'warn'],
	['[Fri Nov 20 08:33:04 2026] [core:error] [pid 12] x', 'error'],
	['2026-11-20T08:33:04.118423Z 0 [Warning] [MY-010068] [Server] x', 'warn'],
	['2026-11-20T08:33:04.118Z\terror\tsetup\tmain.go:12\tx', 'error'],
	['[08:33:04 ERR] x', 'error'],
	['[08:33:04 INF] x', 'info'],
	['\u001b[31mERROR\u001b[0m x', 'error'],
	['ERROR:app.module:x', 'error'],
	['WARNING  app:a.py:12 x', 'warn'],
	['error: x', 'error'],
	['fail: Microsoft.AspNetCore.Server[13]', 'error'],
	['Error: connect ECONNREFUSED', 'error'],
	['nova.log 2017-05-16 00:00:00.008 25746 INFO nova.x [req] x', 'info'],
];

const derived: readonly (readonly [line: string, level: string])[] = [
	['203.0.113.9 - - [20/Nov/2026:08:33:04 +0000] "GET /a HTTP/1.1" 502 157 "-" "ERROR 1"', 'error'],
	['203.0.113.9 - - [20/Nov/2026:08:33:04 +0000] "GET /a HTTP/2" 404 157', 'warn'],
	[`203.0.113.9 - - [20/Nov/2026:08:33:04 +0000] "GET /${'a'.repeat(1000)} HTTP/1.1" 500 157`, 'error'],
	['[GIN] 2026/11/20 - 08:33:04 | 502 |  84ms | 10.0.0.1 | GET  "/"', 'error'],
	['{"msg":"served","path":"/a","status":503}', 'error'],
	['{"msg":"served","path":"/a","status":"404"}', 'warn'],
	['panic: runtime error: index out of range', 'fatal'],
	['Traceback (most recent call last):', 'error'],
	['Exception in thread "main" java.lang.Error', 'error'],
	['1:M 20 Nov 2026 08:33:04.118 # x', 'warn'],
	['1:M 20 Nov 2026 08:33:04.118 * x', 'info'],
];

const none = [
	'',
	'starting up',
	'an error occurred while reading',
	'2026-11-20 08:33:04 no error was found',
	'2026-11-20 08:33:04 alert sent to the team',
	'GET /ERROR/list',
	'HTTP_ERROR_CODE is unset',
	'errors: 0',
	'information about the run',
	'203.0.113.9 - - [20/Nov/2026:08:33:04 +0000] "GET /a?level=error HTTP/1.1" 200 157 "-" "ERROR"',
	'{"msg":"it says \\"level\\":\\"error\\""}',
	'{"nested":{"level":"error"}}',
	'{"level":null}',
	'{"priority":"3","msg":"x"}',
	'{"status":200}',
	'she said "ERROR"',
	`${'x '.repeat(200)}ERROR`,
];

describe('the level', () => {
	test.each([...stated, ...derived])('of %s is %s', (line, level) => {
		expect(levelOf(line)).toBe(level);
	});

	test.each(none)('is none in: %s', (line) => {
		expect(levelOf(line)).toBeUndefined();
	});

	test('is the same for a line among others as for the line alone', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...stated.map(([line]) => line), ...none), {minLength: 1, maxLength: 8}), (lines) => {
				const bytes = Buffer.from(lines.join('\n'));
				let start = 0;
				for (const line of lines) {
					const end = start + Buffer.byteLength(line);
					expect([line, levelIn(bytes, start, end)]).toEqual([line, levelOf(line)]);
					start = end + 1;
				}
			}),
		);
	});

	test('is looked for without ever throwing', () => {
		fc.assert(
			fc.property(fc.uint8Array({maxLength: 400}), (bytes) => {
				expect(() => levelIn(bytes, 0, bytes.length)).not.toThrow();
			}),
		);
	});
});

test('a line states its level, or it is only told from what it says', () => {
	expect(stated.filter(([line]) => !statesLevel(Buffer.from(line)))).toEqual([]);
	expect(derived.filter(([line]) => statesLevel(Buffer.from(line)))).toEqual([]);
});
