import {allInvestigations} from '../../src/round/investigations.ts';
import {affectedItem} from '../../src/round/outside/affected-item.ts';
import {clockTimeOf} from '../../src/base/times.ts';
import type {Investigation} from '../../src/round/investigation/investigation.ts';
import {nextQuestion} from '../../src/triage/questions.ts';
import {runRows} from '../../src/triage/run-row.ts';
import {gap, runTable} from '../../src/triage/run-table.ts';
import {useSession} from '../session/context.ts';
import {layoutOf} from '../session/layout.ts';
import {Lines} from '../kit/lines.tsx';
import {draw} from '../kit/line.ts';
import {useStore} from '../kit/use-store.ts';

/** How far it is, in a few words; undefined once it is closed. */
function openAt(investigation: Investigation): string | undefined {
	if (investigation.closedAt !== undefined) return undefined;
	return `at ${nextQuestion(investigation)?.name ?? 'its end'}`;
}

/** Cursor and number. */
const marks = 6;

/** Every investigation of the round as the run table has it, to continue with one. */
export function TriageList({selected}: {readonly selected: number}) {
	const {app, theme, ui} = useSession();
	const {columns, bodyRows} = layoutOf(useStore(ui));
	const round = useStore(app.round);
	const all = allInvestigations(round);
	const titles = new Map(round.steps.map(({id, title}) => [id, title]));
	// All are of this service: what is before the object in every ticket would only take its room.
	const service = affectedItem(round, undefined);
	const rows = runRows(round).map((row, index) => {
		const at = all[index] && openAt(all[index]);
		const affected = row.affected === service ? (titles.get(row.check) ?? row.check) : row.affected.replace(`${service}, `, '');
		const outcome = at === undefined ? {} : {outcome: row.outcome === undefined ? at : `${row.outcome}, ${at}`};
		return {...row, affected, ...outcome};
	});
	const table = runTable(rows, {columns: columns - marks, date: (at) => clockTimeOf(at), dateTitle: 'SINCE'});
	const drawn = table.rows.map(({cells, below}, index) => {
		const isOpen = rows[index]?.resolvedMs === undefined;
		const last = cells.length - 1;
		return [
			draw(
				theme,
				[
					{text: index === selected ? ` ${theme.symbols.cursor} ` : '   ', tone: 'strong'},
					{text: index < 9 ? `${index + 1}  ` : '   ', tone: 'dim'},
					{text: cells.slice(0, last).join(gap) + gap, tone: index === selected ? 'strong' : 'plain'},
					{text: cells[last] ?? '', tone: isOpen ? 'amber' : 'plain'},
				],
				columns,
			),
			...(below === undefined ? [] : [draw(theme, [' '.repeat(marks + 2), {text: below, tone: 'dim'}], columns)]),
		];
	});
	// One or two lines each: the selected one stays in sight.
	const room = bodyRows - 3;
	const each = drawn[0]?.length ?? 1;
	const top = Math.max(0, Math.min(drawn.length * each - room, (selected + 1) * each - room));
	return (
		<Lines
			columns={columns}
			rows={bodyRows}
			lines={[
				draw(theme, [{text: ' Investigations of this round', tone: 'strong'}], columns),
				'',
				draw(theme, [' '.repeat(marks), {text: table.head.join(gap), tone: 'dim'}], columns),
				...drawn.flat().slice(top, top + room),
			]}
		/>
	);
}
