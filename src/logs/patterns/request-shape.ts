/** What a request is distinguished by from others: its method, the fixed parts of its path, the class of its answer. */
import {withoutIds} from '../formats/request-of.ts';
import {maskWord, wildcard} from './mask-word.ts';

/**
 * A no-break space in front says that the words of a message are its shape already: nothing in them is masked, and no
 * other shape is merged with it. What `/api/orders` and `/healthz`, 2xx and 5xx differ in is what one asks for.
 */
const shapeMark = 0xa0;

/** Whether the message's words are its shape as they are. */
export const isShape = (message: string) => message.charCodeAt(0) === shapeMark;

/** Words of a message that is a shape. */
export const wordsOfShape = (message: string): readonly string[] => message.slice(1).split(' ');

/** A part of a path longer than that is no name. */
const longestName = 48;
/** Deeper than that, the rest of a path is one value. */
export const deepest = 8;
/** Shorter words without a digit are names. */
const shortestDoubt = 7;
const [slash, question, sharp, underscore, percent] = [47, 63, 35, 95, 37] as const;
const version = /^v\d{1,3}$/;
/** `app.dfdaedea.js`: what is made from contents may have no digit by chance. */
const hash = /(?:^|[._-])[0-9a-f]{7,}(?=[._-]|$)/i;

/** One part of a path by the rule of `withoutIds`; the values that are no ids by that of all words. */
function maskPart(part: string): string {
	if (part.length > longestName || withoutIds(part) === ':id' || hash.test(part)) return wildcard;
	return /[\d%]/.test(part) && !version.test(part) ? maskWord(part, 0, part.length) : part;
}

/** The fixed parts of a path, up to its query. Most parts are plain words or numbers, told in one go: the hot path. */
function routeOf(path: string): string {
	let route = '';
	let from = 0;
	let depth = 0;
	let digits = 0;
	let doubtful = false;
	for (let at = 0; at <= path.length; at++) {
		const code = at < path.length ? path.charCodeAt(at) : question;
		if (code >= 48 && code <= 57) digits++;
		else if (code === slash || code === question || code === sharp) {
			const length = at - from;
			if (digits > 0 && digits === length) route += wildcard;
			else if (doubtful || digits > 0 || length >= shortestDoubt) route += maskPart(path.slice(from, at));
			else route += path.slice(from, at);
			if (code !== slash) return route;
			route += '/';
			if (++depth === deepest) return route + wildcard;
			from = at + 1;
			digits = 0;
			doubtful = false;
		} else if (code === underscore || code === percent) doubtful = true;
	}
	return route;
}

/** `GET /api/orders/<*> 5xx` of a request, marked as a shape. */
export function requestShape(method: string, path: string, statusClass: string): string {
	return `\u00A0${method} ${routeOf(path)} ${statusClass}xx`;
}
