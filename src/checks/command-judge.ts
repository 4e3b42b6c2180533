import type {Finding, JudgeContext} from './check.ts';
import {finding, label} from './finding.ts';
import type {CommandData, CommandOptions} from './command.ts';

export function judgeCommand(_data: CommandData, {id}: JudgeContext<CommandOptions>): Finding {
	return finding({summary: 'not judged yet', short: label(id), reasons: [], none: 'unknown'});
}
