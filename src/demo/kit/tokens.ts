/** Tokens of servers that are behind a proxy, as Prometheus and Alertmanager do. */
import type {Handler} from './http-server.ts';

/**
 * Lets a request through with `Authorization: Bearer TOKEN`, or with basic authentication where the password is the
 * token, so that clients that only know `http://user:password@host` (promtool, amtool) can be pointed at it.
 */
export const requireToken =
	(options: {readonly token: string; readonly unauthorized: Handler; readonly handler: Handler}): Handler =>
	(request, response) => {
		const [scheme, value = ''] = (request.headers.authorization ?? '').split(' ');
		const given =
			scheme === 'Basic'
				? Buffer.from(value, 'base64')
						.toString('utf8')
						.replace(/^[^:]*:/, '')
				: value;
		const known = (scheme === 'Bearer' || scheme === 'Basic') && given === options.token;
		return known ? options.handler(request, response) : options.unauthorized(request, response);
	};
