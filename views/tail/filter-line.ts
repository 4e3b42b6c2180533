/** The bar of filters: each with the number that turns it on and off, and how many lines pass. Pure. */
import {formatNumber} from '../../src/base/figures.ts';
import {describeFilter} from '../../src/logs/query/filter.ts';
import {truncate, width} from '../../src/base/terminal/width.ts';
import {type Part, partsWidth, spread} from '../kit/line.ts';
import {isFiltered} from './lines/is-filtered.ts';
import type {TailSession} from './lines/tail-session.ts';

/** `1,204 of 10,234 lines`, `looking 43 %`. */
function passing({analysis, app, ui}: TailSession): readonly Part[] {
	const {lines} = app.tail;
	const all = lines.end() - lines.first();
	if (!isFiltered({ui})) return [{text: `${formatNumber(all)} lines `, tone: 'dim'}];
	const share = analysis.looking();
	const looking: readonly Part[] = share === undefined ? [] : [{text: `looking ${Math.floor(share * 100)} %  `, tone: 'amber'}];
	return [...looking, {text: `${formatNumber(analysis.matches.count())} of ${formatNumber(all)} lines `}];
}

/** The most columns that one of them may take so that all fit together: what the short ones leave is for the long ones. */
function roomOfEach(widths: readonly number[], columns: number): number {
	let left = columns;
	const ascending = widths.toSorted((a, b) => a - b);
	for (const [index, wide] of ascending.entries()) {
		const share = Math.floor(left / (ascending.length - index));
		if (wide > share) return Math.max(8, share);
		left -= wide;
	}
	return Math.max(8, ...widths);
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
	const words = filters.map((filter) => `${describeFilter(filter)}${filter.enabled ? '' : ' off'}`);
	// Every filter keeps its number in sight: the longest give way.
	const room = roomOfEach(words.map(width), columns - partsWidth(right) - 10 - (leastLevel === undefined ? 0 : 20) - 4 * filters.length);
	const left: readonly Part[] = [
		{text: ' filters', tone: 'dim'},
		...(none ? [{text: '  none, all lines are shown', tone: 'dim' as const}] : []),
		...(leastLevel === undefined ? [] : [{text: '  L ', tone: 'strong' as const}, {text: `level >= ${leastLevel}`}]),
		...filters.flatMap((filter, index): readonly Part[] => {
			const off = filter.enabled ? '' : ' off';
			const text = truncate(describeFilter(filter), room - off.length, theme.symbols.ellipsis) + off;
			return [{text: `  ${index + 1} `, tone: 'strong'}, filter.enabled ? {text} : {text, tone: 'dim'}];
		}),
	];
	return spread(theme, {left, right}, columns);
}
