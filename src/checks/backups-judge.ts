import type {Finding, JudgeContext} from './check.ts';
import {finding, label} from './finding.ts';
import type {BackupsData, BackupsOptions} from './backups.ts';

export function judgeBackups(_data: BackupsData, {id}: JudgeContext<BackupsOptions>): Finding {
	return finding({summary: 'not judged yet', short: label(id), reasons: [], none: 'unknown'});
}
