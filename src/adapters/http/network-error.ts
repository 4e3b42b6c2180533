/** What a failed connection means, in words; shared by everything that speaks HTTP. */

/** How a connection failed, for the error's kind. */
export interface NetworkFailure {
	readonly kind: 'timeout' | 'unreachable' | 'bad-response';
	/** Follows the name of the server: `eu-1.example.com:443 refuses connections`. */
	readonly problem: string;
	readonly advice: string;
}

const unreachable = (problem: string, advice: string): NetworkFailure => ({kind: 'unreachable', problem, advice});
const cut = 'closed the connection before the answer was complete';

const known: Readonly<Record<string, NetworkFailure>> = {
	ECONNREFUSED: unreachable('refuses connections', 'Check the port, and that the server runs (is a port-forward or VPN needed?)'),
	ENOTFOUND: unreachable('is not a known host name', 'Check the spelling of the host name, and the VPN'),
	EAI_AGAIN: unreachable('cannot be looked up: the name server does not answer', 'Check the network and the VPN'),
	EHOSTUNREACH: unreachable('cannot be reached from here', 'Check the network and the VPN'),
	ENETUNREACH: unreachable('cannot be reached: there is no network', 'Check the network and the VPN'),
	ETIMEDOUT: {kind: 'timeout', problem: 'does not answer', advice: 'Check the network and the VPN'},
	UND_ERR_CONNECT_TIMEOUT: {kind: 'timeout', problem: 'does not answer', advice: 'Check the network and the VPN'},
	UND_ERR_HEADERS_TIMEOUT: {kind: 'timeout', problem: 'accepts the connection but does not answer', advice: 'Look at the server itself'},
	UND_ERR_BODY_TIMEOUT: {kind: 'timeout', problem: 'stopped in the middle of its answer', advice: 'Look at the server itself'},
	ECONNRESET: {kind: 'unreachable', problem: cut, advice: 'Try again. Check the server, or the proxy in front of it.'},
	EPIPE: {kind: 'unreachable', problem: cut, advice: 'Try again. Check the server, or the proxy in front of it.'},
	UND_ERR_SOCKET: {kind: 'unreachable', problem: cut, advice: 'Try again. Check the server, or the proxy in front of it.'},
	UND_ERR_RES_CONTENT_LENGTH_MISMATCH: {kind: 'bad-response', problem: cut, advice: 'Try again. Check the proxy in front of it.'},
	CERT_HAS_EXPIRED: unreachable('has an expired TLS certificate', 'Renew the certificate'),
	CERT_NOT_YET_VALID: unreachable('has a TLS certificate that is not valid yet', 'Check this machine’s clock'),
	DEPTH_ZERO_SELF_SIGNED_CERT: unreachable(
		'has a self-signed TLS certificate',
		'Set NODE_EXTRA_CA_CERTS to the file with the authority’s certificate',
	),
	SELF_SIGNED_CERT_IN_CHAIN: unreachable(
		'has a TLS certificate of an unknown authority',
		'Set NODE_EXTRA_CA_CERTS to the file with the authority’s certificate',
	),
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: unreachable(
		'has a TLS certificate of an unknown authority',
		'Set NODE_EXTRA_CA_CERTS to the file with the authority’s certificate',
	),
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unreachable(
		'has a TLS certificate of an unknown authority',
		'Set NODE_EXTRA_CA_CERTS to the file with the authority’s certificate',
	),
	ERR_TLS_CERT_ALTNAME_INVALID: unreachable('has a TLS certificate made for another name', 'Check the host name in the address'),
	ERR_SSL_WRONG_VERSION_NUMBER: unreachable('does not speak TLS on this port', 'Use http:// instead of https://, or another port'),
	ERR_SSL_PACKET_LENGTH_TOO_LONG: unreachable('does not speak TLS on this port', 'Use http:// instead of https://, or another port'),
	EPROTO: unreachable('does not speak TLS on this port', 'Use http:// instead of https://, or another port'),
};

/** The first Node or undici error code in an error, its causes and its parts (a name with two addresses fails twice). */
function errorCode(error: unknown, depth = 0): string | undefined {
	if (typeof error !== 'object' || error === null || depth > 5) return undefined;
	const {code, cause, errors, detail, exception} = error as Readonly<Record<string, unknown>>;
	if (typeof code === 'string' && code !== 'UND_ERR') return code;
	for (const inner of [cause, detail, exception, ...(Array.isArray(errors) ? (errors as unknown[]) : [])]) {
		const found = errorCode(inner, depth + 1);
		if (found !== undefined) return found;
	}
	return undefined;
}

/** Codes of connections that were there and broke: the request may have arrived. */
const broken = new Set(['ETIMEDOUT', 'ECONNRESET', 'ECONNABORTED', 'EPIPE']);

/** Whether nothing can have been sent: the name, the port or the certificate was wrong before the request. */
export function neverConnected(error: unknown): boolean {
	const code = errorCode(error);
	return code === 'UND_ERR_CONNECT_TIMEOUT' || (code !== undefined && code in known && !broken.has(code) && !code.startsWith('UND_ERR'));
}

/** Puts a failed connection into words; undefined where the error is no network failure but a bug. */
export function explainNetworkError(error: unknown): NetworkFailure | undefined {
	const code = errorCode(error);
	if (code !== undefined) {
		const found = known[code];
		if (found) return found;
		if (code.startsWith('HPE_') || code === 'UND_ERR_INVALID_ARG') {
			return {kind: 'bad-response', problem: 'does not answer in HTTP', advice: 'Check the port: something else listens there'};
		}
		if (/^(ERR_SSL|ERR_TLS|CERT_|UND_ERR|E[A-Z]+$)/.test(code)) {
			return unreachable(`cannot be reached (${code})`, 'Check the address, the network and the VPN');
		}
	}
	// undici reports a body that ended early as a bare TypeError "terminated".
	if (error instanceof TypeError && error.message === 'terminated') return known['UND_ERR_SOCKET'];
	if (error instanceof TypeError && error.message === 'fetch failed') {
		return unreachable('cannot be reached', 'Check the address, the network and the VPN');
	}
	return undefined;
}
