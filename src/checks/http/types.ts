/** What the check is set up with and what it reads. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import type {HttpAnswer} from '../../ports/probe.ts';

export interface HttpData {
	readonly url: string;
	readonly answer: HttpAnswer;
}

export const options = z.strictObject({
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
