/**
 * Access lines: common and combined of Apache and nginx (with a virtual host before, with request and upstream times
 * behind), ingress-nginx, Envoy, Traefik, uvicorn, werkzeug, and gin's own form.
 */
import {createFields, type Form} from './line-form.ts';
import {readPairs, readQuoted} from './logfmt.ts';

const request = /^([A-Z]{3,10}) (\S{1,8192})(?: (HTTP\/[\d.]{1,3}))?$/;
const response = /^ (\d{3})(?= |$)/;
/** An address, with its port or without; a name where the server looks names up. */
const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[?[\da-fA-F:]*:[\da-fA-F:.]+\]?)(?::\d{1,5})?$/;

/** Milliseconds as a field: `84ms`. */
const inMs = (ms: number): string => `${Number(ms.toFixed(3))}ms`;

/** Seconds as the servers write them; `-` and what else is no number gives none. */
function seconds(text: string | undefined): string | undefined {
	// With several upstreams tried, nginx lists their times: `0.004, 0.083`; the last one answered.
	const last = text?.split(/[,:] ?/).at(-1) ?? '';
	return /^\d{1,6}\.\d{1,9}$/.test(last) ? inMs(Number(last) * 1000) : undefined;
}

function readClient(before: string, fields: Record<string, string>): void {
	const words = before.split(/ +/, 12).filter((word) => word !== '');
	const at = words.findIndex((word) => address.test(word));
	if (at < 0) return;
	fields['client'] = words[at] ?? '';
	const host = words[at - 1];
	if (at === 1 && host !== undefined && !host.endsWith(':')) fields['host'] = host;
	const user = words[at + 2];
	if (words[at + 1] === '-' && user !== undefined && user !== '-' && !user.startsWith('[')) fields['user'] = user;
}

/** What is behind the status: size, referer, agent, then numbers in each server's own order. */
function readRest(rest: string, fields: Record<string, string>): void {
	const size = /^ (\d+|-)(?= |$)/.exec(rest);
	let at = size ? size[0].length : 0;
	if (size && size[1] !== '-') fields['bytes'] = size[1] ?? '';
	const quoted: string[] = [];
	const numbers: string[] = [];
	while (at < rest.length) {
		const space = rest.indexOf(' ', at);
		const end = space < 0 ? rest.length : space;
		const word = rest.slice(at, end);
		if (word.startsWith('"')) {
			const read = readQuoted(rest, at);
			quoted.push(read.value);
			at = read.end;
			continue;
		}
		if (/^\d{1,6}\.\d{1,9}$/.test(word) || /^\d{1,7}(?:\.\d{1,6})?ms$/.test(word)) numbers.push(word);
		at = end + 1;
	}
	const [referer, agent] = quoted;
	if (referer !== undefined && referer !== '-') fields['referer'] = referer;
	if (agent !== undefined && agent !== '-') fields['agent'] = agent;
	readPairs(rest, 0, fields);
	const [first, second] = numbers;
	const duration = seconds(fields['request_time'] ?? fields['rt']) ?? (first?.endsWith('ms') ? first : seconds(first));
	const upstream = seconds(fields['upstream_response_time'] ?? fields['urt']) ?? seconds(second);
	if (duration !== undefined) fields['duration'] = duration;
	if (upstream !== undefined) fields['upstream_time'] = upstream;
}

/** Envoy's own form: flags, bytes received, bytes sent, milliseconds, milliseconds upstream, then who asked. */
const envoy = /^ (\S{1,40}) (\d{1,15}) (\d{1,15}) (\d{1,10}) (\d{1,10}|-) "[^"]*" "([^"]*)" "([^"]*)"(?: "([^"]*)")?/;

function readEnvoy(rest: string, fields: Record<string, string>): boolean {
	const match = envoy.exec(rest);
	if (!match) return false;
	const [, flags = '-', , sent = '', ms = '', upstream = '-', agent = '-', id = '-', host = '-'] = match;
	fields['bytes'] = sent;
	fields['duration'] = `${ms}ms`;
	if (upstream !== '-') fields['upstream_time'] = `${upstream}ms`;
	for (const [name, value] of Object.entries({flags, agent, request_id: id, host})) if (value !== '-') fields[name] = value;
	return true;
}

/** `[GIN] 2026/11/20 - 08:33:04 | 200 |     84.1ms |      10.0.0.1 | GET      "/api/cart"`. */
const gin = /^\[GIN\] [\d/]{10} - [\d:]{8} \| {0,9}(\d{3}) \| {0,19}(\S{1,20}) \| {0,40}(\S{1,45}) \| ([A-Z]{3,10}) {0,9}"([^"]{1,8192})"/;

function parseGin(text: string): Form | undefined {
	const match = gin.exec(text);
	if (!match) return undefined;
	const [, status = '', duration = '', client = '', method = '', path = ''] = match;
	const fields = Object.assign(createFields(), {method, path, status, duration, client});
	return {format: 'access', message: text.slice(text.lastIndexOf(method, match[0].length - path.length)), fields};
}

/** A line that has a request in quotes with its status behind it. */
export function parseAccess(text: string): Form | undefined {
	if (text.startsWith('[GIN]')) return parseGin(text);
	// The first quotes hold the request; only a quoted virtual host or the like may be before it.
	let at = text.indexOf('"');
	for (let tries = 0; at >= 0 && tries < 4; tries++) {
		const {value, end} = readQuoted(text, at);
		const asked = request.exec(value);
		const answered = asked ? response.exec(text.slice(end, end + 5)) : null;
		if (asked && answered && (asked[3] !== undefined || asked[2]?.startsWith('/'))) {
			const [, method = '', path = '', protocol] = asked;
			const fields = Object.assign(createFields(), {
				method,
				path,
				...(protocol === undefined ? {} : {protocol}),
				status: answered[1] ?? '',
			});
			readClient(text.slice(0, Math.min(at, 512)), fields);
			const rest = text.slice(end + 4);
			if (!readEnvoy(rest, fields)) readRest(rest, fields);
			return {format: 'access', message: text.slice(at + 1, end - 1), fields};
		}
		at = text.indexOf('"', end);
	}
	return undefined;
}
