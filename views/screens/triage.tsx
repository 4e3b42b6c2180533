import {Box} from 'ink';
import type {Evidence} from '../../src/checks/check.ts';
import {type Investigation, outcomeGuides} from '../../src/triage/investigation.ts';
import type {Question} from '../../src/triage/questions.ts';
import {wrapWords} from '../../src/terminal/wrap.ts';
import {useSession} from '../context.ts';
import {layoutOf} from '../layout.ts';
import {Lines} from '../primitives/lines.tsx';
import {draw, spread} from '../primitives/line.ts';
import {drawField, type TextField} from '../primitives/text-field.ts';
import type {Triage} from '../session.ts';
import type {Theme} from '../theme.ts';
import {useStore} from '../use-store.ts';
import {questionOf} from '../where.ts';

const clockTime = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit'});

/** An answer already given, under its name. */
function answerLines(theme: Theme, answer: {readonly name: string; readonly text: string}, columns: number): readonly string[] {
	return wrapWords(answer.text, columns - 16).map((line, index) =>
		draw(theme, [{text: ` ${(index === 0 ? answer.name : '').padEnd(13)}`, tone: 'dim'}, line], columns),
	);
}

/** The answers above the question; those behind it wait below. */
function earlier(investigation: Investigation, question: Question | undefined): readonly {readonly name: string; readonly text: string}[] {
	const {problem, whys, outcome} = investigation;
	const upTo = question?.kind === 'problem' ? 0 : question?.kind === 'why' ? question.number - 1 : whys.length;
	const guide = outcomeGuides.find((one) => one.outcome === outcome);
	return [
		...(question?.kind === 'problem' ? [] : [{name: 'problem', text: problem}]),
		...whys.slice(0, upTo).map((text, index) => ({name: `why ${index + 1}`, text})),
		...(question?.kind === 'follow-up' && guide ? [{name: 'outcome', text: guide.title}] : []),
	];
}

function outcomeLines(theme: Theme, selected: number, columns: number): readonly string[] {
	return outcomeGuides.flatMap(({title, action}, index) => {
		const cursor = index === selected ? ` ${theme.symbols.cursor} ` : '   ';
		const [first = '', ...rest] = wrapWords(action, columns - 32);
		return [
			draw(
				theme,
				[
					{text: cursor, tone: 'strong'},
					{text: `${index + 1}  `, tone: 'dim'},
					{text: title.padEnd(24), tone: index === selected ? 'strong' : 'plain'},
					{text: first, tone: 'dim'},
				],
				columns,
			),
			...rest.map((line) => draw(theme, [' '.repeat(30), {text: line, tone: 'dim'}], columns)),
		];
	});
}

function hint(question: Question): string {
	if (question.kind === 'problem') return 'enter keeps it as it stands';
	if (question.kind === 'why')
		return question.optional
			? 'one to five whys; left blank, the last answer is the cause'
			: 'one to five whys: keep asking until it can be fixed';
	return question.kind === 'follow-up' ? 'left blank: nothing to follow up' : '';
}

function questionLines(
	theme: Theme,
	of: {readonly question: Question; readonly triage: Triage; readonly field: TextField},
	columns: number,
): readonly string[] {
	const {question, triage, field} = of;
	const number = question.kind === 'why' ? `${question.number}  ` : '';
	const asked = wrapWords(`${number}${question.text}`, columns - 2).map((line) =>
		draw(theme, [{text: ` ${line}`, tone: 'strong'}], columns),
	);
	if (question.kind === 'outcome') return [...asked, '', ...outcomeLines(theme, triage.selected, columns)];
	const typed = drawField(theme, field, columns - 6).map((line, index) => theme.paint('strong', index === 0 ? ' > ' : '   ') + line);
	return [...asked, ...typed, '', draw(theme, [{text: `   ${hint(question)}`, tone: 'dim'}], columns)];
}

function evidenceLines(theme: Theme, evidence: readonly Evidence[], columns: number): readonly string[] {
	if (evidence.length === 0) return [];
	const lines = evidence.flatMap(({text}) =>
		wrapWords(text, columns - 4).map((line, index) =>
			draw(theme, [{text: index === 0 ? ` ${theme.symbols.separator} ` : '   ', tone: 'dim'}, line], columns),
		),
	);
	return [draw(theme, [{text: ' Evidence', tone: 'strong'}], columns), ...lines];
}

/** The minimal triage of an anomaly: one question at a time, the earlier answers above it, the evidence beside it. */
export function TriageScreen({triage}: {readonly triage: Triage}) {
	const {app, theme, ui} = useSession();
	const {columns, bodyRows} = layoutOf(useStore(ui));
	const round = useStore(app.round);
	const step = round.steps.find(({id}) => id === triage.step);
	const investigation = step?.investigation;
	const question = questionOf(round, triage);
	if (!step || !investigation || !question) return null;
	const beside = columns >= 120;
	const form = beside ? Math.min(90, columns - 46) : columns;
	const evidence = evidenceLines(theme, investigation.evidence, beside ? columns - form - 2 : columns);
	const head = spread(
		theme,
		{
			left: [{text: ` Triage of ${step.title.toLowerCase()}`, tone: 'strong'}],
			right: [{text: `since ${clockTime.format(investigation.openedAt)} `, tone: 'dim'}],
		},
		form,
	);
	const left = [
		head,
		'',
		...earlier(investigation, question).flatMap((answer) => answerLines(theme, answer, form)),
		'',
		...questionLines(theme, {question, triage, field: triage.field}, form),
	];
	if (!beside) return <Lines columns={columns} rows={bodyRows} lines={[...left, '', ...evidence]} />;
	return (
		<Box height={bodyRows}>
			<Lines columns={form} rows={bodyRows} lines={left} />
			<Lines columns={columns - form} rows={bodyRows} lines={['', '', ...evidence]} />
		</Box>
	);
}
