/** The API server's refusals: Status objects with the reasons and wordings that kubectl knows. */
import type {ServerResponse} from 'node:http';
import type {V1Status} from '@kubernetes/client-node';
import {sendJson} from '../../kit/http-server.ts';

export interface Refusal {
	readonly code: number;
	readonly reason: string;
	readonly message: string;
	readonly details?: V1Status['details'];
}

/** `metadata` carries the token with which an expired list continues. */
export const statusObject = ({code, reason, message, details}: Refusal, metadata: object = {}): V1Status => ({
	kind: 'Status',
	apiVersion: 'v1',
	metadata,
	status: 'Failure',
	message,
	reason,
	...(details && {details}),
	code,
});

export const refuse = (response: ServerResponse, refusal: Refusal, headers: Readonly<Record<string, string>> = {}): void =>
	sendJson(response, refusal.code, statusObject(refusal), headers);

export const unauthorized: Refusal = {code: 401, reason: 'Unauthorized', message: 'Unauthorized'};

export const unavailable: Refusal = {
	code: 503,
	reason: 'ServiceUnavailable',
	message: 'the server is currently unable to handle the request',
};

export const tooMany: Refusal = {
	code: 429,
	reason: 'TooManyRequests',
	message: 'the server has received too many requests and has asked us to try again later',
};

export const notFound = (resource: string, name: string, group = ''): Refusal => ({
	code: 404,
	reason: 'NotFound',
	message: `${resource}${group === '' ? '' : `.${group}`} "${name}" not found`,
	details: {name, ...(group !== '' && {group}), kind: resource},
});

export const noSuchPath: Refusal = {
	code: 404,
	reason: 'NotFound',
	message: 'the server could not find the requested resource',
	details: {},
};

export const methodNotAllowed: Refusal = {
	code: 405,
	reason: 'MethodNotAllowed',
	message: 'the server does not allow this method on the requested resource',
	details: {},
};

export const badRequest = (message: string): Refusal => ({code: 400, reason: 'BadRequest', message});

export const invalid = (message: string): Refusal => ({code: 422, reason: 'Invalid', message});

export const expired = (message: string): Refusal => ({code: 410, reason: 'Expired', message});

/** Who the token belongs to. */
export const userName = 'system:serviceaccount:checkout-prod:rounds';

export const forbidden = (what: {
	readonly verb: string;
	readonly resource: string;
	readonly group: string;
	readonly namespace?: string;
	readonly name?: string;
}): Refusal => {
	const {verb, resource, group, namespace, name} = what;
	const place = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
	const subject = `${resource}${group === '' ? '' : `.${group}`}${name === undefined ? '' : ` "${name}"`}`;
	return {
		code: 403,
		reason: 'Forbidden',
		message: `${subject} is forbidden: User "${userName}" cannot ${verb} resource "${resource}" in API group "${group}" ${place}`,
		details: {...(name !== undefined && {name}), ...(group !== '' && {group}), kind: resource},
	};
};
