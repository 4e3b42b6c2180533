/** Lines as the programs of the world write them, and what is to be read out of each. */

/** When most of them were written. */
export const at = Date.parse('2026-11-20T08:33:04.118Z');

export const forms: readonly (readonly [name: string, line: string, parsed: object])[] = [
	[
		'the demo’s own line',
		'{"time":"2026-11-20T08:33:04.118Z","level":"error","msg":"creating issue: operation X failed","operation":"createIssue","requestId":"81f2","userId":"u_1204","status":500,"durationMs":1200,"method":"POST","path":"/api/issues","error":"tracker answered 403 Forbidden"}',
		{
			format: 'json',
			level: 'error',
			time: at,
			message: 'creating issue: operation X failed',
			fields: {operation: 'createIssue', status: '500', durationMs: '1200', userId: 'u_1204'},
		},
	],
	[
		'JSON within JSON, arrays, null, and a number that no double holds',
		'{"level":30,"msg":"x","name":"api","req":{"id":9007199254740993,"headers":{"host":"a"}},"tags":["a",1],"none":null,"ok":true}',
		{
			format: 'json',
			level: 'info',
			logger: 'api',
			fields: {'req.id': '9007199254740993', 'req.headers.host': 'a', tags: '["a",1]', none: 'null', ok: 'true'},
		},
	],
	['JSON without a message', '{"a":1}', {format: 'json', message: '{"a":1}', fields: {a: '1'}}],
	[
		'JSON behind a head',
		'2026-11-20T08:33:04.118Z INFO started {"port":8080}',
		{format: 'json', level: 'info', time: at, message: 'started', fields: {port: '8080'}},
	],
	['JSON behind a name', 'api-1  | {"level":"warn","msg":"started"}', {format: 'json', level: 'warn', message: 'started'}],
	[
		'logfmt',
		'time=2026-11-20T08:33:04.118Z level=warn msg="job \\"x\\" late\\n" job=sweep empty= url=/a?b=c done',
		{format: 'logfmt', level: 'warn', time: at, message: 'job "x" late\n', fields: {job: 'sweep', empty: '', url: '/a?b=c', done: 'true'}},
	],
	[
		'klog with pairs',
		'I1120 08:33:04.118423       1 controller.go:42] "Synced \\"it\\"" pod="checkout/api" count=3',
		{
			format: 'klog',
			level: 'info',
			message: 'Synced "it"',
			logger: 'controller.go',
			fields: {pid: '1', caller: 'controller.go:42', pod: 'checkout/api', count: '3'},
		},
	],
	[
		'klog with prose',
		'E1120 08:33:04.118423   12345 reflector.go:138] failed to list *v1.Pod: x',
		{format: 'klog', level: 'error', message: 'failed to list *v1.Pod: x', fields: {pid: '12345'}},
	],
	[
		'common access',
		'10.0.0.1 - alice [20/Nov/2026:08:33:04 +0000] "GET /api/cart?x=1 HTTP/1.1" 502 157',
		{
			format: 'access',
			level: 'error',
			message: 'GET /api/cart?x=1 HTTP/1.1',
			fields: {client: '10.0.0.1', user: 'alice', method: 'GET', path: '/api/cart?x=1', protocol: 'HTTP/1.1', status: '502', bytes: '157'},
		},
	],
	[
		'combined access with request and upstream time',
		'2001:db8::1 - - [20/Nov/2026:08:33:04 +0000] "POST /a HTTP/2.0" 201 - "https://x/" "curl/8 \\"x\\"" 0.084 0.083',
		{
			format: 'access',
			fields: {client: '2001:db8::1', referer: 'https://x/', agent: 'curl/8 "x"', duration: '84ms', upstream_time: '83ms', status: '201'},
		},
	],
	[
		'access of a virtual host with named times',
		'shop.example.com:443 10.0.0.1 - - [20/Nov/2026:08:33:04 +0000] "GET / HTTP/1.1" 200 5 "-" "-" rt=1.100 uct="0.000" urt="0.004, 1.083"',
		{format: 'access', fields: {host: 'shop.example.com:443', duration: '1100ms', upstream_time: '1083ms'}},
	],
	[
		'ingress-nginx',
		'10.0.0.1 - - [20/Nov/2026:08:33:04 +0000] "GET /api HTTP/1.1" 200 512 "-" "curl" 321 0.084 [ns-svc-80] [] 10.8.0.4:8080 512 0.083 200 81f2aa',
		{format: 'access', fields: {duration: '84ms', upstream_time: '83ms', bytes: '512'}},
	],
	[
		'Envoy',
		'[2026-11-20T08:33:04.118Z] "POST /v1/charges HTTP/1.1" 503 UF 312 841 87 - "-" "payments/2.7.4" "81f2aa00"',
		{
			format: 'access',
			level: 'error',
			time: at,
			fields: {status: '503', flags: 'UF', bytes: '841', duration: '87ms', agent: 'payments/2.7.4', request_id: '81f2aa00'},
		},
	],
	[
		'uvicorn',
		'INFO:     127.0.0.1:5000 - "GET / HTTP/1.1" 404 Not Found',
		{format: 'access', level: 'info', fields: {client: '127.0.0.1:5000', status: '404'}},
	],
	[
		'gin',
		'[GIN] 2026/11/20 - 08:33:04 | 500 |      84.1ms |      10.0.0.1 | GET      "/api/cart"',
		{format: 'access', level: 'error', fields: {status: '500', duration: '84.1ms', client: '10.0.0.1', method: 'GET', path: '/api/cart'}},
	],
	[
		'log4j',
		'2015-10-18 18:01:47,978 INFO [main] org.apache.hadoop.mapreduce.v2.app.MRAppMaster: Created MRAppMaster',
		{
			format: 'common',
			level: 'info',
			logger: 'org.apache.hadoop.mapreduce.v2.app.MRAppMaster',
			message: 'Created MRAppMaster',
			fields: {thread: 'main'},
		},
	],
	[
		'logback',
		'08:33:04.118 [main] WARN  com.acme.Foo - slow: took=1.2s',
		{format: 'common', level: 'warn', logger: 'com.acme.Foo', message: 'slow: took=1.2s', fields: {thread: 'main', took: '1.2s'}},
	],
	[
		'Spring Boot',
		'2026-11-20T09:33:04.118+01:00  WARN 1 --- [nio-8080-exec-1] c.a.CartController                 : slow request',
		{
			format: 'common',
			level: 'warn',
			time: at,
			logger: 'c.a.CartController',
			message: 'slow request',
			fields: {pid: '1', thread: 'nio-8080-exec-1'},
		},
	],
	[
		'Python',
		'2026-11-20 08:33:04,118 - app.views - ERROR - boom',
		{format: 'common', level: 'error', time: at, logger: 'app.views', message: 'boom'},
	],
	['Python’s default', 'WARNING:app.views:boom', {format: 'common', level: 'warn', logger: 'app.views', message: 'boom'}],
	[
		'Rails',
		'I, [2026-11-20T08:33:04.118000 #17]  INFO -- : [81f2] Started GET "/" for 10.0.0.1',
		{format: 'common', level: 'info', time: at, message: 'Started GET "/" for 10.0.0.1', fields: {pid: '17', thread: '81f2'}},
	],
	[
		'gunicorn',
		'[2026-11-20 08:33:04 +0000] [7] [INFO] Booting worker',
		{format: 'common', level: 'info', message: 'Booting worker', fields: {pid: '7'}},
	],
	[
		'zap’s console',
		'2026-11-20T08:33:04.118Z\tinfo\tsetup\tcmd/main.go:12\tstarting manager\t{"k":1}',
		{format: 'json', level: 'info', logger: 'setup', message: 'starting manager', fields: {caller: 'cmd/main.go:12', k: '1'}},
	],
	[
		'Go’s log',
		'2026/11/20 08:33:04 main.go:12: listening on :8080',
		{format: 'common', message: 'listening on :8080', fields: {caller: 'main.go:12'}},
	],
	[
		'nginx’s errors',
		'2026/11/20 08:33:04 [error] 7#7: *1 connect() failed (111: Connection refused), client: 10.0.0.1, server: shop, request: "GET /api HTTP/1.1", upstream: "http://10.8.0.4:8080/api"',
		{
			format: 'common',
			level: 'error',
			fields: {pid: '7', client: '10.0.0.1', request: 'GET /api HTTP/1.1', upstream: 'http://10.8.0.4:8080/api'},
		},
	],
	[
		'Apache’s errors',
		'[Fri Nov 20 08:33:04.118 2026] [core:error] [pid 12:tid 99] [client 10.0.0.1:5000] AH00037: no',
		{format: 'common', level: 'error', time: at, message: 'AH00037: no', fields: {module: 'core', pid: '12'}},
	],
	[
		'PostgreSQL',
		'2026-11-20 08:33:04.118 UTC [42] FATAL:  password authentication failed',
		{format: 'common', level: 'fatal', time: at, message: 'password authentication failed', fields: {pid: '42'}},
	],
	[
		'Redis',
		'1:M 20 Nov 2026 08:33:04.118 * Background saving',
		{format: 'common', level: 'info', time: at, message: 'Background saving', fields: {pid: '1'}},
	],
	[
		'syslog',
		'Dec 10 06:55:46 LabSZ sshd[24200]: Invalid user webmaster',
		{format: 'common', logger: 'sshd', message: 'Invalid user webmaster', fields: {host: 'LabSZ', pid: '24200'}},
	],
	[
		'syslog of RFC 5424',
		'<34>1 2026-11-20T08:33:04.118Z host app 123 ID47 [ex@1 k="v w"] su failed',
		{format: 'common', level: 'fatal', time: at, logger: 'app', message: 'su failed', fields: {host: 'host', pid: '123', k: 'v w'}},
	],
	[
		'a colored line',
		'\u001b[32mINFO\u001b[0m \u001b[2m2026-11-20 08:33:04,118\u001b[0m started',
		{format: 'common', level: 'info', time: at, message: 'started'},
	],
	[
		'Docker',
		'{"log":"2026-11-20 08:33:00 ERROR boom\\n","stream":"stderr","time":"2026-11-20T08:33:04.118Z"}',
		{format: 'common', level: 'error', time: at, message: 'boom', fields: {stream: 'stderr'}},
	],
	[
		'a node’s container runtime',
		'2026-11-20T08:33:04.118000000Z stderr F {"level":"warn","msg":"inner","a":1}',
		{format: 'json', level: 'warn', time: at, message: 'inner', fields: {stream: 'stderr', a: '1'}},
	],
	[
		'the journal, the message in bytes',
		'{"MESSAGE":[104,195,182,0],"PRIORITY":"3","SYSLOG_IDENTIFIER":"sshd","__REALTIME_TIMESTAMP":"1795163584118000"}',
		{format: 'plain', level: 'error', time: at, logger: 'sshd', message: 'hö\0', fields: {PRIORITY: '3'}},
	],
	[
		'the journal, a program’s own JSON',
		'{"MESSAGE":"{\\"level\\":\\"error\\",\\"msg\\":\\"x\\",\\"status\\":500}","PRIORITY":"6","_PID":"1"}',
		{format: 'json', level: 'error', message: 'x', fields: {_PID: '1', status: '500'}},
	],
	[
		'prose with pairs',
		'request failed status=503 after=1.2s,',
		{format: 'plain', message: 'request failed status=503 after=1.2s,', fields: {status: '503', after: '1.2s'}},
	],
	['prose', '  an error occurred  ', {format: 'plain', message: 'an error occurred', fields: {}}],
	['a number at the start of the message', '2026-11-20 08:33:04 INFO 12 items', {format: 'common', message: '12 items'}],
	['a broken object', '{"a":1', {format: 'plain', message: '{"a":1'}],
	['nothing', '', {format: 'plain', message: '', fields: {}}],
];
