import type {Finding, JudgeContext} from './check.ts';
import {finding, label} from './finding.ts';
import type {HttpData, HttpOptions} from './http.ts';

export function judgeHttp(_data: HttpData, {id}: JudgeContext<HttpOptions>): Finding {
	return finding({summary: 'not judged yet', short: label(id), reasons: [], none: 'unknown'});
}
