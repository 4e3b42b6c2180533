/** The answers to the whys as a tree: a why may have several answers, and each can have its own next why. Pure. */
import type {Investigation} from './investigation.ts';
import type {WhyAnswer} from './why-answer.ts';
import {patched} from '../../base/patch.ts';

export const mostWhys = 5;

/** Every answer. Old rounds have a single chain. */
export function whyAnswers({answered, whys}: Pick<Investigation, 'answered' | 'whys'>): readonly WhyAnswer[] {
	return answered ?? whys.map((text, index) => ({text, level: index + 1}));
}

/** The index after the last answer below `index`; -1 means the problem itself. */
function endOf(answers: readonly WhyAnswer[], index: number): number {
	const level = answers[index]?.level ?? 0;
	const next = answers.findIndex((one, at) => at > index && one.level <= level);
	return next < 0 ? answers.length : next;
}

const isLeaf = (answers: readonly WhyAnswer[], index: number) => endOf(answers, index) === index + 1;

/** The answers that lead to the one at `index`, itself last. */
function chainTo(answers: readonly WhyAnswer[], index: number): readonly WhyAnswer[] {
	const chain: WhyAnswer[] = [];
	let level = Number.POSITIVE_INFINITY;
	for (let at = index; at >= 0; at--) {
		const answer = answers[at];
		if (!answer || answer.level >= level) continue;
		chain.unshift(answer);
		({level} = answer);
	}
	return chain;
}

/** Sets the answers, and the chain for readers that know only the chain. */
function withAnswers(investigation: Investigation, answers: readonly WhyAnswer[]): Investigation {
	const marked = answers.findIndex(({root}) => root);
	const root = marked >= 0 ? marked : answers.findIndex((_one, index) => isLeaf(answers, index));
	const plain = answers.every(({level, evidence, ended, root}, index) => level === index + 1 && !evidence && !ended && !root);
	return patched(investigation, {whys: chainTo(answers, root).map(({text}) => text), answered: plain ? undefined : answers});
}

/** Index of the answer whose why comes next, -1 for the problem; undefined if no why is left. */
export function nextWhy(investigation: Investigation): number | undefined {
	const answers = whyAnswers(investigation);
	if (answers.length === 0) return -1;
	if (investigation.whysDone) return undefined;
	const open = answers.findIndex((one, index) => isLeaf(answers, index) && !one.ended && one.level < mostWhys);
	return open < 0 ? undefined : open;
}

/** Adds an answer to the why of the answer at `index` (-1: of the problem), after its other answers. */
export function addWhy(investigation: Investigation, index: number, text: string): Investigation {
	const answers = whyAnswers(investigation);
	const level = (answers[index]?.level ?? 0) + 1;
	if (level > mostWhys || index >= answers.length) return investigation;
	return withAnswers(investigation, answers.toSpliced(endOf(answers, index), 0, {text, level}));
}

function changeWhy(investigation: Investigation, index: number, change: (answer: WhyAnswer) => WhyAnswer): Investigation {
	const answers = whyAnswers(investigation);
	const answer = answers[index];
	return answer ? withAnswers(investigation, answers.with(index, change(answer))) : investigation;
}

/** The answer in other words. */
export function rewordWhy(investigation: Investigation, index: number, text: string): Investigation {
	return changeWhy(investigation, index, (answer) => ({...answer, text}));
}

/** Ends the chain at the answer at `index`. */
export function endWhy(investigation: Investigation, index: number): Investigation {
	const answers = whyAnswers(investigation);
	if (!answers[index] || !isLeaf(answers, index)) return investigation;
	const others = answers.some((one, at) => at !== index && isLeaf(answers, at) && !one.ended && one.level < mostWhys);
	return others ? changeWhy(investigation, index, (answer) => ({...answer, ended: true})) : {...investigation, whysDone: true};
}

/** Marks the answer at `index` as the root cause and ends the whys. */
export function markRoot(investigation: Investigation, index: number): Investigation {
	const answers = whyAnswers(investigation);
	// The last answer of a single chain is its root cause without a mark.
	if (answers.every(({level}, at) => level === at + 1) && index === answers.length - 1) return {...investigation, whysDone: true};
	const marked = answers.map((answer, at) => patched(answer, {root: at === index ? true : undefined}));
	return {...withAnswers(investigation, marked), whysDone: true};
}

/** Links evidence to the answer at `index`. */
export function evidenceForWhy(investigation: Investigation, index: number, evidence: readonly string[]): Investigation {
	return changeWhy(investigation, index, (answer) => patched(answer, {evidence: evidence.length === 0 ? undefined : evidence}));
}

/** `2`, or `1.2` if a why has several answers: the position at each level. */
export function whyNumber(answers: readonly WhyAnswer[], index: number): string {
	const branched = answers.some(({level}, at) => level !== at + 1);
	if (!branched) return String(index + 1);
	const counts: number[] = [];
	for (const {level} of answers.slice(0, index + 1)) {
		counts.length = level;
		counts[level - 1] = (counts[level - 1] ?? 0) + 1;
	}
	return Array.from(counts, (count) => count ?? 1).join('.');
}
