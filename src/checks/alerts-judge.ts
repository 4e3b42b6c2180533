import type {Finding, JudgeContext} from './check.ts';
import {finding, label} from './finding.ts';
import type {AlertsData, AlertsOptions} from './alerts.ts';

export function judgeAlerts(_data: AlertsData, {id}: JudgeContext<AlertsOptions>): Finding {
	return finding({summary: 'not judged yet', short: label(id), reasons: [], none: 'unknown'});
}
