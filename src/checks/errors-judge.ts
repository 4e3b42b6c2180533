import type {Finding, JudgeContext} from './check.ts';
import {finding, label} from './finding.ts';
import type {ErrorsData, ErrorsOptions} from './errors.ts';

export function judgeErrors(_data: ErrorsData, {id}: JudgeContext<ErrorsOptions>): Finding {
	return finding({summary: 'not judged yet', short: label(id), reasons: [], none: 'unknown'});
}
