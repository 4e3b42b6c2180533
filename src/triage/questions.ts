/** The whole form: every question in order, the next one, and what an answer changes. Pure. */
import {plural} from '../base/figures.ts';
import {causeQuestions, whyAfter} from './cause-questions.ts';
import {
	answerTo,
	type Ask,
	type Bone,
	bones,
	guideOf,
	type Investigation,
	type Outcome,
	type OutcomeGuide,
	outcomeGuides,
	outcomes,
	type StepName,
} from '../round/investigation/investigation.ts';
import {type MethodGuide, methodGuides, methods} from '../round/investigation/methods.ts';

import {type Question, textQuestion} from './question.ts';
import {escalationAsk} from './recurrence.ts';
import {addWhy, endWhy, evidenceForWhy, markRoot, nextWhy, rewordWhy, whyAnswers} from '../round/investigation/whys.ts';

/** Details that help to understand and resolve. They are not asked automatically (seeds 003). */
const details: readonly (readonly [StepName, string, string, string])[] = [
	['understand', 'who', 'who', 'Who is affected, and who noticed?'],
	['understand', 'what', 'what', 'What exactly fails, and what still works?'],
	['understand', 'when', 'when', 'Since when, and how often?'],
	['understand', 'context', 'context', 'In which context: environment, version, request?'],
	['understand', 'message', 'message', 'What does the message say, word for word?'],
	['understand', 'type', 'type', 'Which type: technical, functional, data or access?'],
	['resolve', 'contact', 'contact', 'Who is responsible, and who was notified?'],
	['resolve', 'fix', 'fix', 'What fixes it?'],
	['resolve', 'action', 'action', 'What was done by hand?'],
];

function detailQuestions(investigation: Investigation, step: StepName): readonly Question[] {
	return details
		.filter(([of]) => of === step)
		.map(([step, id, name, text]) => textQuestion(investigation, {id, step, name, text, optional: 'aside', hint: 'Optional'}));
}

function problemQuestion({problem}: Investigation): Question {
	return {
		id: 'problem',
		step: 'understand',
		name: 'problem',
		text: 'What is the problem, in one sentence?',
		hint: 'Press enter to keep the text',
		answer: problem,
		given: problem !== '',
		asked: true,
		refusal: 'Problem is required',
	};
}

/** `five whys (now, 2 answers)`: the chosen method, and that the answers of the others are kept. */
function methodTitle(investigation: Investigation, {method, title}: MethodGuide): string {
	const said = causeQuestions({...investigation, method}).filter(({given, answer}) => given && answer !== '').length;
	const state = [...(method === investigation.method ? ['now'] : []), ...(said > 0 ? [plural(said, 'answer')] : [])];
	return state.length === 0 ? title : `${title} (${state.join(', ')})`;
}

function methodQuestion(investigation: Investigation): Question {
	return {
		id: 'method',
		step: 'cause',
		name: 'method',
		text: 'Which method do you want to use?',
		choices: methodGuides.map((guide) => ({
			id: guide.method,
			title: methodTitle(investigation, guide),
			lines: [`+ ${guide.pros}`, `- ${guide.cons}`],
		})),
		answer: investigation.method,
		given: false,
		asked: false,
	};
}

/** A choice of the outcome. It is not asked for investigations that were closed before it existed. */
function askChoice(investigation: Investigation, {id, name, text, choices = []}: Ask): Question {
	const title = choices.find((choice) => choice.id === answerTo(investigation, id))?.title;
	const given = title !== undefined;
	return {id, step: 'outcome', name, text, choices, answer: title ?? '', given, asked: given || investigation.closedAt === undefined};
}

function askQuestion(investigation: Investigation, {title}: Pick<OutcomeGuide, 'title'>, asked: Ask): Question {
	const {id, name, text, optional} = asked;
	if (asked.choices) return askChoice(investigation, asked);
	const ask = textQuestion(investigation, {
		id,
		step: 'outcome',
		name,
		text,
		optional: optional ? 'asked' : undefined,
		hint: optional ? (id === 'ticket' ? 'Optional. Press ctrl-y to write one.' : 'Optional') : 'Required',
		refusal: `Required to close as ${title}. Press esc to cancel.`,
	});
	if (id !== 'follow-up') return ask;
	const {followUp} = investigation;
	return {...ask, answer: followUp ?? '', given: optional ? followUp !== undefined : Boolean(followUp)};
}

function outcomeQuestions(investigation: Investigation): readonly Question[] {
	const guide = guideOf(investigation.outcome);
	const choice: Question = {
		id: 'outcome',
		step: 'outcome',
		name: 'outcome',
		text: 'What is the outcome?',
		choices: outcomeGuides.map(({outcome, title, action}) => ({id: outcome, title, lines: [action]})),
		answer: guide?.title ?? '',
		given: guide !== undefined,
		asked: true,
	};
	if (!guide) return [choice];
	const escalation = escalationAsk(investigation);
	return [choice, ...[...guide.asks, ...(escalation ? [escalation] : [])].map((ask) => askQuestion(investigation, guide, ask))];
}

/** Every question that can be answered now, in order: the answered ones, the next one and the optional ones. */
export function questionsOf(investigation: Investigation): readonly Question[] {
	const problem = problemQuestion(investigation);
	const understood = [problem, ...detailQuestions(investigation, 'understand')];
	if (!problem.given) return understood;
	const cause = causeQuestions(investigation);
	const before = [...understood, methodQuestion(investigation), ...cause];
	if (cause.some(({asked, given}) => asked && !given)) return before;
	return [...before, ...detailQuestions(investigation, 'resolve'), ...outcomeQuestions(investigation)];
}

/** The question of that id; undefined if it cannot be answered now. */
export function questionAt(investigation: Investigation, id: string): Question | undefined {
	const found = questionsOf(investigation).find((question) => question.id === id);
	const more = /^why\.(\d+)\.more$/.exec(id);
	if (found || !more || investigation.method !== 'five-whys') return found;
	const index = Number(more[1]) - 1;
	if (index >= whyAnswers(investigation).length) return undefined;
	return {...whyAfter(investigation, index), id, hint: 'Optional. Another answer to the same why'};
}

/** The question to ask now; undefined once all are answered. */
export function nextQuestion(investigation: Investigation): Question | undefined {
	return questionsOf(investigation).find(({asked, given}) => asked && !given);
}

/** True once every question that is asked has its answer; only then it can be closed. */
export function isComplete(investigation: Investigation): boolean {
	return nextQuestion(investigation) === undefined;
}

/** The id for another answer to the same why; undefined for other questions. */
export function besideWhy(investigation: Investigation, id: string): string | undefined {
	const [, number, more] = /^why\.(\d+)(\.more)?$/.exec(id) ?? [];
	if (number === undefined) return undefined;
	if (more !== undefined) return id;
	const answers = whyAnswers(investigation);
	const level = (answers[Number(number) - 1]?.level ?? (answers.at(-1)?.level ?? 0) + 1) - 1;
	const above = level === 0 ? -1 : answers.slice(0, Number(number) - 1).findLastIndex((one) => one.level === level);
	return `why.${above + 1}.more`;
}

function answerWhy(investigation: Investigation, id: string, text: string): Investigation {
	const [, digits, more] = /^why\.(\d+)(\.more)?$/.exec(id) ?? [];
	const number = Number(digits);
	const answers = whyAnswers(investigation);
	if (more === undefined && number <= answers.length) return text === '' ? investigation : rewordWhy(investigation, number - 1, text);
	const index = more === undefined ? number - 2 : number - 1;
	if (text !== '') return addWhy(investigation, index, text);
	return index >= 0 && nextWhy(investigation) === index ? endWhy(investigation, index) : investigation;
}

function end(investigation: Investigation, list: string): Investigation {
	const {ended = []} = investigation;
	return ended.includes(list) ? investigation : {...investigation, ended: [...ended, list]};
}

function answerBone(investigation: Investigation, id: string, text: string): Investigation {
	const {bones: causes = []} = investigation;
	const bone = bones.find((bone): bone is Bone => id === `bone.+${bone}`);
	if (bone) return text === '' ? end(investigation, `bone.${bone}`) : {...investigation, bones: [...causes, {bone, text}]};
	const index = Number(id.slice('bone.'.length)) - 1;
	const cause = causes[index];
	return cause && text !== '' ? {...investigation, bones: causes.with(index, {...cause, text})} : investigation;
}

function answerSuspect(investigation: Investigation, id: string, text: string): Investigation {
	const {suspects = []} = investigation;
	if (id === 'suspect.+') {
		if (text !== '') return {...investigation, suspects: [...suspects, {text}]};
		return suspects.length === 0 ? investigation : end(investigation, 'suspects');
	}
	const [kind, number] = id.split('.');
	const index = Number(number) - 1;
	const suspect = suspects[index];
	if (!suspect) return investigation;
	if (kind === 'cleared') return {...investigation, suspects: suspects.with(index, {...suspect, clearedBy: text})};
	return text === '' ? investigation : {...investigation, suspects: suspects.with(index, {...suspect, text})};
}

/** Sets the outcome. Answers to an earlier choice of the same outcome come back. */
function chooseOutcome(investigation: Investigation, outcome: Outcome): Investigation {
	const {outcome: before, followUp, answers = {}, ...rest} = investigation;
	if (before === outcome) return investigation;
	const kept = before !== undefined && followUp !== undefined ? {...answers, [`${before}.follow-up`]: followUp} : answers;
	const again = kept[`${outcome}.follow-up`];
	return {
		...rest,
		outcome,
		whysDone: true,
		...(Object.keys(kept).length === 0 ? {} : {answers: kept}),
		...(again === undefined ? {} : {followUp: again}),
	};
}

/**
 * Sets or changes the answer to the question of that id. A choice is answered by its id, every other question by a text.
 * An empty text ends a list, and changes nothing if the answer is required.
 */
export function answer(investigation: Investigation, id: string, given: string): Investigation {
	const text = given.trim();
	const question = questionAt(investigation, id);
	if (!question || (text === '' && question.refusal !== undefined)) return investigation;
	if (question.choices && !question.choices.some((choice) => choice.id === text)) return investigation;
	if (id === 'problem') return {...investigation, problem: text};
	if (id === 'method') {
		const method = methods.find((method) => method === text);
		return method ? {...investigation, method} : investigation;
	}
	if (id === 'outcome') {
		const outcome = outcomes.find((outcome) => outcome === text);
		return outcome ? chooseOutcome(investigation, outcome) : investigation;
	}
	if (id === 'follow-up') return {...investigation, followUp: text};
	if (id.startsWith('why.')) return answerWhy(investigation, id, text);
	if (id.startsWith('bone.')) return answerBone(investigation, id, text);
	if (id.startsWith('suspect.') || id.startsWith('cleared.')) return answerSuspect(investigation, id, text);
	return {...investigation, answers: {...investigation.answers, [id]: text}};
}

/** Index of the answer that is changed, or that the why is about (-1: the problem); undefined for other questions. */
function whyIndex(investigation: Investigation, id: string): number | undefined {
	const [, digits, more] = /^why\.(\d+)(\.more)?$/.exec(id) ?? [];
	if (digits === undefined) return undefined;
	const isGiven = more === undefined && Number(digits) <= whyAnswers(investigation).length;
	return Number(digits) - (isGiven || more !== undefined ? 1 : 2);
}

/** Id of the answer that gets the evidence at that question: its own, the one that a why is about, or the last one. */
export function carrierAt(investigation: Investigation, id: string): string | undefined {
	const index = whyIndex(investigation, id);
	const there = index === undefined ? id : `why.${index + 1}`;
	const all = questionsOf(investigation).filter(({evidence}) => evidence !== undefined);
	return (all.find((question) => question.id === there) ?? all.at(-1))?.id;
}

/** Completes the list of the question. The cause comes next, or the outcome if the list is the cause. */
export function endList(investigation: Investigation, id: string): Investigation {
	if (id.startsWith('bone.')) return bones.reduce((all, bone) => end(all, `bone.${bone}`), investigation);
	if (id.startsWith('suspect.')) return (investigation.suspects ?? []).length === 0 ? investigation : end(investigation, 'suspects');
	const index = whyIndex(investigation, id);
	if (index === undefined || whyAnswers(investigation).length === 0) return investigation;
	return index < 0 ? {...investigation, whysDone: true} : markRoot(investigation, index);
}

/** Replaces the evidence of that answer; returns the same investigation if the answer cannot have evidence. */
export function attach(investigation: Investigation, id: string, evidence: readonly string[]): Investigation {
	const [kind, number] = id.split('.');
	const index = Number(number) - 1;
	if (kind === 'why') return evidenceForWhy(investigation, index, evidence);
	const cause = kind === 'bone' ? investigation.bones?.[index] : undefined;
	if (cause) return {...investigation, bones: (investigation.bones ?? []).with(index, {...cause, evidence})};
	const suspect = kind === 'suspect' || kind === 'cleared' ? investigation.suspects?.[index] : undefined;
	if (suspect) return {...investigation, suspects: (investigation.suspects ?? []).with(index, {...suspect, evidence})};
	return investigation;
}

/** The cause as far as the chosen method knows it. */
export function rootCause({
	method = 'five-whys',
	whys,
	answers,
}: Pick<Investigation, 'whys' | 'answers'> & Partial<Pick<Investigation, 'method'>>): string | undefined {
	return method === 'five-whys' ? whys.at(-1) : answers?.[`cause.${method}`] || undefined;
}
