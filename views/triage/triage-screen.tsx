import {Box} from 'ink';
import {type Announced, announcedOf, announcedWords, postWords} from '../../src/round/incident/announced.ts';
import {clockTimeOf} from '../../src/base/times.ts';
import {wrapAtMost, wrapWords} from '../../src/base/terminal/wrap.ts';
import {findInvestigation} from '../../src/round/investigations.ts';
import {evidenceKey, type Investigation, type StepName} from '../../src/round/investigation/investigation.ts';
import {methodGuides} from '../../src/round/investigation/methods.ts';
import type {Question} from '../../src/triage/question.ts';
import {questionsOf} from '../../src/triage/questions.ts';
import {stepsOf} from '../../src/triage/steps.ts';
import {choiceLines} from './choice-lines.ts';
import {useSession} from '../session/context.ts';
import {layoutOf} from '../session/layout.ts';
import {liveLines} from './live-lines.ts';
import {Lines} from '../kit/lines.tsx';
import {draw, type Parts, spread} from '../kit/line.ts';
import {drawField} from '../kit/text-field.ts';
import {seenAtTriage, seenLines} from '../session/seen.ts';
import type {Triage} from '../session/session.ts';
import type {Theme} from '../kit/theme.ts';
import {timelineLines, timelineNow} from './timeline-lines.ts';
import {useNow} from '../kit/use-now.ts';
import {useStore} from '../kit/use-store.ts';
import {questionOf} from '../session/screen-of.ts';
import {useRun} from '../session/use-run.ts';

/** Where the three parts are; without steps and side the form has the whole width. */
function partsOf(columns: number): {readonly steps: number; readonly form: number; readonly side: number} {
	if (columns < 80) return {steps: 0, form: columns, side: 0};
	const steps = columns >= 100 ? 21 : 18;
	const side = columns >= 180 ? 78 : columns >= 160 ? 60 : columns >= 120 ? 42 : 21;
	return {steps, form: columns - steps - side, side};
}

interface StepsOf {
	readonly investigation: Investigation;
	readonly current: StepName | undefined;
	readonly announced: Announced | undefined;
}

/** What was announced, below the steps. */
function toldLines(theme: Theme, announced: Announced | undefined, columns: number): readonly string[] {
	if (!announced) return [];
	const {original, resolved} = announced;
	return [original, ...(resolved ? [resolved] : [])].map(({at, post}) =>
		draw(theme, [' ', {text: `${clockTimeOf(at)} `, tone: 'dim'}, postWords[post.kind]], columns),
	);
}

function stepLines(theme: Theme, {investigation, current, announced}: StepsOf, columns: number): readonly string[] {
	const steps = stepsOf(investigation, current).map(({name, at, now}) =>
		draw(
			theme,
			[
				{text: now ? theme.symbols.cursor : ' ', tone: 'strong'},
				{text: at === undefined ? '  -   ' : `${clockTimeOf(at)} `, tone: 'dim'},
				{text: name, tone: now ? 'strong' : at === undefined ? 'dim' : 'plain'},
			],
			columns,
		),
	);
	return [...steps, ...toldLines(theme, announced, columns)];
}

/** Where there is no room for a column of steps, one line says which one it is. */
function stepStrip(theme: Theme, {investigation, current, announced}: StepsOf, columns: number): string {
	const parts = stepsOf(investigation, current).flatMap(({name, at, now}): Parts => [
		{text: ` ${name}`, tone: now ? 'strong' : 'dim'},
		{text: at === undefined ? '' : ` ${clockTimeOf(at)}`, tone: 'dim'},
	]);
	const told: Parts = announced ? [` ${announcedWords(announced)}`] : [];
	return draw(theme, [...parts, ...told], columns);
}

/** `[1 3]`: the numbers of the evidence that an answer carries. */
function marks({evidence}: Investigation, {evidence: carried = []}: Pick<Question, 'evidence'>): string {
	const numbers = evidence.flatMap((one, index) => (carried.includes(evidenceKey(one)) ? [index + 1] : []));
	return numbers.length === 0 ? '' : `  [${numbers.join(' ')}]`;
}

/** An answer already given, under its name; a suspect that is ruled out is crossed out. */
function answerLines(theme: Theme, investigation: Investigation, question: Question, columns: number): readonly string[] {
	const {name, answer, level = 1, clearedBy} = question;
	// A single chain is in one column; of branches each answer is below the one that it explains.
	const indent = name.includes('.') ? '  '.repeat(level - 1) : '';
	const label = name.length > 10 ? name.replace('why ', '') : name;
	const crossed = clearedBy === undefined ? '' : ` ${theme.symbols.arrow} ruled out: ${clearedBy}`;
	const text = `${clearedBy === undefined ? answer : `(${answer})`}${crossed}${marks(investigation, question)}`;
	return wrapWords(text, columns - 13 - indent.length).map((line, index) =>
		draw(
			theme,
			[
				{text: ` ${(index === 0 ? label : '').padEnd(11)}${indent}`, tone: 'dim'},
				{text: line, tone: clearedBy === undefined ? 'plain' : 'dim'},
			],
			columns,
		),
	);
}

/** The answers above the question; those behind it wait below. */
function earlier(theme: Theme, investigation: Investigation, question: Question | undefined, columns: number): readonly string[] {
	const all = questionsOf(investigation);
	const at = all.findIndex(({id}) => id === question?.id);
	const method = methodGuides.find(({method}) => method === investigation.method);
	// What clears a suspect is with it.
	const given = all.slice(0, at < 0 ? all.length : at).filter(({given, id}) => given && !id.startsWith('cleared.'));
	const first = given.findIndex(({step}) => step === 'cause');
	return given.flatMap((one, index) => [
		...(index === first && method ? [draw(theme, [{text: ` by ${method.title}`, tone: 'dim'}], columns)] : []),
		...answerLines(theme, investigation, one, columns),
	]);
}

function questionLines(
	theme: Theme,
	{question, triage}: {readonly question: Question; readonly triage: Triage},
	columns: number,
): readonly string[] {
	const asked = wrapWords(question.text, columns - 2).map((line) => draw(theme, [{text: ` ${line}`, tone: 'strong'}], columns));
	if (question.choices) {
		const hint =
			triage.attaching === undefined ? [] : ['', draw(theme, [{text: '   enter marks it, left goes back', tone: 'dim'}], columns)];
		return [...asked, '', ...choiceLines(theme, question.choices, triage.selected, columns), ...hint];
	}
	const typed = drawField(theme, triage.field, columns - 6).map((line, index) => theme.paint('strong', index === 0 ? ' > ' : '   ') + line);
	const hints = wrapWords(question.hint ?? '', columns - 4).map((line) => draw(theme, [{text: `   ${line}`, tone: 'dim'}], columns));
	return [...asked, ...typed, '', ...hints];
}

/** The pins with the numbers that answers refer to them by. */
function evidenceLines(
	theme: Theme,
	{evidence}: Investigation,
	{columns, rows}: {readonly columns: number; readonly rows: number},
): readonly string[] {
	if (evidence.length === 0) return [draw(theme, [{text: ' No evidence yet', tone: 'dim'}], columns)];
	const most = Math.max(1, Math.floor((rows - 1) / evidence.length));
	const all = evidence.flatMap(({text}, index) => {
		return wrapAtMost(text, columns - 5, Math.min(most, 6)).map((line, at) =>
			draw(theme, [{text: at === 0 ? ` ${String(index + 1).padStart(2)} ` : '    ', tone: 'dim'}, line], columns - 1),
		);
	});
	const shown =
		all.length > rows - 1
			? [...all.slice(0, rows - 2), draw(theme, [{text: ` ${theme.symbols.ellipsis} and more`, tone: 'dim'}], columns)]
			: all;
	return [draw(theme, [{text: ' Evidence', tone: 'strong'}], columns), ...shown];
}

/** The part of the lines that has the last ones in it: the question is at the end, above it what fits. */
function lastOf(head: readonly string[], above: readonly string[], question: readonly string[], rows: number): readonly string[] {
	const room = Math.max(0, rows - head.length - question.length - 1);
	return [...head, ...above.slice(Math.max(0, above.length - room)), '', ...question];
}

/** An investigation: its steps with their times, one question at a time under the answers given, the evidence and the time line next to. */
export function TriageScreen({triage}: {readonly triage: Triage}) {
	const session = useSession();
	const {app, theme} = session;
	const {columns, bodyRows} = layoutOf(useStore(session.ui));
	const round = useStore(app.round);
	const memory = useStore(app.memory);
	const run = useRun(triage.step);
	const now = useNow(app.clock, 10_000);
	const step = round.steps.find(({id}) => id === triage.step);
	const investigation = findInvestigation(round, triage);
	if (!step || !investigation) return null;
	// In a replay nothing is asked: every answer is there to be read.
	const question = app.replayOf === undefined ? questionOf(round, triage) : undefined;
	const shown = {investigation, current: question?.step, announced: announcedOf(round, investigation)};
	const parts = partsOf(columns);
	const {steps} = parts;
	const beside = question?.id === 'method' && parts.form < 62 ? 0 : parts.side;
	const form = columns - steps - beside;
	const head = [
		spread(
			theme,
			{
				left: [{text: ` Triage of ${step.title.toLowerCase()}`, tone: 'strong'}],
				right: [{text: `since ${clockTimeOf(investigation.openedAt)} `, tone: 'dim'}],
			},
			form,
		),
		...(steps === 0 ? [stepStrip(theme, shown, form)] : []),
		'',
	];
	const past = memory.past.length === 0 ? [] : seenAtTriage(session, investigation);
	// Without room next to the form the best one is where its problem is asked for.
	const briefly = parts.side < 42 && question?.id === 'problem' ? seenLines(theme, past, {columns: form, rows: 2, now}) : [];
	const asked = [...(question ? questionLines(theme, {question, triage}, form) : []), ...(briefly.length > 0 ? ['', ...briefly] : [])];
	const middle = lastOf(head, earlier(theme, investigation, question, form), asked, bodyRows);
	if (beside === 0) {
		const rest = bodyRows - middle.length - 1;
		const below = steps === 0 && rest > 2 ? ['', ...evidenceLines(theme, investigation, {columns: form, rows: rest})] : [];
		return (
			<Box height={bodyRows}>
				{steps > 0 && <Lines columns={steps} rows={bodyRows} lines={['', '', ...stepLines(theme, shown, steps)]} />}
				<Lines columns={form} rows={bodyRows} lines={[...middle, ...below]} />
			</Box>
		);
	}
	const drawn = timelineLines(theme, timelineNow(session, now), {columns: beside, most: Math.min(14, Math.floor(bodyRows * 0.45))});
	const seen = beside < 42 ? [] : seenLines(theme, past, {columns: beside, rows: 7, now});
	const taken = (drawn.length > 0 ? drawn.length + 1 : 0) + (seen.length > 0 ? seen.length + 1 : 0);
	const settled = [
		'',
		'',
		...evidenceLines(theme, investigation, {columns: beside, rows: bodyRows - 2 - taken}),
		...(seen.length > 0 ? ['', ...seen] : []),
		...(drawn.length > 0 ? ['', ...drawn] : []),
	];
	// Below all else, so that nothing moves when the finding does.
	const live = liveLines(theme, {title: step.title, run, now}, {columns: beside, rows: bodyRows - settled.length - 1});
	const side = beside < 42 || live.length === 0 ? settled : [...settled, '', ...live];
	return (
		<Box height={bodyRows}>
			<Lines columns={steps} rows={bodyRows} lines={['', '', ...stepLines(theme, shown, steps)]} />
			<Lines columns={form} rows={bodyRows} lines={middle} />
			<Lines columns={beside} rows={bodyRows} lines={side} />
		</Box>
	);
}
