/** The SDK's errors in our words. */
import {SourceError} from '../../base/source-error.ts';
import {explainNetworkError} from '../http/network-error.ts';
import {waitAskedFor} from '../../base/retry-after.ts';

/** The part of Stripe.errors.StripeError that is read here; the class itself loads with the SDK. */
interface StripeErrorLike {
	readonly type: string;
	readonly message: string;
	readonly statusCode?: number;
	readonly code?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

function asStripeError(error: unknown): StripeErrorLike | undefined {
	const type = (error as {readonly type?: unknown} | null)?.type;
	return error instanceof Error && typeof type === 'string' && type.startsWith('Stripe')
		? (error as unknown as StripeErrorLike)
		: undefined;
}

/**
 * Turns whatever the SDK threw into a SourceError; a missing permission is `forbidden` and names it.
 * A TypeError out of the SDK is an answer of another shape: it walks lists without looking.
 */
export function explainStripeError(
	error: unknown,
	context: {readonly permission: string; readonly credential: string; readonly host: string; readonly now: number},
): SourceError {
	const {permission, credential, host, now} = context;
	const make = (kind: SourceError['kind'], message: string, advice: string, retryAfterMs?: number) =>
		new SourceError({source: 'Stripe', kind, message, advice, cause: error, ...(retryAfterMs === undefined ? {} : {retryAfterMs})});
	if (error instanceof SourceError) return error;

	const failed = asStripeError(error);
	switch (failed?.type) {
		case 'StripeAuthenticationError':
			return make(
				'unauthorized',
				`Stripe does not accept the key from ${credential} (401)`,
				`Check the key in ${credential}. It may be rolled or expired.`,
			);
		case 'StripePermissionError':
			return make(
				'forbidden',
				`Stripe does not let this key read ${permission} (403)`,
				`The key needs read on ${permission}: edit the restricted key in the Dashboard, Developers, API keys`,
			);
		case 'StripeRateLimitError': {
			const wait = waitAskedFor(new Headers(failed.headers), now);
			const asked = wait === undefined ? '' : `; it asks to wait ${Math.ceil(wait / 1000)} s`;
			return make(
				'rate-limited',
				`Stripe limits the number of requests (429)${asked}`,
				'Wait. Others may be using the same account.',
				wait,
			);
		}
		case 'StripeInvalidRequestError':
			return failed.statusCode === 404
				? make('not-found', `Stripe at ${host} has no such list (404): ${permission}`, 'Check sources.stripe.url')
				: make(
						'bad-request',
						`Stripe refused the request for ${permission} (${failed.statusCode ?? 400})`,
						'Report this: the request is at fault',
					);
		case 'StripeConnectionError': {
			const failure = explainNetworkError(error);
			if (failure?.kind === 'timeout' || /timeout/.test(failed.message)) {
				return make('timeout', `Stripe at ${host} did not answer in time`, 'Try again. See status.stripe.com.');
			}
			return make(
				failure?.kind ?? 'unreachable',
				`Stripe: ${host} ${failure?.problem ?? 'cannot be reached'}`,
				failure?.advice ?? 'Check the network and the VPN',
			);
		}
		case 'StripeAPIError':
			return failed.statusCode === undefined
				? make(
						'bad-response',
						`Stripe at ${host} answered with something that is not complete JSON`,
						'Try again. A proxy in between may cut or replace answers.',
					)
				: make('server-error', `Stripe at ${host} failed (${failed.statusCode})`, 'Try again. See status.stripe.com.');
		default:
			return make(
				'bad-response',
				`Stripe at ${host} answered in an unexpected shape for ${permission}`,
				'Check that the address is Stripe’s API',
			);
	}
}
