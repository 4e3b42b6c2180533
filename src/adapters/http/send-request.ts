/** Sends one request that changes something: once, without retries or redirects, and tells what is certain about it. */
import {contentType, type OutsideOutcome, type SentRequest} from '../../round/outside/outside-write.ts';
import {readableJson} from '../../outside/readable-json.ts';
import type {Clock} from '../../ports/clock.ts';
import {hidden, redact, secretsOf} from '../../base/redact.ts';
import {SourceError} from '../../base/source-error.ts';
import {explainNetworkError, neverConnected} from './network-error.ts';
import {explainStatus} from './request-errors.ts';
import {readBody, splitCredentials} from './request.ts';
import type {Credential} from '../machine/secrets.ts';

export interface SenderOptions {
	/** Who gets it, as a person says it: `Sentry`. */
	readonly source: string;
	/** Base address; a path in it is kept, `user:password@` in it becomes basic authentication. */
	readonly url: string;
	readonly clock: Clock;
	readonly credential?: Credential;
	/** How the credential is sent; `Bearer` by default. */
	readonly scheme?: 'Bearer' | 'Basic';
	/** What a 403 lacks, as advice. */
	readonly permission: string;
	/** For the whole answer; 10 s by default. */
	readonly timeoutMs?: number;
}

export interface Sender {
	/** The request as it will go out; `body` is shown and sent as the same bytes. */
	readonly request: (method: SentRequest['method'], path: string, body?: object) => SentRequest;
	/**
	 * Sends it. Never throws for what the world does: what the server refused has failed, what may have arrived is unsure.
	 * @param onAnswer Gets the body of a 2xx answer, parsed; undefined where it is not JSON.
	 */
	readonly send: (request: SentRequest, onAnswer: (answer: unknown) => OutsideOutcome) => Promise<OutsideOutcome>;
}

/** Statuses after which no one knows whether the change was made. */
const undecided = (status: number) => status >= 500 || status === 408;

/** Makes the sender; nothing is sent and no secret is read before the first `send`. */
export function createSender(options: SenderOptions): Sender {
	const {source, clock, credential, scheme = 'Bearer', timeoutMs = 10_000} = options;
	const {base, basic} = splitCredentials(options.url);
	const {host} = new URL(base);
	const shownAuthorization = credential
		? `${scheme} ${hidden} from ${credential.name}`
		: basic === undefined
			? undefined
			: `Basic ${hidden} from the address in rounds.yaml`;

	const outcomeOf = (error: SourceError, state: 'failed' | 'unsure'): OutsideOutcome => ({
		state,
		text: error.message,
		...(error.advice === undefined ? {} : {advice: error.advice}),
	});
	const lookFirst = `Look at ${source} whether it arrived before sending it again`;

	return {
		request: (method, path, body) => ({
			kind: 'request',
			method,
			url: new URL(`${base}/${path.replace(/^\//, '')}`).href,
			...(shownAuthorization === undefined ? {} : {authorization: shownAuthorization}),
			...(body === undefined ? {} : {body: readableJson(body)}),
		}),
		async send(request, onAnswer) {
			let headers: Record<string, string>;
			try {
				headers = {
					accept: 'application/json',
					'user-agent': 'rounds',
					...(request.body === undefined ? {} : {'content-type': contentType}),
					...(basic === undefined ? {} : {authorization: basic}),
					...(credential ? {authorization: `${scheme} ${await credential.value()}`} : {}),
				};
			} catch (error) {
				if (error instanceof SourceError) return outcomeOf(error, 'failed');
				throw error;
			}
			const signal = AbortSignal.timeout(timeoutMs);
			let response: Response;
			let body: string;
			try {
				response = await fetch(request.url, {
					method: request.method,
					headers,
					signal,
					// A change must not be carried to another address than the one that was shown.
					redirect: 'manual',
					...(request.body === undefined ? {} : {body: request.body}),
				});
				body = await readBody(response);
			} catch (error) {
				if (signal.aborted)
					return {state: 'unsure', text: `${source} at ${host} did not answer within ${timeoutMs / 1000} s`, advice: lookFirst};
				const failure = explainNetworkError(error);
				if (!failure) throw error;
				const text = `${source}: ${host} ${failure.problem}`;
				return neverConnected(error) ? {state: 'failed', text, advice: failure.advice} : {state: 'unsure', text, advice: lookFirst};
			}
			if (response.ok) return onAnswer(parsed(body));
			if (response.status < 400) {
				const text = `${source} at ${host} sends us on to another address (${response.status}) instead of answering`;
				return {state: 'failed', text, advice: 'Set the url to the address that answers the API itself'};
			}
			const error = explainStatus({
				source,
				host,
				path: new URL(request.url).pathname,
				status: response.status,
				headers: response.headers,
				body: redact(body, secretsOf(headers)),
				now: clock.now(),
				credential: credential?.name,
				permission: options.permission,
			});
			if (undecided(response.status)) return {state: 'unsure', text: error.message, advice: lookFirst};
			if (error.kind === 'bad-request') return {state: 'failed', text: error.message, advice: 'Press esc and change the request.'};
			return outcomeOf(error, 'failed');
		},
	};
}

function parsed(body: string): unknown {
	try {
		return JSON.parse(body) as unknown;
	} catch {
		return undefined;
	}
}
