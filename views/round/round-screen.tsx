import {Box} from 'ink';
import {useSession} from '../session/context.ts';
import {layoutOf, type Region} from '../session/layout.ts';
import {besideTop, runbookBeside} from './shared/page-lines.ts';
import {Lines} from '../kit/lines.tsx';
import {draw, rule} from '../kit/line.ts';
import {seenAt, seenLines} from '../session/seen.ts';
import {useStore} from '../kit/use-store.ts';
import {Checklist, Strip} from './checklist.tsx';
import {Middle, PaneHead} from './middle.tsx';
import {useRun} from '../session/use-run.ts';

/** Tips and runbook next to or below the rows. */
function Runbook({columns, rows}: Region) {
	const session = useSession();
	const {theme, app} = session;
	const {focus} = useStore(session.ui);
	const {steps, cursor} = useStore(app.round);
	const step = steps[cursor];
	if (!step) return null;
	const beside = runbookBeside(session, step.id, columns - 2);
	const {lines} = beside;
	const top = besideTop(session, beside, rows);
	const beyond = lines.length - top - rows;
	const shown = lines.slice(top, top + rows - (beyond > 0 ? 1 : 0)).map((line) => ` ${line}`);
	const more = draw(
		theme,
		[
			{
				text: ` ${theme.symbols.ellipsis} ${beyond + 1} more lines, ${focus === 'runbook' ? 'press j for more' : 'press r for all'}`,
				tone: 'dim',
			},
		],
		columns,
	);
	return <Lines columns={columns} rows={rows} lines={beyond > 0 ? [...shown, more] : shown} />;
}

/** What was seen before, above tips and runbook; as many rows as it needs, which those leave to it. */
function Beside({columns, rows}: Region) {
	const session = useSession();
	const {theme, app} = session;
	useStore(app.memory);
	const {steps, cursor} = useStore(app.round);
	const step = steps[cursor];
	useRun(step?.id);
	const past = step ? seenAt(session, step) : [];
	const seen = seenLines(theme, past, {columns: columns - 1, rows: Math.min(6, Math.floor(rows / 4)), now: app.clock.now()});
	const above = seen.length > 0 ? seen.length + 1 : 0;
	return (
		<Box flexDirection="column" width={columns} height={rows} flexShrink={0}>
			{above > 0 && <Lines columns={columns} rows={above} lines={seen} />}
			<Runbook columns={columns} rows={rows - above} />
		</Box>
	);
}

function Divider({rows}: {readonly rows: number}) {
	const {theme} = useSession();
	return <Lines columns={2} rows={rows} lines={Array.from({length: rows}, () => ` ${theme.paint('dim', theme.symbols.verticalRule)}`)} />;
}

/** One check at a time: the checklist at its left, its finding and rows in the middle, tips and runbook where there is room. */
export function RoundScreen() {
	const session = useSession();
	const ui = useStore(session.ui);
	const {strip, columns, checklist, middle, runbook, bodyRows} = layoutOf(ui);
	const pane = (
		<Box flexDirection="column" width={middle.columns} flexShrink={0}>
			<PaneHead columns={middle.columns} />
			<Middle columns={middle.columns} rows={middle.rows - 2} />
			{runbook?.at === 'below' && <Lines columns={middle.columns} rows={1} lines={[rule(session.theme, middle.columns - 1)]} />}
			{runbook?.at === 'below' && <Runbook columns={runbook.columns} rows={runbook.rows} />}
		</Box>
	);
	if (strip) {
		return (
			<Box flexDirection="column" height={bodyRows}>
				<Strip columns={columns} />
				{pane}
			</Box>
		);
	}
	return (
		<Box height={bodyRows}>
			<Checklist columns={checklist} rows={bodyRows} />
			<Divider rows={bodyRows} />
			{pane}
			{runbook?.at === 'right' && <Divider rows={bodyRows} />}
			{runbook?.at === 'right' && <Beside columns={runbook.columns} rows={runbook.rows} />}
		</Box>
	);
}
