/** An open kind: any address, with what its answer must be. */
import {ask, withoutBody} from '../kit/answer.ts';
import {defineCheck} from '../kit/check.ts';
import {judgeHttp} from './judge.ts';
import {type HttpData, options, type HttpOptions} from './types.ts';

export const http = defineCheck<HttpData, HttpOptions>({
	kind: 'http',
	title: 'HTTP',
	why: 'Something the team relies on answers as it should.',
	tips: [
		'No answer at all: try it from another network before you wake anyone.',
		'If the status is right and the body is not, the contract changed. Look at its last release.',
		'If this fails often without an action, raise its threshold or remove the check.',
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
