import type {Finding, JudgeContext} from './check.ts';
import {finding, label} from './finding.ts';
import type {LogsData, LogsOptions} from './logs.ts';

export function judgeLogs(_data: LogsData, {id}: JudgeContext<LogsOptions>): Finding {
	return finding({summary: 'not judged yet', short: label(id), reasons: [], none: 'unknown'});
}
