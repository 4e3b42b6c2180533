/** What each method asks on the way to the cause. Pure. */
import {type Bone, bones, type Investigation} from '../round/investigation/investigation.ts';
import type {Method} from '../round/investigation/methods.ts';
import {type Question, textQuestion} from './question.ts';
import {mostWhys, nextWhy, whyAnswers, whyNumber} from '../round/investigation/whys.ts';

const step = 'cause';

/** The why of the answer at `index` (-1: of the problem): the next one, or another answer to it. */
export function whyAfter(investigation: Investigation, index: number): Question {
	const answers = whyAnswers(investigation);
	const before = answers[index];
	const level = (before?.level ?? 0) + 1;
	const first = answers.length === 0;
	return {
		id: index === answers.length - 1 ? `why.${index + 2}` : `why.${index + 1}.more`,
		step,
		name: `why ${level}`,
		text: `${level}  Why: ${before?.text ?? investigation.problem}?`,
		hint: first ? 'Required. Ask one to five whys, until you can fix it' : 'Optional. Leave empty when you reach the root cause',
		answer: '',
		given: false,
		asked: true,
		level,
		...(first ? {refusal: 'Answer the first why to continue'} : {endsList: true}),
	};
}

function whys(investigation: Investigation): readonly Question[] {
	const answers = whyAnswers(investigation);
	const given = answers.map(({text, level, evidence = [], root}, index): Question => {
		const above = answers.slice(0, index).findLast((one) => one.level === level - 1);
		return {
			id: `why.${index + 1}`,
			step,
			name: `why ${whyNumber(answers, index)}`,
			text: `${level}  Why: ${above?.text ?? investigation.problem}?`,
			answer: text,
			given: true,
			asked: true,
			level,
			evidence,
			...(root ? {hint: 'root cause'} : {}),
			...(level === mostWhys ? {} : {endsList: true as const}),
		};
	});
	const next = nextWhy(investigation);
	return next === undefined ? given : [...given, whyAfter(investigation, next)];
}

function history(investigation: Investigation): readonly Question[] {
	return [
		textQuestion(investigation, {
			id: 'history.before',
			step,
			name: 'before',
			text: 'When did this happen before, and what was the cause?',
			hint: 'Filled in if seen before. Press ctrl-s to copy its cause too.',
		}),
		textQuestion(investigation, {
			id: 'history.changed',
			step,
			name: 'changed',
			text: 'What changed since it last worked?',
			optional: 'asked',
			hint: 'Optional. The timeline shows what was deployed',
		}),
		textQuestion(investigation, {id: 'cause.history', step, name: 'cause', text: 'What is the cause?'}),
	];
}

function rootCauseAnalysis(investigation: Investigation): readonly Question[] {
	return [
		textQuestion(investigation, {id: 'rca.happened', step, name: 'happened', text: 'What happened, in the order it happened?'}),
		textQuestion(investigation, {id: 'rca.expected', step, name: 'expected', text: 'What should have happened?'}),
		textQuestion(investigation, {id: 'rca.gap', step, name: 'diverged', text: 'Where did the two diverge, and why?'}),
		textQuestion(investigation, {
			id: 'cause.root-cause',
			step,
			name: 'cause',
			text: 'What is the root cause?',
		}),
	];
}

/** True if the list is complete. */
function isEnded({ended = []}: Investigation, list: string): boolean {
	return ended.includes(list);
}

/** `People: what could have caused this?` */
function boneQuestion(bone: Bone, more = false): string {
	return `${bone.charAt(0).toUpperCase()}${bone.slice(1)}: what ${more ? 'else ' : ''}could have caused this?`;
}

function ofBone(investigation: Investigation, bone: Bone): readonly Question[] {
	const all = investigation.bones ?? [];
	const listed = all.flatMap((cause, index): readonly Question[] =>
		cause.bone === bone
			? [
					{
						id: `bone.${index + 1}`,
						step,
						name: bone,
						text: boneQuestion(bone),
						answer: cause.text,
						given: true,
						asked: true,
						evidence: cause.evidence ?? [],
					},
				]
			: [],
	);
	if (isEnded(investigation, `bone.${bone}`)) return listed;
	const next: Question = {
		id: `bone.+${bone}`,
		step,
		name: bone,
		text: boneQuestion(bone, listed.length > 0),
		hint: 'Optional. Leave empty if there is nothing more',
		answer: '',
		given: false,
		asked: true,
		endsList: true,
	};
	return [...listed, next];
}

function fishbone(investigation: Investigation): readonly Question[] {
	const listed = investigation.bones ?? [];
	const id = 'cause.fishbone';
	const cause = textQuestion(investigation, {
		id,
		step,
		name: 'cause',
		text:
			listed.length > 1
				? 'Which of these is the cause?'
				: listed.length === 1
					? 'Is this the cause?'
					: 'Nothing is listed. What is the cause?',
		proposal: listed[0]?.text ?? '',
	});
	const choices = listed.map(({text, bone}) => ({id: text, title: text, lines: [bone]}));
	return [...bones.flatMap((bone) => ofBone(investigation, bone)), listed.length > 1 ? {...cause, choices} : cause];
}

function elimination(investigation: Investigation): readonly Question[] {
	const suspects = investigation.suspects ?? [];
	const named = suspects.map(({text, clearedBy, evidence = []}, index): Question => ({
		id: `suspect.${index + 1}`,
		step,
		name: `suspect ${index + 1}`,
		text: 'What could it be?',
		answer: text,
		given: true,
		asked: true,
		evidence,
		...(clearedBy ? {clearedBy} : {}),
	}));
	if (!isEnded(investigation, 'suspects')) {
		const next: Question = {
			id: 'suspect.+',
			step,
			name: `suspect ${suspects.length + 1}`,
			text: suspects.length === 0 ? 'What could it be? Name the first suspect' : 'What else could it be?',
			hint: suspects.length === 0 ? 'Required. One suspect at a time' : 'Leave empty when the list is complete',
			answer: '',
			given: false,
			asked: true,
			...(suspects.length === 0 ? {refusal: 'Name at least one suspect'} : {endsList: true as const}),
		};
		return [...named, next];
	}
	const cleared = suspects.map(({text, clearedBy, evidence = []}, index): Question => ({
		id: `cleared.${index + 1}`,
		step,
		name: `rules out ${index + 1}`,
		text: `What rules out ${text}?`,
		hint: 'Leave empty to keep it as a suspect',
		answer: clearedBy ?? '',
		given: clearedBy !== undefined,
		asked: true,
		evidence,
	}));
	const left = suspects.filter(({clearedBy}) => !clearedBy).map(({text}) => text);
	const cause = textQuestion(investigation, {
		id: 'cause.elimination',
		step,
		name: 'cause',
		text: left.length === 0 ? 'Every suspect is ruled out. What is the cause?' : 'Is the cause one of the remaining suspects?',
		proposal: left.join(' or '),
	});
	return [...named, ...cleared, cause];
}

const questionsOf: Readonly<Record<Method, (investigation: Investigation) => readonly Question[]>> = {
	'five-whys': whys,
	history,
	'root-cause': rootCauseAnalysis,
	fishbone,
	elimination,
};

/** The questions of the method that is chosen, in order, up to the next one of a list. */
export function causeQuestions(investigation: Investigation): readonly Question[] {
	return questionsOf[investigation.method](investigation);
}
