import type {Finding, JudgeContext} from './check.ts';
import {finding, label} from './finding.ts';
import type {HealthData, HealthOptions} from './health.ts';

export function judgeHealth(_data: HealthData, {id}: JudgeContext<HealthOptions>): Finding {
	return finding({summary: 'not judged yet', short: label(id), reasons: [], none: 'unknown'});
}
