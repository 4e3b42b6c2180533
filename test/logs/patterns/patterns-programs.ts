/** Statements of programs as teams write them today: JSON, logfmt, access lines, lines with a head. */
import type {Statement, System} from './patterns-labelled.ts';

export const programs: Readonly<Record<string, System>> = {
	'a web shop': {
		atLeast: 0.97,
		statements: [
			[60, 'order {uuid} accepted for customer {n} in {n}ms'],
			[40, 'payment for order {uuid} failed: card declined'],
			[20, 'payment for order {uuid} failed: gateway timeout'],
			[20, 'user {user} logged in from {ip}'],
			[20, 'user {user} logged out'],
			[20, 'cache miss for key "{of:cart|user|stock|price}:{n}"'],
			[20, 'retrying {of:PaymentGateway|StockService|MailSender|TaxClient}.call attempt {d} of {d} after {n}ms'],
			[20, 'slow query ({n} ms): select * from {of:orders|customers|items|prices|stock|coupons} where id = {n}'],
			[20, 'GET /api/v1/orders/{n} {of:200|404|500} {n}ms'],
			[20, 'POST /api/v1/orders {of:201|409|500} {n}ms'],
			[20, 'consumer {of:billing|shipping|search|mail|audit|stock} lag {n}'],
			[20, 'sent mail to {user}@example.com'],
			[10, 'config reloaded'],
			[10, 'leader elected: {of:pod-a-7f9c|pod-b-2d4e|pod-c-99aa}'],
			[10, 'connection pool exhausted, {n} waiting'],
		],
	},
	'JSON lines': {
		atLeast: 1,
		statements: [
			[
				40,
				'{"time":"2026-11-20T08:{time}Z","level":"info","msg":"issue created","operation":"createIssue","issue":"PRJ-{n}","duration_ms":{n}}',
			],
			[
				20,
				'{"time":"2026-11-20T08:{time}Z","level":"error","msg":"creating issue: operation {of:createIssue|updateIssue|deleteIssue|closeIssue|linkIssue|listIssues} failed","status":{of:403|500}}',
			],
			[20, '{"time":"2026-11-20T08:{time}Z","level":"warn","msg":"consumer lag {n}","topic":"{of:orders|mails}"}'],
			[10, '{"level":"info","time":"2026-11-20T08:{time}Z","message":"listening on :{n}"}'],
			[10, '{"level":"info","method":"GET","path":"/api/v1/issues/{n}","status":{of:200|404},"duration":"{n}ms"}'],
		],
	},
	'logfmt lines': {
		atLeast: 1,
		statements: [
			[40, 'time=2026-11-20T08:{time}Z level=info msg="request done" method={of:GET|POST} path=/api/{n} status=200 duration={n}ms'],
			[20, 'time=2026-11-20T08:{time}Z level=error msg="payment declined" order={uuid} reason={of:limit|fraud|expired}'],
			[20, 'time=2026-11-20T08:{time}Z level=info msg="retry {d} of {d}" component=mailer'],
			[20, 'time=2026-11-20T08:{time}Z level=debug msg=heartbeat node={of:a|b|c}'],
		],
	},
	'access lines': {
		atLeast: 1,
		statements: [
			[
				40,
				'{ip} - - [20/Nov/2026:08:{time} +0100] "GET /api/v1/orders/{n} HTTP/1.1" {of:200|206} {n} "-" "{of:curl/8.5.0|Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0|kube-probe/1.31}"',
			],
			[
				20,
				'{ip} - - [20/Nov/2026:08:{time} +0100] "GET /api/v1/orders/{n} HTTP/1.1" 404 {n} "-" "{of:curl/8.5.0|Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0|kube-probe/1.31}"',
			],
			[
				20,
				'{ip} - {user} [20/Nov/2026:08:{time} +0100] "POST /api/v1/orders HTTP/1.1" 201 {n} "https://shop.example.com/cart?step={d}" "{of:curl/8.5.0|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)}"',
			],
			[
				10,
				'{ip} - {user} [20/Nov/2026:08:{time} +0100] "POST /api/v1/orders HTTP/1.1" {of:500|502} {n} "https://shop.example.com/cart?step={d}" "{of:curl/8.5.0|Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)}"',
			],
		],
	},
	'lines with a head': {
		atLeast: 1,
		statements: [
			[40, '2026-11-20 08:{time},{n} INFO  [http-nio-8080-exec-{n}] c.e.shop.OrderService : order {n} accepted'],
			[
				20,
				'2026-11-20 08:{time},{n} ERROR [http-nio-8080-exec-{n}] c.e.shop.OrderService : order {n} refused: java.net.SocketTimeoutException: Read timed out',
			],
			[20, '2026-11-20 08:{time},{n} WARN  [scheduler-{d}] c.e.shop.Stock : stock of article {n} low: {n} left'],
			[20, 'Nov 20 08:{time} web-1 sshd[{n}]: Accepted publickey for {user} from {ip} port {n} ssh2: ED25519 SHA256:{hex:40}'],
			[20, 'I1120 08:{time}.{n}       1 controller.go:{n}] "Synced" pod="checkout/api-{hex:5}" took="{n}ms"'],
		],
	},
	'statements that differ in a word': {
		atLeast: 1,
		statements: [
			...['opened', 'closed', 'refused', 'reset', 'lost'].map((what): Statement => [8, `connection to {ip}:{n} ${what} by peer`]),
			...['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD'].map((method): Statement => [6, `${method} /api/v1/items/{n} done in {n} ms`]),
			...['starting', 'started', 'stopping', 'stopped', 'restarted'].map((what): Statement => [5, `worker {n} ${what} on node {n}`]),
			...['NullPointerException', 'IllegalStateException', 'SocketTimeoutException'].map((what): Statement => [
				5,
				`request {uuid} failed: java.lang.${what} after {n} ms`,
			]),
			[5, 'queue is full, {n} waiting'],
			[5, 'queue is empty, {n} waiting'],
			[5, 'cannot read block {n} of file {path}'],
			[5, 'cannot write block {n} of file {path}'],
			[5, 'lease {uuid} is valid until {time}'],
			[5, 'lease {uuid} is not valid until {time}'],
			[5, 'uid={n} changed'],
			[5, 'euid={n} changed'],
		],
	},
	'names that vary': {
		atLeast: 1,
		statements: [
			[20, 'user {user} joined room {of:blue|green|kitchen|office|garden}'],
			[20, 'leader of partition {n} is now broker {of:alpha|beta|gamma}'],
			[20, 'pod {of:api|web|cart|search|mail|auth}-{hex:9}-{hex:5} evicted from node {host}'],
			[20, 'table {of:orders|items|stock} vacuumed, {n} rows removed'],
			[20, 'token of tenant {of:acme|globex|initech|hooli} expires in {n} h'],
			[20, 'feature {of:new-cart|fast_search|dark.mode|beta-login} switched off for tenant {n}'],
			[20, 'scheduled job {of:NightlyReport|MailDigest|StockSync|InvoiceRun} took {n} ms'],
		],
	},
};
