/** The bar of filters: each with the number that turns it on and off, and how many lines pass. Pure. */
import {formatNumber} from '../../src/checks/format.ts';
import {describeFilter} from '../../src/logs/filter.ts';
import {truncate} from '../../src/terminal/width.ts';
import {type Part, partsWidth, spread} from '../primitives/line.ts';
import {isFiltered} from './is-filtered.ts';
import type {TailSession} from './tail-session.ts';

/** `1,204 of 10,234 lines`, `looking 43 %`. */
function passing({analysis, app, ui}: TailSession): readonly Part[] {
	const {lines} = app.tail;
	const all = lines.end() - lines.first();
	if (!isFiltered({ui})) return [{text: `${formatNumber(all)} lines `, tone: 'dim'}];
	const share = analysis.looking();
	const looking: readonly Part[] = share === undefined ? [] : [{text: `looking ${Math.floor(share * 100)} %  `, tone: 'amber'}];
	return [...looking, {text: `${formatNumber(analysis.matches.count())} of ${formatNumber(all)} lines `}];
}

/** The filter bar, exactly as wide as the screen. */
export function filterLine(session: TailSession): string {
	const {theme, ui} = session;
	const {filters, leastLevel, columns, panel, groupBy} = ui.get();
	const right: readonly Part[] = [
		...(panel?.kind === 'groups' ? [{text: `group by ${groupBy.join(' ')}   `, tone: 'dim' as const}] : []),
		...passing(session),
	];
	const none = filters.length === 0 && leastLevel === undefined;
	// Every filter keeps its number in sight: long ones give way.
	const room = Math.max(
		8,
		Math.floor((columns - partsWidth(right) - 12 - (leastLevel === undefined ? 0 : 16)) / Math.max(1, filters.length)) - 9,
	);
	const left: readonly Part[] = [
		{text: ' filters', tone: 'dim'},
		...(none ? [{text: '  none, all lines are shown', tone: 'dim' as const}] : []),
		...(leastLevel === undefined ? [] : [{text: '  L ', tone: 'strong' as const}, {text: `level >= ${leastLevel}`}]),
		...filters.flatMap((filter, index): readonly Part[] => {
			const words = truncate(describeFilter(filter), room, theme.symbols.ellipsis);
			return [{text: `  ${index + 1} `, tone: 'strong'}, filter.enabled ? {text: words} : {text: `${words} off`, tone: 'dim'}];
		}),
	];
	return spread(theme, {left, right}, columns);
}
