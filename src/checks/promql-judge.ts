import type {Finding, JudgeContext} from './check.ts';
import {finding, label} from './finding.ts';
import type {PromqlData, PromqlOptions} from './promql.ts';

export function judgePromql(_data: PromqlData, {id}: JudgeContext<PromqlOptions>): Finding {
	return finding({summary: 'not judged yet', short: label(id), reasons: [], none: 'unknown'});
}
