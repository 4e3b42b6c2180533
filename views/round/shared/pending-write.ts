/** Which write of the closing is asked for now. */
import type {PlannedWrite} from '../../../src/ops-log/closing-write.ts';
import type {Closing} from '../../session/session.ts';

export const isDone = (answer: Closing['answers'][PlannedWrite['id']]) => typeof answer === 'object' && answer.done;

/** The write that is asked for now: the first without an answer or that failed, at the end the entry if it was refused. */
export function pendingWrite(planned: readonly PlannedWrite[], {answers}: Closing): PlannedWrite | undefined {
	if (planned.some(({id}) => answers[id] === 'writing')) return undefined;
	const failed = ({id}: PlannedWrite) => typeof answers[id] === 'object' && !isDone(answers[id]);
	return (
		planned.find((one) => answers[one.id] === undefined || failed(one)) ?? planned.find(({id}) => id === 'entry' && answers[id] === 'no')
	);
}
