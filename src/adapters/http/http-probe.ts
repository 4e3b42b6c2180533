/** Asks one URL and reports what came, good or bad; the health check judges it. */
import {request as httpRequest, type IncomingMessage} from 'node:http';
import {isIP} from 'node:net';
import {connect as tlsConnect, type TLSSocket} from 'node:tls';
import type {HttpAnswer, HttpProbe} from '../../ports/probe.ts';
import type {Clock} from '../../ports/clock.ts';
import {explainNetworkError} from './network-error.ts';

const maxBodyBytes = 64 * 1024;
const dayMs = 86_400_000;

interface Attempt {
	readonly url: URL;
	readonly headers: Readonly<Record<string, string>>;
	readonly signal: AbortSignal;
}

/** Makes the probe. Redirects are not followed: a health address that redirects is a finding. */
export function createHttpProbe(clock: Clock): HttpProbe {
	return {
		async get(address, options) {
			options.signal.throwIfAborted();
			const url = new URL(address);
			const shown = withoutCredentials(url);
			const limit = AbortSignal.timeout(options.timeoutMs);
			const signal = AbortSignal.any([options.signal, limit]);
			const attempt: Attempt = {url, headers: {'user-agent': 'rounds', ...options.headers}, signal};
			const startedAt = performance.now();
			const latency = () => Math.round((performance.now() - startedAt) * 10) / 10;
			let certificateDaysLeft: number | undefined;
			try {
				let socket: TLSSocket | undefined;
				if (url.protocol === 'https:') {
					socket = await openTls(attempt);
					certificateDaysLeft = daysLeft(socket, clock.now());
					// The socket is opened unverified, so that a bad certificate still tells its date; nothing was sent yet.
					if (!socket.authorized) {
						socket.destroy();
						throw Object.assign(new Error('certificate'), {code: String(socket.authorizationError)});
					}
				}
				const response = await send(attempt, socket);
				const {status, contentType} = {status: response.statusCode, contentType: response.headers['content-type']};
				const latencyMs = latency();
				const body = await readBody(response);
				return {
					url: shown,
					latencyMs,
					body,
					...(status === undefined ? {} : {status}),
					...(contentType === undefined ? {} : {contentType}),
					...(certificateDaysLeft === undefined ? {} : {certificateDaysLeft}),
				};
			} catch (error) {
				options.signal.throwIfAborted();
				const failure = limit.aborted ? {problem: `did not answer within ${options.timeoutMs / 1000} s`} : explainNetworkError(error);
				if (!failure) throw error;
				const answer: HttpAnswer = {url: shown, latencyMs: latency(), error: `${url.host} ${failure.problem}`};
				return certificateDaysLeft === undefined ? answer : {...answer, certificateDaysLeft};
			}
		},
	};
}

function withoutCredentials(url: URL): string {
	const shown = new URL(url);
	shown.username = '';
	shown.password = '';
	return shown.href;
}

function openTls({url, signal}: Attempt): Promise<TLSSocket> {
	// URL keeps the brackets of an IPv6 address; sockets do not want them.
	const host = url.hostname.replaceAll(/[[\]]/g, '');
	return new Promise((resolve, reject) => {
		const socket = tlsConnect({
			host,
			port: Number(url.port || 443),
			...(isIP(host) ? {} : {servername: host}),
			rejectUnauthorized: false,
			ALPNProtocols: ['http/1.1'],
		});
		const stop = () => socket.destroy(signal.reason as Error);
		signal.addEventListener('abort', stop, {once: true});
		if (signal.aborted) stop();
		socket.once('secureConnect', () => {
			signal.removeEventListener('abort', stop);
			resolve(socket);
		});
		socket.once('error', reject);
		socket.once('close', () => reject(Object.assign(new Error('closed'), {code: 'ECONNRESET'})));
	});
}

function daysLeft(socket: TLSSocket, now: number): number | undefined {
	const validTo = Date.parse(socket.getPeerCertificate().valid_to ?? '');
	return Number.isNaN(validTo) ? undefined : Math.floor((validTo - now) / dayMs);
}

function send({url, headers, signal}: Attempt, socket: TLSSocket | undefined): Promise<IncomingMessage> {
	const auth = url.username === '' ? {} : {auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`};
	return new Promise((resolve, reject) => {
		const request = httpRequest({
			host: url.hostname.replaceAll(/[[\]]/g, ''),
			port: Number(url.port || (socket ? 443 : 80)),
			path: `${url.pathname}${url.search}`,
			headers: {host: url.host, accept: '*/*', connection: 'close', ...headers},
			signal,
			...auth,
			...(socket ? {createConnection: () => socket} : {agent: false}),
		});
		request.once('response', resolve);
		request.once('error', reject);
		request.end();
	});
}

/** A cut-off body rejects; what is beyond 64 KiB is left unread. */
async function readBody(response: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of response as AsyncIterable<Buffer>) {
		chunks.push(chunk);
		bytes += chunk.length;
		if (bytes >= maxBodyBytes) break;
	}
	response.destroy();
	return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, maxBodyBytes), {stream: true});
}
