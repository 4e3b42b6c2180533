import type {Finding, JudgeContext} from './check.ts';
import {finding, label} from './finding.ts';
import type {CapacityData, CapacityOptions} from './capacity.ts';

export function judgeCapacity(_data: CapacityData, {id}: JudgeContext<CapacityOptions>): Finding {
	return finding({summary: 'not judged yet', short: label(id), reasons: [], none: 'unknown'});
}
