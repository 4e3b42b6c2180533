/** A first runbook from an investigation, written by whoever met the failure first. Pure. */
import {stringify} from 'yaml';
import {sanitize} from '../base/terminal/sanitize.ts';
import {dayOf} from '../base/times.ts';
import {answerTo, type Investigation} from '../round/investigation/investigation.ts';
import {rootCause} from './questions.ts';

export interface StubOf {
	readonly service: string;
	readonly operator: string;
	/** Epoch milliseconds. */
	readonly at: number;
}

const oneLine = (text: string) => sanitize(text).replaceAll(/\s+/g, ' ').trim();

/** `api-dies-of-memory`: the file's name without `.md`, from the problem's words. */
export function stubName({problem}: Pick<Investigation, 'problem'>): string {
	const words = oneLine(problem)
		.toLowerCase()
		.normalize('NFKD')
		.replaceAll(/[^a-z0-9]+/g, '-')
		.replaceAll(/^-+|-+$/g, '')
		// At most 60 characters, up to a whole word.
		.replace(/^(.{1,60})(?:-.*)?$|^(.{60}).*$/, '$1$2');
	return words === '' ? 'runbook' : words;
}

/** The known text, or a question that says what to write. */
const orAsk = (text: string | undefined, ask: string) => (text === undefined || text.trim() === '' ? `_${ask}_` : oneLine(text));

/** The whole file: front matter, and the sections every runbook has. */
export function runbookStub(investigation: Investigation, {service, operator, at}: StubOf): string {
	const {problem, step, evidence} = investigation;
	const told = (id: string) => answerTo(investigation, id) || undefined;
	const looked = evidence.map(({text}, index) => `${index + 1}. ${oneLine(text)}`);
	const front = stringify({
		title: oneLine(problem),
		checks: [step],
		matches: [],
		services: [service],
		owner: operator,
		last_reviewed_on: dayOf(at),
		review_in: '180d',
	});
	const sections: readonly (readonly [string, readonly string[]])[] = [
		['Symptom', [oneLine(problem)]],
		['First look', looked.length > 0 ? looked : ['_What distinguishes it from other failures? Write the command that shows it._']],
		['Decide', [orAsk(rootCause(investigation), 'What was the cause, and how do you recognise it?')]],
		['Do', [orAsk(told('fix') ?? told('action'), 'How do you fix it? One step per line, with its command below.')]],
		['Undo', ['_How do you undo each step?_']],
		['Who to call', [orAsk(told('contact'), 'Who knows this part, day and night?')]],
	];
	// The operator decides what else matches: a pattern that is too wide hides a better runbook.
	const asking = front.replace(/^matches: \[\]$/m, "matches: [] # text of the rows it is for, such as ['QueueFull']");
	return `---\n${asking}---\n\n${sections.map(([title, lines]) => `## ${title}\n\n${lines.join('\n')}\n`).join('\n')}`;
}
