import type {Finding, JudgeContext} from './check.ts';
import {finding, label} from './finding.ts';
import type {PodsData, PodsOptions} from './pods.ts';

export function judgePods(_data: PodsData, {id}: JudgeContext<PodsOptions>): Finding {
	return finding({summary: 'not judged yet', short: label(id), reasons: [], none: 'unknown'});
}
