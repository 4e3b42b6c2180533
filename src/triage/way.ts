/** Moves through the questions: to the next, to the previous, and to optional ones. Pure. */
import type {Investigation} from '../round/investigation/investigation.ts';
import {nextQuestion, questionAt, questionsOf} from './questions.ts';

/**
 * The question after an answer: the next one without an answer, or the following one if an earlier answer was changed.
 * Undefined if all are answered.
 */
export function following(before: Investigation, after: Investigation, id: string): string | undefined {
	const was = questionAt(before, id);
	const all = questionsOf(after);
	const index = all.findIndex((question) => question.id === id);
	if (id === 'method') return nextQuestion(after)?.id ?? all.findLast(({step}) => step === 'cause')?.id;
	if (was && index >= 0 && (was.given || !was.asked)) {
		const next = all
			.slice(index + 1)
			.find(({given, asked, step, id}) => given || (!was.asked && !asked && step === was.step && id !== 'method'));
		if (next) return next.id;
	}
	return nextQuestion(after)?.id;
}

/** The answer before the question of that id; undefined at the first one. */
export function questionBefore(investigation: Investigation, id: string): string | undefined {
	const all = questionsOf(investigation);
	const index = all.findIndex((question) => question.id === id);
	return all.slice(0, index < 0 ? all.length : index).findLast(({given}) => given)?.id;
}

/** The next question, including optional ones; undefined at the last one. */
export function questionBehind(investigation: Investigation, id: string): string | undefined {
	const all = questionsOf(investigation);
	const index = all.findIndex((question) => question.id === id);
	return index < 0 ? undefined : all.slice(index + 1).find(({id}) => id !== 'method')?.id;
}
