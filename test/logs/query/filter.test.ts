import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {describeFilter, parseFilter, quoted} from '../../../src/logs/query/filter.ts';

const now = Date.UTC(2026, 10, 20, 8, 33, 7);
const moments = {now, near: now, utc: true};

/** The bar's words for what was typed: they tell how it was understood. */
function understood(text: string): string {
	const filter = parseFilter(text, moments);
	return 'problem' in filter ? `problem: ${filter.problem}` : `${filter.kind}: ${describeFilter(filter)}`;
}

describe('what is typed decides the kind of filter', () => {
	it.each([
		['timeout', 'text: "timeout"'],
		['  creating issue ', 'text: "creating issue"'],
		['read and write failed', 'text: "read and write failed"'],
		['"creating issue"', 'text: "creating issue"'],
		[String.raw`"say \"no\""`, String.raw`text: "say \"no\""`],
		['say "no"', String.raw`text: "say \"no\""`],
		[`can't`, `text: "can't"`],
		['/time(out|d)/', 'regex: /time(out|d)/'],
		['/timeout/i', 'regex: /timeout/i'],
		['/creating .* failed/', 'regex: /creating .* failed/'],
		['/api/v1/orders', 'text: "/api/v1/orders"'],
		['GET /api/v1/ 200', 'text: "GET /api/v1/ 200"'],
		['/api/v1/orders/', 'regex: /api/v1/orders/'],
		['level >= warn', 'level: level >= warn'],
		['level>=WARNING', 'level: level >= warn'],
		['level=error', 'level: level = error'],
		['level: critical', 'level: level = fatal'],
		['level != info', 'level: level != info'],
		['level>=40', 'level: level >= warn'],
		['pod=api-*', 'stream: pod = api-*'],
		['pod: n4vkg', 'stream: pod = n4vkg'],
		['stream:api', 'stream: stream = api'],
		['container!=sidecar', 'stream: container != sidecar'],
		['namespace=/^prod/', 'stream: namespace = /^prod/'],
		['namespace=~^prod', 'stream: namespace = /^prod/'],
		['operation=createIssue', 'field: operation = createIssue'],
		['operation = createIssue', 'field: operation = createIssue'],
		['operation: createIssue', 'field: operation = createIssue'],
		['"operation":"createIssue"', 'field: operation = createIssue'],
		['http.status==500', 'field: http.status = 500'],
		['status!=200', 'field: status != 200'],
		['status>=500', 'field: status >= 500'],
		['status:>=500', 'field: status >= 500'],
		['time >= 08:20', 'time: time >= 2026-11-20T08:20Z'],
		['time<09:00:01.5', 'time: time < 2026-11-20T09:00:01.500Z'],
		['timestamp > 10m ago', 'time: time > 2026-11-20T08:23:07Z'],
		['@timestamp:>=2026-11-19', 'time: time >= 2026-11-19T00:00Z'],
		['time > "2026-11-19 08:33"', 'time: time > 2026-11-19T08:33Z'],
		['ts <= 2026-11-19 08:33 AND status>=500', 'query: time <= 2026-11-19T08:33Z AND status >= 500'],
		['(time > 08:20 AND time < 08:30)', 'query: time > 2026-11-20T08:20Z AND time < 2026-11-20T08:30Z'],
		['not time < 2 hours ago', 'time: not time < 2026-11-20T06:33:07Z'],
		['time > 1s', 'field: time > 1s'],
		['time = 08:20', 'field: time = 08:20'],
		['time > soon', 'problem: "soon" at character 8 is not a time: a time reads 08:33, 08:33:04, 2026-11-20T08:33 or 10m ago.'],
		['time > 25:10', 'problem: "25:10" at character 8 is not a time: there is no time 25:10.'],
		['duration > 1s', 'field: duration > 1s'],
		['path=~/api/.*', 'field: path =~ //api/.*/'],
		['path=~/api/', 'field: path =~ /api/'],
		['path!~^/health', 'field: path !~ /^/health/'],
		['exists: operation', 'field: exists: operation'],
		['operation?', 'field: exists: operation'],
		['operation:*', 'field: exists: operation'],
		['message: "creating issue"', 'field: message: "creating issue"'],
		['message: creating issue', 'field: message: "creating issue"'],
		['not "health"', 'text: not "health"'],
		['not health', 'text: not "health"'],
		['!health', 'text: not "health"'],
		['-health', 'text: not "health"'],
		['-"x y"', 'text: not "x y"'],
		['!status>=500', 'field: not status >= 500'],
		['not not x', 'text: "x"'],
		['-- done', 'text: "-- done"'],
		['-5 degrees', 'text: "-5 degrees"'],
		['!= x', 'text: "!= x"'],
		['notice the difference', 'text: "notice the difference"'],
		['panic: runtime error', 'text: "panic: runtime error"'],
		['http://example.org/x', 'text: "http://example.org/x"'],
		['std::vector', 'text: "std::vector"'],
		['08:33:04', 'text: "08:33:04"'],
		['a->b', 'text: "a->b"'],
		['foo() failed (again)', 'text: "foo() failed (again)"'],
		['(x) failed', 'text: "(x) failed"'],
		['(operation=createIssue)', 'field: operation = createIssue'],
		['message: "creating issue" AND operation: "createIssue"', 'query: message: "creating issue" AND operation = createIssue'],
		['a b AND c', 'query: "a b" AND "c"'],
		['a AND b OR c', 'query: ("a" AND "b") OR "c"'],
		['a AND (b OR c)', 'query: "a" AND ("b" OR "c")'],
		['NOT a AND b', 'query: not "a" AND "b"'],
		['not (a OR b)', 'query: not ("a" OR "b")'],
		['foo NOT bar', 'query: "foo" AND not "bar"'],
		['operation=createIssue status>=500', 'query: operation = createIssue AND status >= 500'],
		['operation=createIssue failed again', 'query: operation = createIssue AND "failed again"'],
		['"a" "b"', 'query: "a" AND "b"'],
		['call(x) AND y', 'query: "call(x)" AND "y"'],
		['(call(x) OR y)', 'query: "call(x)" OR "y"'],
		['pod=api AND (level>=error OR /5\\d\\d/)', 'query: pod = api AND (level >= error OR /5\\d\\d/)'],
		['operation: "create*"', 'field: operation = create*'],
		[String.raw`operation: "create\*"`, String.raw`field: operation = "create\*"`],
	])('%s', (typed, expected) => {
		expect(understood(typed)).toBe(expected);
	});
});

describe('what cannot be understood is told in one sentence with its place', () => {
	it.each([
		['', 'Type what the lines must contain, such as `timeout`, `level >= warn` or `status>=500`.'],
		['/time(out/', 'The regular expression /time(out/ at character 1 is wrong: unterminated group.'],
		['a AND path=~(', 'The regular expression /(/ at character 13 is wrong: unterminated group.'],
		['"creating', 'The quote at character 1 is not closed.'],
		['message: "creating', 'The quote at character 10 is not closed.'],
		['(a OR b', 'The parenthesis at character 1 is not closed.'],
		['a OR b)', 'Nothing was opened that the parenthesis at character 7 could close.'],
		['""', 'There is nothing between the quotes at character 1.'],
		['a AND', 'Something to look for is missing at character 6.'],
		['AND a', 'Something to look for is missing at character 1.'],
		['a OR OR b', 'Something to look for is missing at character 6.'],
		[
			'status=>500',
			'There is no operator => (after "status", at character 7): write =, !=, =~, !~, >, >=, < or <=, or put the text into quotes.',
		],
		['status>', 'A value is missing after "status >", at character 8.'],
		['duration>soon', '"soon" at character 10 is not a number, duration or size that > can compare.'],
		['level>=loud', 'No level is called "loud" (at character 8): write debug, info, warn, error or fatal.'],
		['pod>x', 'A pod is compared with =, !=, =~ or !~, not with >.'],
	])('%s', (typed, problem) => {
		expect(parseFilter(typed)).toEqual({problem});
	});
});

it('never throws, whatever is typed', () => {
	const piece = fc.constantFrom(
		'a',
		'level',
		'pod',
		' ',
		'"',
		'/',
		'(',
		')',
		'[',
		'\\',
		':',
		'=',
		'!',
		'>',
		'~',
		'-',
		'*',
		'?',
		' AND ',
		' OR ',
		'NOT ',
		'not ',
		'message',
		'5',
	);
	fc.assert(
		fc.property(fc.array(piece, {maxLength: 14}), (pieces) => {
			const filter = parseFilter(pieces.join(''));
			expect('problem' in filter ? filter.problem : `Words: ${describeFilter(filter)}.`).toMatch(/^[A-Z"].*[^ ].*\.$/s);
		}),
		{numRuns: 3000},
	);
});

it('means the same when the words of the bar are typed again', () => {
	const value = fc.constantFrom('createIssue', 'a b', 'x*', '/tmp', 'a"b', 'e=f', '50');
	const term = fc.oneof(
		value.map((text) => quoted(text)),
		value.map((text) => `operation=${quoted(text)}`),
		value.map((text) => `operation!=${quoted(text)}`),
		value.map((text) => `message: ${quoted(text)}`),
		value.map((text) => `pod=${quoted(text)}`),
		fc.constantFrom(
			'level>=warn',
			'status<500',
			'duration>1.5s',
			'/a[b/]c/i',
			'path=~^/x',
			'field?',
			'a:*',
			'time>=2026-11-20T08:33:04.5Z',
		),
	);
	const query = fc.letrec<{query: string}>((tie) => ({
		query: fc.oneof(
			{depthSize: 'small'},
			term,
			tie('query').map((inner) => `not (${inner})`),
			fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) AND (${b})`),
			fc.tuple(tie('query'), tie('query')).map(([a, b]) => `(${a}) OR (${b})`),
		),
	})).query;
	fc.assert(
		fc.property(query, (typed) => {
			const once = parseFilter(typed);
			if ('problem' in once) throw new Error(`${typed}: ${once.problem}`);
			const again = parseFilter(describeFilter(once));
			expect({...again, id: ''}).toEqual({...once, id: ''});
		}),
	);
});
