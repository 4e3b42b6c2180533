import {expect, test} from 'vitest';
import {lacking, reviewStandard} from '../../src/checks/log-standard.ts';

const lines = (pod: string, ...texts: readonly string[]) => texts.map((text) => ({pod, container: 'app', text}));

test('each source by itself, its pods together', () => {
	const reviews = reviewStandard([
		...lines('api-54fb9cdd7f-n4vkg', '{"time":"2026-11-20T08:31:00Z","level":"info","request_id":"81f2","msg":"x"}'),
		...lines('api-54fb9cdd7f-2jw8k', 'ts=2026-11-20T08:31:00Z level=warn requestId=81f7 msg=y'),
		...lines('cron-0', 'starting up', 'done'),
		...lines('cron-0', 'ERROR no such file'),
	]);
	expect(reviews.map(({source, lines, ...rest}) => [source, lines, lacking({source, lines, ...rest})])).toEqual([
		['cron/app', 3, ['structure', 'level', 'timestamp', 'request id']],
		['api/app', 2, []],
	]);
	expect(reviews[0]?.shares.level).toBeCloseTo(1 / 3);
});

test('no lines, no review', () => {
	expect(reviewStandard([])).toEqual([]);
});
