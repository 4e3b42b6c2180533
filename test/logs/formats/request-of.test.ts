import {expect, test} from 'vitest';
import {requestOf, withoutIds} from '../../../src/logs/formats/request-of.ts';

test.each([
	['JSON', '{"status":503,"duration_ms":1200,"path":"/api/orders?x=1"}', {status: 503, durationMs: 1200, route: '/api/orders'}],
	[
		'nested JSON of pino',
		'{"req":{"url":"/api/cart"},"res":{"statusCode":200},"responseTime":12}',
		{status: 200, durationMs: 12, route: '/api/cart'},
	],
	['status as text', '{"status":"200","route":"/a"}', {status: 200, route: '/a'}],
	['logfmt', 'ts=2026 level=info status=404 duration=35ms route="/a b"', {status: 404, durationMs: 35, route: '/a b'}],
	['seconds', 'status=200 request_time=0.084', {status: 200, durationMs: 84}],
	['access line', '10.0.0.1 - - [20/Nov/2026:08:33:04 +0000] "GET /api/cart HTTP/1.1" 502 157', {status: 502, route: '/api/cart'}],
	['access line with a time', '10.0.0.1 - - [x] "GET / HTTP/2.0" 200 5 "-" "curl/8" 0.084', {status: 200, durationMs: 84, route: '/'}],
	['a status that is no HTTP status', '{"status":"ok"}', undefined],
	['out of range', 'status=7', undefined],
	['half a JSON', '{"status":500', undefined],
	['prose', 'listening on 8080', undefined],
	['empty', '', undefined],
])('%s', (_, line, expected) => {
	expect(requestOf(line)).toEqual(expected);
});

test.each([
	['/api/orders/81234', '/api/orders/:id'],
	['/api/orders/0b9f1a52-8f2e-4c43-9d1e-3a6f1f2b7c11/items', '/api/orders/:id/items'],
	['/c/cus_N4vkG81f2abc', '/c/:id'],
	['/api/checkout', '/api/checkout'],
	['/api/v2/cart?id=9', '/api/v2/cart'],
])('%s is the route %s', (path, route) => {
	expect(withoutIds(path)).toBe(route);
});
