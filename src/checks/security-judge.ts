import type {Finding, JudgeContext} from './check.ts';
import {finding, label} from './finding.ts';
import type {SecurityData, SecurityOptions} from './security.ts';

export function judgeSecurity(_data: SecurityData, {id}: JudgeContext<SecurityOptions>): Finding {
	return finding({summary: 'not judged yet', short: label(id), reasons: [], none: 'unknown'});
}
