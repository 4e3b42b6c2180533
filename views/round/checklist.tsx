import {Box} from 'ink';
import type {Finding} from '../../src/checks/kit/check.ts';
import {label} from '../../src/checks/kit/finding.ts';
import {progress} from '../../src/round/round-progress.ts';
import type {Step, VerdictKind} from '../../src/round/round.ts';
import {sanitize} from '../../src/base/terminal/sanitize.ts';
import {truncate, width} from '../../src/base/terminal/width.ts';
import {useSession} from '../session/context.ts';
import {Lines} from '../kit/lines.tsx';
import {draw, drawFull, type Part, partsWidth, spread} from '../kit/line.ts';
import {sinceMarks, sinceOf, sinceSign} from './since.ts';
import {markOf, statusTones, type Tone} from '../kit/theme.ts';
import {useSelected, useStore} from '../kit/use-store.ts';
import {useRun, useStatuses} from '../session/use-run.ts';

export const verdictTones: Readonly<Record<VerdictKind, Tone>> = {ok: 'green', anomaly: 'red', skipped: 'amber'};

/** `2/38 failing` of `pods 2/38 failing`: the name is next to it already. */
function withoutLabel(id: string, short: string): string {
	const name = `${label(id)} `;
	return short.toLowerCase().startsWith(name) ? short.slice(name.length) : short;
}

/** The whole clauses that fit, `2 new` of `2 new, 1 regressed`, `stale` of `stale 10 h`; undefined where not even the first does. */
function clauses(text: string, columns: number): string | undefined {
	const ends = [...text.matchAll(/, | \(| (?=\d+ [smhd]\b)|$/g)].map(({index}) => text.slice(0, index));
	return ends.findLast((clause) => clause !== '' && width(clause) <= columns);
}

/** The few words that fit: as many clauses as go whole of the short ones, else of the summary, else what begins the short ones. */
function fewWords(id: string, finding: Finding, columns: number): string {
	const short = withoutLabel(id, finding.short);
	return clauses(short, columns) ?? clauses(finding.summary, columns) ?? short;
}

function ChecklistRow({step, index, columns}: {readonly step: Step; readonly index: number; readonly columns: number}) {
	const {app, theme, ui} = useSession();
	const run = useRun(step.id);
	const current = useSelected(app.round, ({cursor}) => cursor === index);
	const focused = useSelected(ui, ({focus}) => focus === 'checklist');
	const status = run?.finding?.status;
	useSelected(app.memory, ({last}) => last);
	const room = columns - 6 - width(step.title);
	const marks = sinceMarks(sinceOf({app}, step.id));
	const words = room - partsWidth(marks);
	const cut = (text: string) => truncate(sanitize(text), words, theme.symbols.ellipsis);
	const short: Part = step.verdict
		? {text: step.verdict.kind, tone: verdictTones[step.verdict.kind]}
		: {text: run?.finding ? cut(fewWords(step.id, run.finding, words)) : 'asking', tone: 'dim'};
	const left = drawFull(
		theme,
		[
			{text: current ? theme.symbols.cursor : ' ', tone: focused ? 'strong' : 'dim'},
			{text: markOf(theme, status), tone: status ? statusTones[status] : 'dim'},
			{text: `${String(index + 1).padStart(2)} `, tone: 'dim'},
			{text: step.title, tone: current ? 'strong' : step.verdict ? 'dim' : 'plain'},
		],
		columns - room - 1,
	);
	const right = spread(theme, {left: [], right: [short, ...marks]}, room);
	return <Lines columns={columns} rows={1} lines={[`${left} ${right}`]} />;
}

/** The round at a glance: every check with its mark, its few words or its verdict; progress and pins below. */
export function Checklist({columns, rows}: {readonly columns: number; readonly rows: number}) {
	const {app, theme} = useSession();
	const round = useStore(app.round);
	const {decided, total, anomalies, skipped} = progress(round);
	// A long list scrolls with its cursor.
	const shown = Math.min(round.steps.length, Math.max(1, rows - 3));
	const top = Math.max(0, Math.min(round.cursor - Math.floor(shown / 2), round.steps.length - shown));
	const pins = round.pins.slice(-Math.max(0, rows - shown - 5));
	const below = [
		'',
		draw(theme, [` ${decided} of ${total} reviewed`], columns),
		draw(
			theme,
			[{text: ` ${anomalies} ${anomalies === 1 ? 'anomaly' : 'anomalies'} ${theme.symbols.separator} ${skipped} skipped`, tone: 'dim'}],
			columns,
		),
		...(pins.length > 0 ? ['', draw(theme, [{text: ' pinned', tone: 'dim'}], columns)] : []),
		...pins.map(({text}) => draw(theme, [{text: ' * ', tone: 'strong'}, text], columns - 1)),
	];
	return (
		<Box flexDirection="column" width={columns} height={rows} flexShrink={0} overflow="hidden">
			{round.steps.slice(top, top + shown).map((step, index) => (
				<ChecklistRow key={step.id} step={step} index={top + index} columns={columns} />
			))}
			<Lines columns={columns} rows={rows - shown} lines={below} />
		</Box>
	);
}

/** All items where they fit; else those around the cursor, with a sign on each side where there are more. */
function aroundCursor(
	items: readonly (readonly Part[])[],
	cursor: number,
	{columns, more}: {readonly columns: number; readonly more: string},
): readonly Part[] {
	let [from, to] = [0, items.length];
	const sign = (isMore: boolean): readonly Part[] => (isMore ? [{text: more, tone: 'dim'}] : []);
	const shown = () => [...sign(from > 0), ...items.slice(from, to).flat(), ...sign(to < items.length)];
	// The longer side gives way first, so that the cursor comes to be in the middle.
	while (to - from > 1 && partsWidth(shown()) > columns) {
		if (cursor - from > to - 1 - cursor) from += 1;
		else to -= 1;
	}
	return shown();
}

/** The checklist on one line: marks and numbers, the current one between bars, the decided ones in brackets. */
export function Strip({columns}: {readonly columns: number}) {
	const {app, theme} = useSession();
	const round = useStore(app.round);
	const statuses = useStatuses(round.steps);
	useSelected(app.memory, ({last}) => last);
	const items = round.steps.map((step, index): readonly Part[] => {
		const status = statuses.get(step.id);
		const text = `${markOf(theme, status)}${index + 1}`;
		const tone = status ? statusTones[status] : 'dim';
		const sign = sinceSign(sinceOf({app}, step.id)) ?? {text: ''};
		if (index === round.cursor)
			return [{text: theme.symbols.cursor, tone: 'strong'}, {text, tone}, sign, {text: theme.symbols.cursor, tone: 'strong'}];
		return step.verdict ? [{text: `[${text}${sign.text}]`, tone: 'dim'}] : [{text: ' '}, {text, tone}, sign, {text: ' '}];
	});
	return (
		<Lines
			columns={columns}
			rows={2}
			lines={[draw(theme, aroundCursor(items, round.cursor, {columns, more: theme.symbols.ellipsis}), columns), '']}
		/>
	);
}
