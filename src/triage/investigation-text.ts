/** The record of an investigation as markdown, for audits and managers: first the conclusion, then the details. Pure. */
import {type Announced, announcedOf, postWords} from '../round/incident/announced.ts';
import {mostUrgent} from '../round/outside/priority.ts';
import {ticketsOf} from '../round/investigations.ts';
import type {RoundState, Step} from '../round/round.ts';
import {sanitize, sanitizeMultiline} from '../base/terminal/sanitize.ts';
import {clockTimeOf, formatSpan, formatStamp, offsetMinutesAt} from '../base/times.ts';
import {causeQuestions} from './cause-questions.ts';
import {evidenceKey, guideOf, idOf, type Investigation} from '../round/investigation/investigation.ts';
import {type Method, methodGuides} from '../round/investigation/methods.ts';
import type {Question} from './question.ts';
import {questionsOf, rootCause} from './questions.ts';
import {stepsOf} from './steps.ts';

export interface RecordOf {
	readonly round: Pick<RoundState, 'id' | 'service' | 'environment' | 'operators' | 'outside'>;
	readonly step: Pick<Step, 'id' | 'title' | 'verdict' | 'notes' | 'tickets' | 'investigation' | 'further'>;
	/** IANA; the machine's by default. */
	readonly timeZone?: string | undefined;
}

/** Names the investigation of a record, so that a write that was interrupted is recognised. */
export function recordMark({id}: Pick<RoundState, 'id'>, investigation: Pick<Investigation, 'id' | 'step'>): string {
	return `<!-- rounds ${id} ${idOf(investigation)} -->`;
}

/** One line of markdown that shows exactly this text. */
function line(text: string): string {
	return (
		sanitize(text)
			.replaceAll(/\s+/g, ' ')
			.trim()
			.replaceAll(/[\\`*~[\]<>|]|&(?=#?\w+;)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\$&`)
			.replace(/^[-+#=]/, String.raw`\$&`)
			// A list number. A version starts like one, and digits cannot be escaped.
			.replace(/^(\d+)([.)])(?=\s|$)/, String.raw`$1\$2`)
	);
}

function link(title: string, url: string): string {
	return /^https?:\/\//.test(url) ? `[${line(title)}](<${sanitize(url).replaceAll(/[<>\s]/g, encodeURIComponent)}>)` : line(url);
}

function table(head: readonly [string, string], rows: readonly (readonly [string, string])[]): readonly string[] {
	return [`| ${head.join(' | ')} |`, '| --- | --- |', ...rows.map((cells) => `| ${cells.join(' | ')} |`)];
}

/** A fence longer than any in the text. */
function fenced(text: string): readonly string[] {
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
	const fence = '`'.repeat(longest + 1);
	return [`${fence}text`, ...sanitizeMultiline(text).split('\n'), fence];
}

function evidenceLines({evidence}: Investigation, timeZone: string | undefined): readonly string[] {
	if (evidence.length === 0) return ['No evidence was pinned.'];
	return evidence.flatMap(({text, check, at, url}, index) => {
		const where = `(${line(check)}, ${clockTimeOf(at, timeZone)}${url === undefined ? '' : `, ${link('page', url)}`})`;
		if (!text.trim().includes('\n')) return [`${index + 1}. ${line(text)} ${where}`];
		return [`${index + 1}. ${where}`, '', ...fenced(text.trim()).map((row) => `   ${row}`), ''];
	});
}

/** `(evidence 1, 3)` after an answer. */
function carried({evidence}: Investigation, {evidence: keys = []}: Question): string {
	const numbers = evidence.flatMap((one, index) => (keys.includes(evidenceKey(one)) ? [index + 1] : []));
	return numbers.length === 0 ? '' : ` (evidence ${numbers.join(', ')})`;
}

const given = (questions: readonly Question[]) => questions.filter(({given, answer}) => given && answer !== '');

function methodLines(investigation: Investigation, method: Method): readonly string[] {
	const questions = given(causeQuestions({...investigation, method}));
	if (method === 'five-whys') {
		return questions.map(
			(question) => `${'   '.repeat((question.level ?? 1) - 1)}1. ${line(question.answer)}${carried(investigation, question)}`,
		);
	}
	return questions
		.filter(({id}) => !id.startsWith('cleared.'))
		.map((question) => {
			const {clearedBy} = question;
			const said = clearedBy === undefined ? line(question.answer) : `~~${line(question.answer)}~~ ruled out by: ${line(clearedBy)}`;
			return `- ${line(question.name)}: ${said}${carried(investigation, question)}`;
		});
}

const titleOf = (method: Method) => methodGuides.find((guide) => guide.method === method)?.title ?? method;

function causeLines(investigation: Investigation): readonly string[] {
	const {method, problem} = investigation;
	const others = methodGuides
		.map(({method}) => method)
		.filter((other) => other !== method)
		.flatMap((other) => {
			const lines = methodLines(investigation, other);
			return lines.length === 0 ? [] : ['', `Also examined with ${titleOf(other)}:`, '', ...lines];
		});
	return [
		`## Cause, by ${titleOf(method)}`,
		'',
		...(method === 'five-whys' ? [`Why: ${line(problem)}?`, ''] : []),
		...methodLines(investigation, method),
		'',
		`**Root cause:** ${line(rootCause(investigation) ?? 'not found')}`,
		...others,
	];
}

function answersOf(investigation: Investigation, step: Question['step'], without: readonly string[] = []): readonly string[] {
	return given(questionsOf(investigation))
		.filter((question) => question.step === step && !without.includes(question.id))
		.map(({text, answer}) => `- ${line(text)} ${line(answer)}`);
}

/** @param linked Addresses of its tickets, which the facts list with their titles. */
function summary(investigation: Investigation, linked: readonly string[]): readonly string[] {
	const guide = guideOf(investigation.outcome);
	const isTold = ({id, answer}: Question) =>
		id === 'outcome' || (id === 'ticket' && answer.split(', ').every((one) => linked.includes(one)));
	const asks = given(questionsOf(investigation)).filter((question) => question.step === 'outcome' && !isTold(question));
	const done = given(questionsOf(investigation)).filter(({id}) => id === 'fix' || id === 'action');
	return [
		`**Outcome:** ${guide ? `${guide.title}. ${guide.action}` : 'none yet'}`,
		`**Cause:** ${line(rootCause(investigation) ?? 'not found')}`,
		...asks.map(({name, answer}) => `**${name[0]?.toUpperCase() ?? ''}${name.slice(1)}:** ${line(answer)}`),
		...done.map(({id, answer}) => `**${id === 'fix' ? 'Fixed by' : 'Done'}:** ${line(answer)}`),
	].flatMap((text, index) => (index === 0 ? [text] : ['', text]));
}

/** The external changes for this check and their results: an audit asks for them. */
function changeLines(
	{outside = []}: Pick<RoundState, 'outside'>,
	{step, timeZone}: {readonly step: string; readonly timeZone: string | undefined},
): readonly string[] {
	return outside
		.filter((one) => one.step === step)
		.map(({at, operator, title, outcome}) => {
			const states = {done: '', failed: 'failed, nothing was changed: ', unsure: 'delivery unknown: '};
			const went = outcome ? `${states[outcome.state]}${outcome.text}` : 'delivery unknown';
			return `- ${clockTimeOf(at, timeZone)} ${line(operator)}: ${line(title)} (${line(went)})`;
		});
}

/** Where and when it was announced and resolved. */
function announcedFact({original, resolved}: Announced, stamp: (at: number) => string): string {
	const where = original.post.url === undefined ? line(original.system) : link(original.system, original.post.url);
	return `${stamp(original.at)} (${where})${resolved ? `, resolved ${stamp(resolved.at)}` : ''}`;
}

/** Each message with its time, as rows of the steps. */
function messageRows(announced: Announced | undefined, stamp: (at: number) => string): readonly (readonly [string, string])[] {
	if (!announced) return [];
	const {original, updates, resolved} = announced;
	return [original, ...updates, ...(resolved ? [resolved] : [])]
		.toSorted((a, b) => a.at - b.at)
		.map(({at, post: {kind, url}}) => [postWords[kind], `${stamp(at)}${url === undefined ? '' : ` (${link('message', url)})`}`]);
}

/** The whole record. Ends in a line break. */
export function recordText(investigation: Investigation, {round, step, timeZone}: RecordOf): string {
	const stamp = (at: number) => formatStamp({at, offsetMinutes: offsetMinutesAt(at, timeZone)});
	const {openedAt, closedAt} = investigation;
	const finding = step.verdict?.finding;
	const linked = ticketsOf(step, investigation);
	const tickets = linked.map(({title, url, priority}) => `${priority === undefined ? '' : `${priority} `}${link(title, url)}`);
	const priority = mostUrgent(linked.map((ticket) => ticket.priority));
	const announced = announcedOf(round, investigation);
	const facts: readonly (readonly [string, string])[] = [
		['Service', line(`${round.service}, ${round.environment}`)],
		['Check', line(finding ? `${step.title}: ${finding.status}, ${finding.summary}` : step.title)],
		['Operator', line(round.operators.join(', '))],
		['Opened', stamp(openedAt)],
		['Closed', closedAt === undefined ? 'not yet' : `${stamp(closedAt)}, after ${formatSpan(closedAt - openedAt)}`],
		...(priority === undefined ? [] : [['Priority', priority] as const]),
		...(announced ? [['Announced', announcedFact(announced, stamp)] as const] : []),
		...(tickets.length === 0 ? [] : [['Tickets', tickets.join(', ')] as const]),
		['Round', line(round.id)],
	];
	const scope = answersOf(investigation, 'understand', ['problem']);
	const resolution = answersOf(investigation, 'resolve');
	const steps = [
		...stepsOf(investigation).map(({name, at}) => [name, at === undefined ? 'not recorded' : stamp(at)] as const),
		...messageRows(announced, stamp),
	];
	const changes = changeLines(round, {step: step.id, timeZone});
	const notes = step.notes.map(({at, operator, text}) => `- ${clockTimeOf(at, timeZone)} ${line(operator)}: ${line(text)}`);
	return [
		`# ${line(investigation.problem)}`,
		'',
		...summary(
			investigation,
			linked.map(({url}) => url),
		),
		'',
		...table(['', ''], facts),
		'',
		'## Scope',
		'',
		...(scope.length === 0 ? ['Nothing recorded beyond the problem.'] : scope),
		'',
		'## Evidence',
		'',
		...evidenceLines(investigation, timeZone),
		'',
		...causeLines(investigation),
		'',
		'## Outcome',
		'',
		...answersOf(investigation, 'outcome'),
		'',
		'## Resolution',
		'',
		...(resolution.length === 0 ? ['Nothing recorded.'] : resolution),
		'',
		...(changes.length === 0 ? [] : ['## Changes in other systems', '', ...changes, '']),
		...(notes.length === 0 ? [] : ['## Notes', '', ...notes, '']),
		'## Steps',
		'',
		...table(['step', 'done at'], steps),
		'',
		recordMark(round, investigation),
		'',
	].join('\n');
}
