/** An open kind: any address, with what its answer must be. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {HttpAnswer} from '../../ports/probe.ts';
import {ask, withoutBody} from '../kit/answer.ts';
import {defineCheck} from '../kit/check.ts';
import {judgeHttp} from './judge.ts';

export interface HttpData {
	readonly url: string;
	readonly answer: HttpAnswer;
}

const options = z.strictObject({
	url: z.url({protocol: /^https?$/, error: 'an http:// or https:// address'}).describe('What to ask'),
	headers: z.record(z.string(), z.string()).optional(),
	status: z
		.union([z.number().int(), z.array(z.number().int()).min(1)])
		.default(200)
		.describe('The status code, or the list of codes, that is right'),
	body: z.string().refine(isPattern, 'a regular expression').optional().describe('A regular expression the body must match'),
	json: z
		.strictObject({
			path: z.string().describe('Where to look, such as data.queue.depth or items.0.state'),
			equals: z.union([z.string(), z.number(), z.boolean()]).optional(),
			below: z.number().optional(),
			above: z.number().optional(),
		})
		.optional()
		.describe('A value in a JSON body and what it must be'),
	slow: duration.prefault('2s').describe('An answer slower than this is a warning'),
	timeout: duration.prefault('10s').describe('No answer within this is critical'),
});
export type HttpOptions = z.output<typeof options>;

function isPattern(text: string): boolean {
	try {
		return new RegExp(text, 'u') instanceof RegExp;
	} catch {
		return false;
	}
}

export const http = defineCheck<HttpData, HttpOptions>({
	kind: 'http',
	title: 'HTTP',
	why: 'Something the team relies on answers as it should.',
	tips: [
		'No answer at all: try it from another network before you wake anyone.',
		'The status is right and the body is not: somebody changed a contract; look at its last release.',
		'If this fails often and nobody acts, raise its threshold or take it out.',
	],
	serves: 'integrity',
	cadence: 'daily',
	runbook: 'http',
	source: 'HTTP',
	options,
	everyMs: 60_000,
	timeoutMs: 25_000,
	configured: () => false,
	read: async ({options, sources, clock, signal}) => ({
		url: options.url,
		answer: await ask(sources.http, options.url, {
			slowMs: options.slow,
			timeoutMs: options.timeout,
			headers: options.headers,
			signal,
			clock,
		}),
	}),
	judge: judgeHttp,
	toJson: ({url, answer}) => ({url, answer: withoutBody(answer)}),
});
