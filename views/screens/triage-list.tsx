import {allInvestigations} from '../../src/round/investigations.ts';
import {clockTimeOf} from '../../src/times.ts';
import {guideOf, type Investigation} from '../../src/triage/investigation.ts';
import {nextQuestion} from '../../src/triage/questions.ts';
import {useSession} from '../context.ts';
import {layoutOf} from '../layout.ts';
import {Lines} from '../primitives/lines.tsx';
import {draw} from '../primitives/line.ts';
import {useStore} from '../use-store.ts';

/** How far it is, in a few words. */
function stateOf(investigation: Investigation): string {
	const next = nextQuestion(investigation);
	if (investigation.closedAt !== undefined)
		return `closed ${clockTimeOf(investigation.closedAt)}, ${guideOf(investigation.outcome)?.title ?? 'no outcome'}`;
	return `open, at ${next === undefined ? 'its end' : next.name}`;
}

/** Every investigation of the round with its state, to go on with one. */
export function TriageList({selected}: {readonly selected: number}) {
	const {app, theme, ui} = useSession();
	const {columns, bodyRows} = layoutOf(useStore(ui));
	const round = useStore(app.round);
	const titles = new Map(round.steps.map(({id, title}) => [id, title]));
	const rows = allInvestigations(round).flatMap((investigation, index) => {
		const {step, openedAt, problem, evidence} = investigation;
		const tone = index === selected ? 'strong' : 'plain';
		return [
			draw(
				theme,
				[
					{text: index === selected ? ` ${theme.symbols.cursor} ` : '   ', tone: 'strong'},
					{text: index < 9 ? `${index + 1}  ` : '   ', tone: 'dim'},
					{text: `${clockTimeOf(openedAt)}  `, tone: 'dim'},
					{text: (titles.get(step) ?? step).padEnd(14), tone},
					{text: stateOf(investigation), tone: investigation.closedAt === undefined ? 'amber' : 'dim'},
				],
				columns,
			),
			draw(theme, [' '.repeat(13), {text: problem || (evidence[0]?.text ?? 'nothing said yet'), tone: 'dim'}], columns),
		];
	});
	// Two lines each: the selected one stays in sight.
	const room = bodyRows - 2;
	const top = Math.max(0, Math.min(rows.length - room, selected * 2 - room + 4));
	return (
		<Lines
			columns={columns}
			rows={bodyRows}
			lines={[draw(theme, [{text: ' Investigations of this round', tone: 'strong'}], columns), '', ...rows.slice(top, top + room)]}
		/>
	);
}
