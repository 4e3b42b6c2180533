import {describe, expect, it} from 'vitest';
import {outcomes} from '../../src/triage/investigation.ts';
import {
	answerFollowUp,
	answerProblem,
	answerWhy,
	chooseOutcome,
	isComplete,
	nextQuestion,
	rootCause,
	startInvestigation,
} from '../../src/triage/questions.ts';

const started = startInvestigation({step: 'pods', openedAt: 1});
const stated = answerProblem(started, ' api restarts ');

describe('the triage', () => {
	it('asks one question at a time', () => {
		expect(nextQuestion(started)?.kind).toBe('problem');
		expect(nextQuestion(stated)).toEqual({kind: 'why', number: 1, text: 'Why: api restarts?', optional: false});
		const once = answerWhy(stated, 1, 'it runs out of memory');
		expect(nextQuestion(once)).toEqual({kind: 'why', number: 2, text: 'Why: it runs out of memory?', optional: true});
		const enough = answerWhy(once, 2, '');
		expect(nextQuestion(enough)?.kind).toBe('outcome');
		const judged = chooseOutcome(enough, 'serious');
		expect(nextQuestion(judged)).toEqual({kind: 'follow-up', text: 'Which users, how many, and what can they not do?'});
		const complete = answerFollowUp(judged, 'INC-7');
		expect(nextQuestion(complete)).toBeUndefined();
		expect(isComplete(complete)).toBe(true);
		expect(rootCause(complete)).toBe('it runs out of memory');
	});

	it('stops at five whys', () => {
		const asked = [1, 2, 3, 4, 5, 6].reduce((investigation, number) => answerWhy(investigation, number, `because ${number}`), stated);
		expect(asked.whys).toHaveLength(5);
		expect(nextQuestion(asked)?.kind).toBe('outcome');
	});

	it('wants a problem and one why', () => {
		expect(answerProblem(started, '  ')).toBe(started);
		expect(answerWhy(stated, 1, ' ')).toBe(stated);
		expect(nextQuestion(chooseOutcome(stated, 'noise'))?.kind).toBe('why');
	});

	it('changes an earlier answer and no other', () => {
		const two = answerWhy(answerWhy(stated, 1, 'a'), 2, 'b');
		expect(answerWhy(two, 1, 'c').whys).toEqual(['c', 'b']);
		expect(answerWhy(two, 1, '')).toBe(two);
		expect(answerWhy(two, 9, 'far')).toBe(two);
	});

	it('asks the follow-up of the outcome chosen last', () => {
		const judged = answerFollowUp(chooseOutcome(answerWhy(stated, 1, 'a'), 'noise'), 'fixed');
		expect(isComplete(judged)).toBe(true);
		expect(isComplete(chooseOutcome(judged, 'noise'))).toBe(true);
		expect(isComplete(chooseOutcome(judged, 'intermittent'))).toBe(false);
	});

	it.each(outcomes)('has a question for %s', (outcome) => {
		const question = nextQuestion(chooseOutcome(answerWhy(stated, 1, 'a'), outcome));
		expect(question?.text).toMatch(/\?$/);
	});
});
