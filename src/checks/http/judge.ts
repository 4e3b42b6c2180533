/** Judges one address by its status, its body, a value in its JSON, and its speed. Pure. */
import type {Finding, JudgeContext, Reason} from '../kit/check.ts';
import {finding, label} from '../kit/finding.ts';
import {formatMs} from '../../base/figures.ts';
import type {HttpData, HttpOptions} from './types.ts';
import {valueAt} from '../kit/json-path.ts';

function statusReason({answer}: HttpData, options: HttpOptions): Reason | undefined {
	const expected = [options.status].flat();
	if (answer.status === undefined) return {status: 'critical', subject: 'status', text: `no answer: ${answer.error ?? 'no answer'}`};
	return expected.includes(answer.status)
		? undefined
		: {status: 'critical', subject: 'status', text: `answers ${answer.status}, should be ${expected.join(' or ')}`};
}

function bodyReason({answer}: HttpData, {body}: HttpOptions): Reason | undefined {
	if (body === undefined || new RegExp(body, 'u').test(answer.body ?? '')) return undefined;
	return {status: 'critical', subject: 'body', text: `does not match /${body}/`};
}

function jsonReason({answer}: HttpData, {json}: HttpOptions): Reason | undefined {
	if (!json) return undefined;
	const subject = json.path;
	let value: unknown;
	try {
		value = valueAt(JSON.parse(answer.body ?? ''), json.path);
	} catch {
		return {status: 'unknown', subject, text: 'the body is not JSON'};
	}
	if (value === undefined || value === null) return {status: 'unknown', subject, text: 'is not in the body'};
	const text = `is ${JSON.stringify(value)}`;
	if (json.equals !== undefined && value !== json.equals)
		return {status: 'critical', subject, text: `${text}, should be ${JSON.stringify(json.equals)}`};
	if ((json.below !== undefined || json.above !== undefined) && (typeof value !== 'number' || !Number.isFinite(value))) {
		return {status: 'unknown', subject, text: `${text}, which is not a number`};
	}
	if (json.below !== undefined && Number(value) >= json.below)
		return {status: 'critical', subject, text: `${text}, should be below ${json.below}`};
	if (json.above !== undefined && Number(value) <= json.above)
		return {status: 'critical', subject, text: `${text}, should be above ${json.above}`};
	return undefined;
}

/** Judges the answer; body and JSON are looked at only when the status is right. */
export function judgeHttp(data: HttpData, {id, options, now}: JudgeContext<HttpOptions>): Finding {
	const {status, latencyMs} = data.answer;
	const wrong = statusReason(data, options);
	const slow: Reason[] =
		status !== undefined && latencyMs > options.slow
			? [{status: 'warning', subject: 'latency', text: `${formatMs(latencyMs)}, should be within ${formatMs(options.slow)}`}]
			: [];
	const reasons = wrong ? [wrong] : [...[bodyReason(data, options), jsonReason(data, options)].filter((one) => one !== undefined), ...slow];
	const [first] = reasons;
	const good = `${status} in ${formatMs(latencyMs)}`;
	return finding({
		summary: first ? `${first.subject} ${first.text}` : good,
		short: `${label(id)} ${first ? (first.subject === 'status' ? (status ?? 'no answer') : `${first.subject} ${first.text}`) : good}`,
		reasons,
		evidence: [
			{id: `http:${data.url}`, check: id, text: `${data.url} ${first ? `${first.subject} ${first.text}` : good}`, url: data.url, at: now},
		],
	});
}
