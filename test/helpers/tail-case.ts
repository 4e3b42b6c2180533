/**
 * The case of the team's slides as a log: among ordinary requests three failures that look unrelated (a token, a
 * search index, a webhook), all of them of one pod. The same bytes every time: one line a second from 08:00 to 08:20.
 */

const pods = ['api-54fb9-2jw8k', 'api-54fb9-fp6rt', 'api-54fb9-n4vkg', 'api-54fb9-xnxq6'] as const;
const operations = ['createIssue', 'listIssues', 'getUser'] as const;
const failures = [
	{msg: 'creating issue: token rejected', operation: 'createIssue', status: 403},
	{msg: 'search index did not answer', operation: 'listIssues', status: 504},
	{msg: 'webhook not delivered to tracker', operation: 'getUser', status: 502},
] as const;

export const caseStart = Date.UTC(2026, 10, 20, 8);
export const caseLines = 1200;

/** Line number k of it, without its line break. */
export function caseLine(k: number): string {
	const time = new Date(caseStart + k * 1000).toISOString();
	if (k % 50 === 49) {
		const {msg, operation, status} = failures[Math.floor(k / 50) % 3]!;
		return JSON.stringify({time, level: 'error', msg, operation, pod: pods[2], status, request: `r${k}`});
	}
	const base = {operation: operations[k % 3], pod: pods[k % 4], status: 200, request: `r${k}`};
	if (k % 10 === 0) return JSON.stringify({time, level: 'warn', msg: 'answer was slow', ...base});
	const path = `/v1/${operations[k % 3]}`;
	return JSON.stringify({time, level: 'info', msg: 'request completed', ...base, method: 'GET', path, duration: `${20 + (k % 3) * 40}ms`});
}

/** Lines `from` up to, without, `to`. */
export function caseLog(from = 0, to = caseLines): string {
	return Array.from({length: to - from}, (_, k) => `${caseLine(from + k)}\n`).join('');
}
