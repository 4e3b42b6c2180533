import type {Finding, JudgeContext} from './check.ts';
import {finding, label} from './finding.ts';
import type {RateLimitsData, RateLimitsOptions} from './rate-limits.ts';

export function judgeRateLimits(_data: RateLimitsData, {id}: JudgeContext<RateLimitsOptions>): Finding {
	return finding({summary: 'not judged yet', short: label(id), reasons: [], none: 'unknown'});
}
