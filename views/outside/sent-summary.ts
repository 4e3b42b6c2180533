/** What was sent during the round, for its closing. Pure. */
import {untoldOutage} from '../../src/round/incident/lead-in.ts';
import {isDoubtful} from '../../src/round/ledger.ts';
import type {RoundState} from '../../src/round/round.ts';
import {draw} from '../kit/line.ts';
import type {Theme} from '../kit/theme.ts';

/** One line per write, per ticket, and per outage that no one was told of; none where there is nothing of it. */
export function sentSummary(
	theme: Theme,
	{outside = [], steps}: Pick<RoundState, 'outside' | 'steps'>,
	columns: number,
): readonly string[] {
	const tickets = steps.flatMap(({title, tickets = []}) => tickets.map(({url}) => [title, url] as const));
	const untold = steps.filter((step) => untoldOutage({outside}, step) === 'not-announced');
	if (outside.length === 0 && tickets.length === 0 && untold.length === 0) return [];
	return [
		'',
		draw(theme, [{text: ' Sent to other systems', tone: 'strong'}], columns),
		...outside.map((record) => {
			const {title, outcome} = record;
			if (isDoubtful(record)) {
				const mark = {text: `   ${theme.symbols.unknown} `, tone: 'amber'} as const;
				return draw(theme, [mark, title, {text: '  delivery unknown. Check before you resend.', tone: 'amber'}], columns);
			}
			const done = outcome?.state === 'done';
			const mark = {text: `   ${done ? theme.symbols.ok : theme.symbols.critical} `, tone: done ? 'green' : 'red'} as const;
			return draw(theme, [mark, title, {text: done ? '' : '  not sent', tone: 'red'}], columns);
		}),
		...tickets.map(([step, url]) =>
			draw(theme, [{text: `   ${theme.symbols.separator} `, tone: 'dim'}, `ticket for ${step.toLowerCase()}: ${url}`], columns),
		),
		...untold.map(({title}) =>
			draw(
				theme,
				[
					{
						text: `   ${theme.symbols.warning} the outage of ${title.toLowerCase()} was not announced. Press esc to return to it.`,
						tone: 'amber',
					},
				],
				columns,
			),
		),
	];
}
