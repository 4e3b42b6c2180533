import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type Investigation, outcomeGuides, outcomes, startInvestigation} from '../../src/round/investigation/investigation.ts';
import {methods} from '../../src/round/investigation/methods.ts';
import {
	answer,
	attach,
	besideWhy,
	endList,
	isComplete,
	nextQuestion,
	questionAt,
	questionsOf,
	rootCause,
} from '../../src/triage/questions.ts';
import {whyAnswers, whyNumber} from '../../src/round/investigation/whys.ts';
import {investigated} from './answered.ts';

const started = startInvestigation({step: 'pods', openedAt: 1});
const stated = answer(started, 'problem', ' api restarts ');
const found = investigated({'why.1': 'memory', 'why.2': ''}, stated);

describe('the questions', () => {
	it('come one at a time', () => {
		expect(nextQuestion(started)?.id).toBe('problem');
		expect(nextQuestion(stated)).toMatchObject({id: 'why.1', text: '1  Why: api restarts?', refusal: 'Answer the first why to continue'});
		const once = answer(stated, 'why.1', 'it runs out of memory');
		expect(nextQuestion(once)).toMatchObject({id: 'why.2', text: '2  Why: it runs out of memory?'});
		const enough = answer(once, 'why.2', '');
		expect(nextQuestion(enough)?.id).toBe('outcome');
		const judged = answer(enough, 'outcome', 'noise');
		expect(nextQuestion(judged)).toMatchObject({id: 'follow-up', text: 'What do you fix in the code or the integration?'});
		expect(nextQuestion(answer(judged, 'follow-up', 'the retry'))).toMatchObject({id: 'noise.dashboard'});
		const found = investigated({'follow-up': 'the retry', 'noise.dashboard': 'queues'}, judged);
		expect(nextQuestion(found)).toMatchObject({id: 'ticket', hint: 'Optional. Press ctrl-y to write one.'});
		const complete = answer(found, 'ticket', '');
		expect(nextQuestion(complete)).toBeUndefined();
		expect(isComplete(complete)).toBe(true);
		expect(rootCause(complete)).toBe('it runs out of memory');
	});

	it('offer the methods with the chosen one and the number of answers', () => {
		const both = investigated({'why.1': 'memory', 'why.2': 'a cache', method: 'history', 'history.before': 'in May'}, stated);
		expect(questionAt(both, 'method')?.choices?.map(({title}) => title)).toEqual([
			'five whys (2 answers)',
			'history (now, 1 answer)',
			'root-cause analysis',
			'fishbone',
			'elimination',
		]);
	});

	it('stop at five whys', () => {
		const asked = [1, 2, 3, 4, 5, 6].reduce((all, number) => answer(all, `why.${number}`, `because ${number}`), stated);
		expect(asked.whys).toHaveLength(5);
		expect(nextQuestion(asked)?.id).toBe('outcome');
	});

	it('require a problem and one why', () => {
		expect(answer(started, 'problem', '  ')).toBe(started);
		expect(answer(stated, 'why.1', ' ')).toBe(stated);
		expect(answer(stated, 'outcome', 'noise')).toBe(stated);
	});

	it('change an earlier answer and no other', () => {
		const two = investigated({'why.1': 'a', 'why.2': 'b'}, stated);
		expect(answer(two, 'why.1', 'c').whys).toEqual(['c', 'b']);
		expect(answer(two, 'why.1', '')).toBe(two);
		expect(answer(two, 'why.9', 'far')).toBe(two);
	});

	it('leave an old round unchanged when it has only a chain of whys', () => {
		const old: Investigation = {...started, problem: 'p', whys: ['a', 'b'], whysDone: true, outcome: 'serious', followUp: 'all who pay'};
		expect(
			questionsOf(old)
				.filter(({step, given}) => step === 'cause' && given)
				.map(({answer}) => answer),
		).toEqual(['a', 'b']);
		expect(nextQuestion(old)?.id).toBe('serious.how-many');
		expect(investigated({'why.1': 'a'}, stated)).not.toHaveProperty('answered');
	});

	it.each(outcomes)('%s asks its required questions and is incomplete without them', (outcome) => {
		let investigation = answer(found, 'outcome', outcome);
		for (const {id, optional, choices} of outcomeGuides.find((guide) => guide.outcome === outcome)?.asks ?? []) {
			const question = questionAt(investigation, id);
			expect(question?.text).toMatch(/\?$/);
			if (optional) {
				investigation = answer(investigation, id, '');
				continue;
			}
			expect(isComplete(investigation)).toBe(false);
			expect(answer(investigation, id, ' ')).toBe(investigation);
			investigation = answer(investigation, id, choices?.[0]?.id ?? 'said');
		}
		expect(isComplete(investigation)).toBe(true);
	});

	it('restore the answers of an outcome that was chosen before', () => {
		const judged = investigated({outcome: 'noise', 'follow-up': 'fixed'}, found);
		const other = answer(judged, 'outcome', 'undetermined');
		expect(other.followUp).toBeUndefined();
		expect(answer(other, 'outcome', 'noise').followUp).toBe('fixed');
	});

	it('do not ask who, what and when automatically', () => {
		expect(
			questionsOf(found)
				.filter(({asked}) => !asked)
				.map(({id}) => id),
		).toEqual(['who', 'what', 'when', 'context', 'message', 'type', 'method', 'contact', 'fix', 'action']);
		expect(answer(found, 'fix', 'rolled back').answers).toEqual({fix: 'rolled back'});
	});

	it('accept any answer to any question without an error', () => {
		const id = fc.oneof(
			fc.constantFrom('problem', 'method', 'outcome', 'follow-up', 'why.1', 'why.2', 'why.0.more', 'why.1.more', 'why.x', 'bone.+people'),
			fc.constantFrom('bone.1', 'bone.+', 'suspect.+', 'suspect.1', 'cleared.1', 'cleared.9', 'cause.fishbone', 'who', 'nonsense', ''),
		);
		const text = fc.oneof(fc.constantFrom(...methods, ...outcomes, '', ' '), fc.string());
		fc.assert(
			fc.property(fc.array(fc.tuple(id, text), {maxLength: 25}), (given) => {
				let all = started;
				for (const [id, text] of given) {
					all = fc.hash(text) % 5 === 0 ? endList(all, id) : answer(all, id, text);
					const ids = questionsOf(all).map((question) => question.id);
					expect(new Set(ids).size).toBe(ids.length);
					expect(all.whys.length).toBeLessThanOrEqual(5);
				}
				expect(JSON.parse(JSON.stringify(all))).toEqual(all);
			}),
		);
	});
});

describe('whys with several answers', () => {
	const branched = investigated({'why.1': 'memory', 'why.0.more': 'the node'}, stated);

	it('asks the next why of each answer, the first one first', () => {
		expect(whyAnswers(branched).map(({text, level}) => `${level} ${text}`)).toEqual(['1 memory', '1 the node']);
		expect(nextQuestion(branched)).toMatchObject({id: 'why.1.more', text: '2  Why: memory?'});
		const leak = answer(branched, 'why.1.more', 'a leak');
		expect(whyAnswers(leak).map(({text}) => text)).toEqual(['memory', 'a leak', 'the node']);
		expect(whyAnswers(leak).map((_one, index) => whyNumber(whyAnswers(leak), index))).toEqual(['1', '1.1', '2']);
		const first = answer(leak, 'why.2.more', '');
		expect(nextQuestion(first)).toMatchObject({text: '2  Why: the node?'});
		expect(nextQuestion(answer(first, nextQuestion(first)?.id ?? '', ''))?.id).toBe('outcome');
		expect(first.whys).toEqual(['memory', 'a leak']);
	});

	it('knows which answer is the root cause', () => {
		const marked = endList(branched, 'why.2');
		expect(nextQuestion(marked)?.id).toBe('outcome');
		expect(rootCause(marked)).toBe('the node');
		expect(marked.whys).toEqual(['the node']);
	});

	it('finds the place of another answer', () => {
		expect(besideWhy(stated, 'why.1')).toBe('why.0.more');
		const two = investigated({'why.1': 'a', 'why.2': 'b'}, stated);
		expect(['why.1', 'why.2', 'why.3', 'outcome'].map((id) => besideWhy(two, id))).toEqual([
			'why.0.more',
			'why.1.more',
			'why.2.more',
			undefined,
		]);
	});
});

describe('the other methods', () => {
	it('keep their answers when another is chosen', () => {
		const fished = investigated({'why.1': 'a', method: 'fishbone', 'bone.+code': 'a race', method2: ''}, stated);
		const back = answer(answer(fished, 'method', 'elimination'), 'method', 'five-whys');
		expect(back.whys).toEqual(['a']);
		expect(back.bones).toEqual([{bone: 'code', text: 'a race'}]);
	});

	it('fishbone: asks about each branch, then which cause it is', () => {
		const begun = answer(stated, 'method', 'fishbone');
		expect(nextQuestion(begun)?.id).toBe('bone.+people');
		const said = investigated({'bone.+people': '', 'bone.+process': 'no review', 'bone.+code': 'a race'}, begun);
		expect(nextQuestion(said)).toMatchObject({id: 'bone.+process', text: 'Process: what else could have caused this?'});
		const ended = endList(said, 'bone.+process');
		expect(nextQuestion(ended)?.choices?.map(({title}) => title)).toEqual(['no review', 'a race']);
		expect(rootCause(answer(ended, 'cause.fishbone', 'a race'))).toBe('a race');
	});

	it('elimination: proposes the suspect that is not ruled out', () => {
		const named = investigated({method: 'elimination', 'suspect.+': 'the deploy'}, stated);
		const two = endList(answer(named, 'suspect.+', 'the node'), 'suspect.+');
		expect(nextQuestion(two)).toMatchObject({id: 'cleared.1', text: 'What rules out the deploy?'});
		const cleared = investigated({'cleared.1': 'staging runs it too', 'cleared.2': ''}, two);
		expect(questionAt(cleared, 'suspect.1')?.clearedBy).toBe('staging runs it too');
		expect(nextQuestion(cleared)).toMatchObject({id: 'cause.elimination', proposal: 'the node'});
		expect(questionAt(attach(cleared, 'cleared.1', ['pods a']), 'suspect.1')?.evidence).toEqual(['pods a']);
	});

	it.each(methods)('%s ends in a cause', (method) => {
		let investigation = answer(stated, 'method', method);
		for (let times = 0; times < 20 && nextQuestion(investigation)?.id !== 'outcome'; times++) {
			const question = nextQuestion(investigation);
			const text = question?.choices?.[0]?.id ?? (question?.refusal === undefined ? '' : 'said');
			investigation = answer(investigation, question?.id ?? '', text);
		}
		expect(nextQuestion(investigation)?.id).toBe('outcome');
		expect(rootCause(investigation)).toBe('said');
	});
});

it('links evidence to a why', () => {
	const carrying = attach(found, 'why.1', ['pods a', 'pods b']);
	expect(questionAt(carrying, 'why.1')?.evidence).toEqual(['pods a', 'pods b']);
	expect(carrying.whys).toEqual(['memory']);
	expect(attach(carrying, 'why.1', [])).toEqual(found);
});
