/** The steps of the investigation and when each was first done. Pure. */
import {type Investigation, type StepName, stepNames} from '../round/investigation/investigation.ts';
import {isComplete, questionsOf} from './questions.ts';

export interface StepState {
	readonly name: StepName;
	/** Epoch milliseconds; absent while it is not done. */
	readonly at?: number;
	/** What is asked now belongs to it. */
	readonly now: boolean;
}

function isDone(investigation: Investigation, step: StepName): boolean {
	switch (step) {
		case 'acknowledge':
			return true;
		case 'understand':
			return investigation.problem !== '';
		case 'cause': {
			const ofCause = questionsOf(investigation).filter((question) => question.step === 'cause' && question.asked);
			return ofCause.length > 0 && ofCause.every(({given}) => given);
		}
		case 'resolve':
			return questionsOf(investigation).some((question) => question.step === 'resolve' && question.given);
		default:
			return investigation.outcome !== undefined && isComplete(investigation);
	}
}

/** The time of `now` (epoch milliseconds) on every step that is done and had none. */
export function stamped(investigation: Investigation, now: number): Investigation {
	const {times = {}} = investigation;
	const fresh = stepNames.filter((step) => step !== 'acknowledge' && times[step] === undefined && isDone(investigation, step));
	if (fresh.length === 0) return investigation;
	return {...investigation, times: {...times, ...Object.fromEntries(fresh.map((step) => [step, now]))}};
}

/** The steps with their times; `current` is the step of the question that is asked. */
export function stepsOf(investigation: Investigation, current?: StepName): readonly StepState[] {
	return stepNames.map((name) => {
		const at = name === 'acknowledge' ? investigation.openedAt : investigation.times?.[name];
		return {name, now: name === current, ...(at === undefined ? {} : {at})};
	});
}
