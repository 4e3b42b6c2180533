import type {OpenRound} from '../../src/round/kept/open-round.ts';
import {formatAge} from '../../src/base/figures.ts';
import {progress} from '../../src/round/round-progress.ts';
import {wrapWords} from '../../src/base/terminal/wrap.ts';
import {useSession} from '../session/context.ts';
import {layoutOf} from '../session/layout.ts';
import {Lines} from '../kit/lines.tsx';
import {draw, type Part} from '../kit/line.ts';
import {useNow} from '../kit/use-now.ts';
import {useStore} from '../kit/use-store.ts';

function who({operator, whose, alive}: OpenRound): string {
	if (whose === 'mine') return alive ? 'Your own round, open in another terminal' : 'Your own round, not finished';
	return alive ? `${operator} is walking this round now` : `${operator} left this round unfinished`;
}

function where({state}: OpenRound): string {
	const {decided, total, anomalies} = progress(state);
	if (state.phase === 'closing') return `all ${total} checks reviewed, being closed`;
	const at = state.steps[state.cursor];
	return `${decided} of ${total} reviewed, ${anomalies} ${anomalies === 1 ? 'anomaly' : 'anomalies'}, at ${at?.title.toLowerCase() ?? 'no check'}`;
}

/** A round that is open already: whose, since when, how far, and what can be done about it. */
export function DialogScreen() {
	const session = useSession();
	const {app, theme} = session;
	const ui = useStore(session.ui);
	const open = useStore(app.openRounds);
	const now = useNow(app.clock, 1000);
	const {columns, bodyRows} = layoutOf(ui);
	const room = Math.min(columns - 8, 96);
	const line = (...parts: readonly (Part | string)[]) => draw(theme, ['    ', ...parts], columns);
	const blocks = open.flatMap((one, index) => {
		const selected = index === ui.openRound;
		const {draft} = one.state;
		return [
			draw(
				theme,
				[
					{text: selected ? `  ${theme.symbols.cursor} ` : '    ', tone: 'strong'},
					{text: who(one), tone: selected ? 'strong' : 'plain'},
				],
				columns,
			),
			line(`started ${formatAge(now - one.state.startedAt)} ago, saved ${formatAge(now - one.savedAt)} ago`),
			line(where(one)),
			...(draft && draft.text !== ''
				? wrapWords(`being typed: ${draft.text}`, room)
						.slice(0, 3)
						.map((text) => line({text, tone: 'dim'}))
				: []),
			'',
		];
	});
	const mine = open[ui.openRound]?.whose === 'mine';
	const choices: readonly (readonly [string, string])[] = mine
		? [
				['g', 'resume at the same step, with everything you typed'],
				['f', 'start a new round (the open one stays saved)'],
			]
		: [
				['t', 'take it over, with all that is in it'],
				['f', 'walk your own round as well (the ops log gets both entries)'],
			];
	return (
		<Lines
			columns={columns}
			rows={bodyRows}
			lines={[
				'',
				draw(
					theme,
					[
						{
							text: `    ${open.length === 1 ? 'A round of' : `${open.length} rounds of`} ${app.service.name} ${app.environment.name} ${open.length === 1 ? 'is' : 'are'} open`,
							tone: 'strong',
						},
					],
					columns,
				),
				'',
				...blocks,
				...choices.map(([key, text]) => line({text: `${key}   `, tone: 'strong'}, text)),
				line({text: 'q   ', tone: 'strong'}, 'quit (nothing is lost)'),
			]}
		/>
	);
}
