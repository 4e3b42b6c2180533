/** What the company's programs write: one line of text per moment, in each program's own manner. */
import type {World} from '../../kit/world.ts';
import type {LogStyle, PodPlan} from '../plan/cluster-plan.ts';

export interface Moment {
	readonly world: World;
	readonly pod: PodPlan;
	/** Epoch milliseconds. */
	readonly at: number;
	/** Next number in [0, 1) of this line. */
	readonly random: () => number;
}

const operations: Readonly<Record<string, string>> = {
	'/api/cart': 'getCart',
	'/api/checkout': 'placeOrder',
	'/api/search': 'searchProducts',
	'/api/orders': 'listOrders',
	'/api/login': 'logIn',
};

const searches = ['green tea', 'café crème', 'running shoes 42', '日本茶', 'usb-c cable', 'größe m'] as const;

const pick = <T>(values: readonly T[], at: number): T | undefined => values[Math.floor(at * values.length)];

const hex = (random: () => number, length: number): string =>
	Math.floor(random() * 16 ** length)
		.toString(16)
		.padStart(length, '0');

const json = (at: number, level: string, fields: Readonly<Record<string, string | number>>): string =>
	JSON.stringify({time: new Date(at).toISOString(), level, ...fields});

const who = (random: () => number) => ({requestId: hex(random, 8), userId: `u_${1000 + Math.floor(random() * 8999)}`});

const afterBurst = ({world, at}: Moment): boolean => world.story.burstAt !== undefined && at >= world.story.burstAt;

/**
 * Share of this pod's requests answered 5xx. One failing pod among many carries them all, so its own share is the
 * story's ratio times the number of pods, and more because it serves less than half of the time.
 */
const errorShare = (moment: Moment): number => {
	const {errorRatio, failingPod, burstAt} = moment.world.story;
	if (!moment.pod.failing) {
		return burstAt === undefined ? errorRatio.now : 0;
	}
	if (!afterBurst(moment)) {
		return 0;
	}
	return failingPod === undefined ? errorRatio.now : Math.min(0.6, errorRatio.now * 26);
};

/** The 95th percentile of what this returns is `p95` (seconds in, milliseconds out). */
const duration = (p95: number, u: number): number =>
	Math.round(1000 * p95 * (u < 0.95 ? 0.12 + 0.88 * (u / 0.95) ** 4 : 1 + 12 * (u - 0.95)));

const failedRequest = (moment: Moment): string => {
	const {world, at, random} = moment;
	const {dependencies} = world.story.health.production;
	if (dependencies['database'] === 'down') {
		return json(at, 'error', {
			msg: 'request failed: database unreachable',
			operation: 'placeOrder',
			...who(random),
			status: 503,
			durationMs: 5000 + Math.floor(random() * 40),
			method: 'POST',
			path: '/api/checkout',
			error: 'connect ECONNREFUSED 10.8.0.4:5432',
		});
	}
	if (!moment.pod.failing) {
		return json(at, 'error', {
			msg: 'request failed: upstream closed the connection',
			operation: 'placeOrder',
			...who(random),
			status: 502,
			durationMs: 100 + Math.floor(random() * 400),
			method: 'POST',
			path: '/api/checkout',
		});
	}
	const operation = pick(['X', 'X', 'X', 'Y', 'Y', 'Z'], random()) ?? 'X';
	return json(at, 'error', {
		msg: `creating issue: operation ${operation} failed`,
		operation: 'createIssue',
		...who(random),
		status: 500,
		durationMs: 900 + Math.floor(random() * 700),
		method: 'POST',
		path: '/api/issues',
		error: 'tracker answered 403 Forbidden',
	});
};

const consumerLag = ({at, random}: Moment): string => {
	const lag = 600 + Math.floor(random() * 1400);
	return json(at, 'warn', {msg: `consumer lag ${lag}`, operation: 'consumeOrders', topic: 'orders', lag});
};

const apiLine = (moment: Moment): string => {
	const {world, pod, at, random} = moment;
	const {story} = world;
	const kind = random();
	if (kind < errorShare(moment)) {
		return failedRequest(moment);
	}
	const other = random();
	if (other < 0.08) {
		return json(at, 'info', {
			msg: 'request completed',
			operation: 'health',
			requestId: hex(random, 8),
			status: 200,
			durationMs: 1,
			method: 'GET',
			path: '/healthz',
		});
	}
	if (other < 0.1 && pod.failing) {
		return consumerLag(moment);
	}
	const total = story.routes.reduce((sum, route) => sum + route.requestsPerSecond, 0);
	let left = random() * total;
	const route = story.routes.find((each) => (left -= each.requestsPerSecond) < 0) ?? story.routes[0];
	const path = route?.route ?? '/';
	const slowSince = story.release.deployedAt;
	const durationMs = duration((at >= slowSince ? route?.p95 : route?.usualP95) ?? 0.1, random());
	const slow = durationMs > 2000;
	const notFound = random() < 0.012;
	return json(at, slow || notFound ? 'warn' : 'info', {
		msg: slow ? 'slow request' : 'request completed',
		operation: operations[path] ?? 'handle',
		...who(random),
		status: notFound ? 404 : 200,
		durationMs,
		method: path === '/api/checkout' || path === '/api/login' ? 'POST' : 'GET',
		path,
		...(path === '/api/search' && {query: pick(searches, random()) ?? ''}),
	});
};

const workerLine = (moment: Moment): string => {
	const {at, random} = moment;
	if (random() < 0.03) {
		return consumerLag(moment);
	}
	const queue = pick(['orders', 'invoices', 'e-mails', 'thumbnails'], random()) ?? 'orders';
	return json(at, 'info', {
		msg: 'job done',
		operation: 'consumeOrders',
		queue,
		requestId: hex(random, 8),
		jobId: hex(random, 6),
		durationMs: duration(0.4, random()),
	});
};

const serviceLine = ({pod, at, random}: Moment): string => {
	if (random() < 0.02) {
		return json(at, 'warn', {msg: 'retrying after a timeout', operation: `${pod.app}.call`, attempt: 1 + Math.floor(random() * 3)});
	}
	return json(at, 'info', {msg: 'handled', operation: `${pod.app}.call`, requestId: hex(random, 8), durationMs: duration(0.09, random())});
};

const two = (value: number): string => String(value).padStart(2, '0');
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const webLine = ({world, at, random}: Moment): string => {
	const date = new Date(at);
	const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
	const day = `${two(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
	const path = pick(['/', '/cart', '/checkout', '/orders', '/assets/app.js', '/search?q=tea'], random()) ?? '/';
	const status = random() < 0.01 ? 404 : random() < 0.2 ? 304 : 200;
	const address = `203.0.113.${1 + Math.floor(random() * 254)}`;
	const bytes = 400 + Math.floor(random() * 9000);
	const seconds = random() * 0.2;
	if (world.story.accessLog === 'json') {
		const requestId = hex(random, 8);
		return json(at, 'info', {
			msg: 'served',
			requestId,
			method: 'GET',
			path,
			status,
			bytes,
			durationMs: Math.round(seconds * 1000),
			address,
		});
	}
	return `${address} - - [${day}:${clock} +0000] "GET ${path} HTTP/1.1" ${status} ${bytes} "-" "Mozilla/5.0 (X11; Linux x86_64)" ${seconds.toFixed(3)}`;
};

const schedulerLine = ({at, random}: Moment): string =>
	`time=${new Date(at).toISOString()} level=info msg="job scheduled" job=${pick(['sweep-carts', 'send-reminders', 'rotate-keys'], random())} next=${60 + Math.floor(random() * 240)}s traceId=${hex(random, 8)}`;

const redisLine = ({at, random}: Moment): string => {
	const date = new Date(at);
	const stamp = `${two(date.getUTCDate())} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()} ${date.toISOString().slice(11, 23)}`;
	return random() < 0.5
		? `1:M ${stamp} * ${100 + Math.floor(random() * 900)} changes in 300 seconds. Saving...`
		: `1:M ${stamp} * Background saving terminated with success`;
};

const proxyLine = ({at, random}: Moment): string =>
	`[${new Date(at).toISOString()}] "POST /v1/charges HTTP/1.1" 200 - 312 841 ${20 + Math.floor(random() * 200)} - "-" "payments/2.7.4" "${hex(random, 8)}"`;

const jobLine = ({at, random}: Moment): string =>
	json(at, 'info', {
		msg: 'batch done',
		operation: 'batch',
		traceId: hex(random, 8),
		rows: 100 + Math.floor(random() * 900),
		durationMs: 200 + Math.floor(random() * 800),
	});

const quietLine = ({at, random}: Moment): string => json(at, 'info', {msg: 'alive', tick: Math.floor(random() * 1000)});

/** Lines per second and the writer of each manner. */
export const logStyles: Readonly<Record<LogStyle, {readonly perSecond: number; readonly write: (moment: Moment) => string}>> = {
	api: {perSecond: 2.5, write: apiLine},
	worker: {perSecond: 0.8, write: workerLine},
	web: {perSecond: 1.5, write: webLine},
	service: {perSecond: 0.5, write: serviceLine},
	scheduler: {perSecond: 0.05, write: schedulerLine},
	redis: {perSecond: 0.03, write: redisLine},
	proxy: {perSecond: 0.3, write: proxyLine},
	job: {perSecond: 0.5, write: jobLine},
	quiet: {perSecond: 0.1, write: quietLine},
};
