import {Box} from 'ink';
import type {PlannedWrite} from '../../src/ops-log/closing-write.ts';
import {plural} from '../../src/base/figures.ts';
import type {RoundState, Step} from '../../src/round/round.ts';
import {investigationsOf} from '../../src/round/investigations.ts';
import {type Investigation, outcomeGuides} from '../../src/round/investigation/investigation.ts';
import {rootCause} from '../../src/triage/questions.ts';
import {wrapAtMost, wrapWords} from '../../src/base/terminal/wrap.ts';
import {pendingWrite} from './shared/pending-write.ts';
import {useSession} from '../session/context.ts';
import {layoutOf} from '../session/layout.ts';
import {sentSummary} from '../outside/sent-summary.ts';
import {Lines} from '../kit/lines.tsx';
import {draw, type Part, type Parts, rule, spread} from '../kit/line.ts';
import {drawField} from '../kit/text-field.ts';
import type {Closing, Session} from '../session/session.ts';
import {markOf, statusTones, type Theme, type Tone} from '../kit/theme.ts';
import {useStore} from '../kit/use-store.ts';
import {verdictTones} from './checklist.tsx';

function checkLine(theme: Theme, {title, verdict, notes}: Step, columns: number): string {
	const status = verdict?.finding.status;
	const words = verdict?.note ?? notes.at(-1)?.text ?? verdict?.finding.summary ?? '';
	return draw(
		theme,
		[
			{text: ` ${markOf(theme, status)} `, tone: status ? statusTones[status] : 'dim'},
			{text: title.padEnd(16)},
			{text: (verdict?.kind ?? 'no verdict').padEnd(11), tone: verdict ? verdictTones[verdict.kind] : 'amber'},
			{text: words, tone: 'dim'},
		],
		columns,
	);
}

function anomalyLine(
	theme: Theme,
	{title}: Step,
	{investigation, columns}: {readonly investigation: Investigation | undefined; readonly columns: number},
): readonly string[] {
	const guide = outcomeGuides.find(({outcome}) => outcome === investigation?.outcome);
	const cause = investigation && rootCause(investigation);
	const open: readonly Part[] =
		investigation?.closedAt === undefined ? [{text: 'triage not finished: press esc, then i', tone: 'amber'}] : [];
	const outcome: Parts = guide
		? [{text: guide.title, tone: guide.outcome === 'serious' ? 'red' : 'plain'}, ...open.flatMap((part): Parts => ['   ', part])]
		: open;
	// Below the first line what it came to, as far in as the outcome is.
	const indent = ' '.repeat(19);
	const told = [investigation?.problem, cause && `cause: ${cause}`, investigation?.followUp].filter(
		(text) => text !== undefined && text !== '',
	);
	return [
		draw(theme, [`   ${title.padEnd(16)}`, ...outcome], columns),
		...told
			.flatMap((text) => wrapAtMost(text ?? '', columns - indent.length - 1, 2))
			.map((line) => draw(theme, [indent, {text: line, tone: 'dim'}], columns)),
	];
}

/** What came of the anomaly, each of its investigations. */
function anomalyLines(theme: Theme, step: Step, columns: number): readonly string[] {
	const all = investigationsOf(step);
	return (all.length === 0 ? [undefined] : all).flatMap((investigation) => anomalyLine(theme, step, {investigation, columns}));
}

/** Wrapped, each line as far in as it began. */
function wrapIndented(line: string, columns: number): readonly string[] {
	const indent = /^ */.exec(line)?.[0] ?? '';
	return wrapWords(line.trimStart(), columns - indent.length).map((part) => indent + part);
}

/** The records of the investigations whole, below the entry. */
function recordLines(planned: readonly PlannedWrite[], theme: Theme, columns: number): readonly string[] {
	const write = planned.find(({id}) => id === 'investigations');
	if (!write) return [];
	const lines = write.detail.split('\n').flatMap((line) => wrapIndented(line, columns - 4));
	return ['', draw(theme, [{text: ' The records of the investigations', tone: 'strong'}], columns), ...lines.map((line) => `   ${line}`)];
}

function entryTitle({answers}: Closing): string {
	if (typeof answers.entry === 'object' && answers.entry.done) return 'The log entry, as written in the ops log';
	return 'The log entry, exactly as it will be written';
}

function summaryLines({app, theme, ui}: Session, round: RoundState, columns: number): readonly string[] {
	const anomalies = round.steps.filter(({verdict}) => verdict?.kind === 'anomaly');
	const title = (text: string) => draw(theme, [{text: ` ${text}`, tone: 'strong'}], columns);
	return [
		title('The round'),
		...round.steps.map((step) => checkLine(theme, step, columns)),
		...(anomalies.length > 0 ? ['', title(anomalies.length === 1 ? 'The anomaly' : 'The anomalies')] : []),
		...anomalies.flatMap((step) => anomalyLines(theme, step, columns)),
		...sentSummary(theme, round, columns),
		'',
		title(entryTitle(ui.get().closing)),
		...wrapWords(app.entry(), columns - 4).map((line) => `   ${line}`),
		...recordLines(app.plannedWrites(), theme, columns),
	];
}

function answerPart(
	answer: Closing['answers'][PlannedWrite['id']],
	{asked, refused}: {readonly asked: boolean; readonly refused: boolean},
): Part {
	if (answer === 'writing') return {text: 'writing', tone: 'amber'};
	if (asked) return {text: refused ? 'Press n to skip this write.' : 'y or n', tone: 'strong'};
	if (typeof answer === 'object') return answer.done ? {text: 'done', tone: 'green'} : {text: 'failed', tone: 'red'};
	return answer === 'no' ? {text: 'no', tone: 'dim'} : {text: 'asked next', tone: 'dim'};
}

/** What came of a write, whole: a refusal says what to do at its end. */
function resultLines(theme: Theme, answer: Closing['answers'][PlannedWrite['id']], columns: number): readonly string[] {
	if (typeof answer !== 'object') return [];
	const part: Part = answer.done ? {text: answer.text || 'done', tone: 'green'} : {text: `failed: ${answer.text}`, tone: 'red'};
	return wrapWords(part.text, columns - 8).map((line) => draw(theme, ['     ', {text: line, tone: part.tone}], columns));
}

/** The detail of the write that is asked for; what does not fit is said. */
function detailLines({theme, ui}: Session, {id, detail}: PlannedWrite, columns: number): readonly string[] {
	const most = Math.max(3, Math.floor(ui.get().rows / 3));
	const all = detail.split('\n').flatMap((line) => wrapIndented(line, columns - 8));
	const left = all.length - most + 1;
	const where = id === 'entry' || id === 'investigations' ? ', complete above: press j to scroll' : '';
	const shown = all.length > most ? [...all.slice(0, most - 1), `${theme.symbols.ellipsis} ${plural(left, 'more line')}${where}`] : all;
	return shown.map((line) => draw(theme, ['     ', {text: line, tone: 'dim'}], columns));
}

function writeLines(session: Session, columns: number): readonly string[] {
	const {app, theme, ui} = session;
	const {closing} = ui.get();
	const planned = app.plannedWrites();
	const asked = pendingWrite(planned, closing);
	const lines = planned.flatMap((write) => {
		const now = write.id === asked?.id;
		const answer = closing.answers[write.id];
		const outside: Part = write.outside
			? {text: app.readOnly ? ' outside: refused by --read-only' : ' sent to another system', tone: 'amber'}
			: {text: ''};
		const tone: Tone = now ? 'strong' : 'plain';
		return [
			// The answer stays whole at the right, however long the title is.
			spread(
				theme,
				{
					left: [{text: now ? ` ${theme.symbols.cursor} ` : '   ', tone}, {text: write.title, tone}, outside],
					right: [answerPart(answer, {asked: now, refused: write.outside && app.readOnly}), ' '],
				},
				columns,
			),
			...resultLines(theme, answer, columns),
			...(now ? detailLines(session, write, columns) : []),
		];
	});
	const naming = closing.naming && [
		draw(
			theme,
			[{text: ` This is ${app.environment.name}: type ${app.service.name} to confirm, esc to cancel`, tone: 'strong-red'}],
			columns,
		),
		...drawField(theme, closing.naming, columns - 6).map((line) => ` > ${line}`),
	];
	return [draw(theme, [{text: ' What will be written', tone: 'strong'}], columns), ...lines, ...(naming ?? [])];
}

/** The round summed up, the entry exactly as it will be, then each write with its yes or no. */
export function ClosingScreen() {
	const session = useSession();
	const {app, theme} = session;
	const {columns, bodyRows} = layoutOf(useStore(session.ui));
	const {closing} = session.ui.get();
	const round = useStore(app.round);
	const bottom = closing.editing
		? [
				draw(theme, [{text: ' Edit the log entry. Leave it empty to restore the generated one.', tone: 'strong'}], columns),
				...drawField(theme, closing.editing, columns - 4).map((line) => `   ${line}`),
			]
		: writeLines(session, columns);
	const top = summaryLines(session, round, columns);
	const rows = Math.max(1, bodyRows - bottom.length - 1);
	const from = Math.min(closing.top, Math.max(0, top.length - rows));
	const below = top.length - from - rows;
	return (
		<Box flexDirection="column" height={bodyRows}>
			<Lines columns={columns} rows={rows} lines={top.slice(from, from + rows)} />
			<Lines
				columns={columns}
				rows={1}
				lines={[rule(theme, columns, below > 0 ? {text: `${plural(below, 'more line')}, press j to scroll`, tone: 'dim'} : undefined)]}
			/>
			<Lines columns={columns} rows={bodyRows - rows - 1} lines={bottom} />
		</Box>
	);
}

/** The end: what was written where, and the line that is there now. */
export function DoneScreen() {
	const session = useSession();
	const {app, theme} = session;
	const {columns, bodyRows} = layoutOf(useStore(session.ui));
	const {answers} = session.ui.get().closing;
	const results = Object.values(answers).flatMap((answer) => (typeof answer === 'object' ? [answer] : []));
	const told = results.flatMap(({done, text}) =>
		wrapWords(text, columns - 8).map((line, index) =>
			draw(
				theme,
				[{text: index > 0 ? '     ' : `   ${done ? theme.symbols.ok : theme.symbols.critical} `, tone: done ? 'green' : 'red'}, line],
				columns,
			),
		),
	);
	return (
		<Lines
			columns={columns}
			rows={bodyRows}
			lines={[
				'',
				draw(
					theme,
					[
						{text: ` ${theme.symbols.ok} `, tone: 'green'},
						{text: 'The round is closed', tone: 'strong'},
					],
					columns,
				),
				'',
				...told,
				'',
				...wrapAtMost(app.entry(), columns - 6, bodyRows - 4 - told.length).map((line) => `   ${line}`),
			]}
		/>
	);
}
