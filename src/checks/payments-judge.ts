import type {Finding, JudgeContext} from './check.ts';
import {finding, label} from './finding.ts';
import type {PaymentsData, PaymentsOptions} from './payments.ts';

export function judgePayments(_data: PaymentsData, {id}: JudgeContext<PaymentsOptions>): Finding {
	return finding({summary: 'not judged yet', short: label(id), reasons: [], none: 'unknown'});
}
