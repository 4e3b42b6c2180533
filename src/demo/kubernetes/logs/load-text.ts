/** What the pods of the load write: a pool of ready-made lines in which only the time and the sequence number are filled in. */
import type {World} from '../../kit/world.ts';
import {hashOf, mix, randomFrom} from '../plan/random.ts';

/** A line without its break; `timeAt` is where `YYYY-MM-DDTHH:MM:SS.mmmZ` goes, `sequenceAt` where nine digits go. */
export interface Template {
	readonly bytes: Buffer;
	/** -1 where the text tells no time. */
	readonly timeAt: number;
	readonly sequenceAt: number;
}

const timeMark = '0000-00-00T00:00:00.000Z';
const sequenceMark = '999999999';

const template = (text: string | Buffer): Template => {
	const bytes = typeof text === 'string' ? Buffer.from(text) : text;
	return {bytes, timeAt: bytes.indexOf(timeMark), sequenceAt: bytes.indexOf(sequenceMark)};
};

const pick = <T>(values: readonly [T, ...T[]], at: number): T => values[Math.floor(at * values.length)] ?? values[0];

const hex = (random: () => number, length: number): string =>
	Math.floor(random() * 16 ** length)
		.toString(16)
		.padStart(length, '0');

type Route = readonly [method: string, path: string, operation: string];

const routes: readonly [Route, ...Route[]] = [
	['GET', '/api/cart', 'getCart'],
	['POST', '/api/checkout', 'placeOrder'],
	['GET', '/api/search', 'searchProducts'],
	['GET', '/api/orders', 'listOrders'],
	['POST', '/api/issues', 'createIssue'],
];

/** Most are quick, one in twenty takes more than a second. */
const durationOf = (random: () => number): number => Math.round(random() < 0.05 ? 1000 + random() * 3000 : 4 + random() ** 3 * 400);

const requestLine = (random: () => number): string => {
	const [method, path, operation] = pick(routes, random());
	const fate = random();
	const status = fate < 0.012 ? 500 + Math.floor(random() * 4) : fate < 0.04 ? 404 : 200;
	const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info';
	const message = status >= 500 ? 'request failed' : 'request completed';
	return `{"time":"${timeMark}","level":"${level}","msg":"${message}","seq":${sequenceMark},"operation":"${operation}","method":"${method}","path":"${path}","status":${status},"durationMs":${durationOf(random)},"requestId":"${hex(random, 8)}"}`;
};

const jobLine = (random: () => number): string =>
	`{"time":"${timeMark}","level":"${random() < 0.1 ? 'debug' : 'info'}","msg":"job done","seq":${sequenceMark},"queue":"${pick(['orders', 'invoices', 'e-mails'], random())}","durationMs":${durationOf(random)}}`;

const logfmtLine = (random: () => number): string =>
	`time=${timeMark} level=${pick(['info', 'info', 'info', 'debug', 'warn'], random())} msg="cache ${pick(['hit', 'miss', 'refreshed'], random())}" seq=${sequenceMark} key=cart:${hex(random, 6)} duration=${durationOf(random)}ms`;

const plainLine = (random: () => number): string =>
	`${timeMark} ${pick(['INFO', 'INFO', 'INFO', 'DEBUG', 'WARN', 'ERROR'], random())} com.example.checkout.Ledger - booked ${Math.floor(random() * 90_000)} cents for customer ${hex(random, 6)} in ${durationOf(random)} ms seq=${sequenceMark}`;

const usualLine = (random: () => number): string => {
	const kind = random();
	if (kind < 0.55) return requestLine(random);
	if (kind < 0.7) return jobLine(random);
	return kind < 0.85 ? logfmtLine(random) : plainLine(random);
};

const poolSize = 512;
const longBytes = 64 * 1024;
const veryLongBytes = 3 * 512 * 1024;

/** What terminals, decoders and splitters trip over. */
const oddities = (): readonly [Template, ...Template[]] => [
	template(`\u001B[31mERROR\u001B[0m \u001B]0;title\u0007 coloured seq=${sequenceMark} \u001B[2J\u001B[1;1Hhome`),
	template(Buffer.concat([Buffer.from(`seq=${sequenceMark} not UTF-8: `), Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0xe2, 0x82, 0xf0, 0x9f])])),
	template(`seq=${sequenceMark} bidi \u202Egnp.exe\u202C \u2066isolate\u2069 日本茶 ☕️`),
	template(`progress 10 %\rprogress 100 % seq=${sequenceMark} and a NUL \u0000 here`),
	template(`seq=${sequenceMark} long ${'x'.repeat(longBytes)}`),
];

export interface Texts {
	/** The text of a pod's line number `sequence`; `key` distinguishes the pods. */
	readonly of: (key: number, sequence: number) => Template;
}

/** Every so many lines is one that is hard to show, where the world has them. */
const oddEvery = 997;
/** And of those, every so many is very long. */
const veryLongEvery = 200;

/** The texts of a world's load; `odd` mixes in lines that are hard to show. */
export const createTexts = (world: World, options: {readonly odd: boolean}): Texts => {
	const random = randomFrom(hashOf('load texts', world.seed));
	const pool = Array.from({length: poolSize}, () => template(usualLine(random)));
	const [first = template(requestLine(random))] = pool;
	const odd = options.odd ? oddities() : undefined;
	const veryLong = options.odd ? template(`seq=${sequenceMark} very long ${'y'.repeat(veryLongBytes)}`) : first;
	return {
		of: (key, sequence) => {
			const shifted = sequence + (key % 1_000_003);
			if (odd && shifted % oddEvery === 0) {
				const turn = shifted / oddEvery;
				return turn % veryLongEvery === 0 ? veryLong : (odd[turn % odd.length] ?? odd[0]);
			}
			return pool[mix(key, sequence) % poolSize] ?? first;
		},
	};
};
