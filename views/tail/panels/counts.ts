/** Cells that the panels share: counts, shares, trends and levels, aligned. */
import {formatNumber, formatPercent} from '../../../src/base/figures.ts';
import type {Level} from '../../../src/logs/log-lines.ts';
import {pad} from '../../../src/base/terminal/width.ts';
import {cell} from '../../kit/line.ts';
import {sparkline} from '../../kit/sparkline-cells.ts';
import type {Theme, Tone} from '../../kit/theme.ts';

export const levelTones: Readonly<Record<Level, Tone>> = {debug: 'dim', info: 'plain', warn: 'amber', error: 'red', fatal: 'strong-red'};

/** Bars of a trend: where there is little room, none. */
export function trendColumns(columns: number): number {
	return columns >= 70 ? 16 : columns >= 50 ? 8 : 0;
}

/** Titles over the cells of `countCells`, up to the name. */
export function countTitles(columns: number): string {
	const trend = trendColumns(columns);
	return `${pad('COUNT', 9, 'right')}  ${pad('SHARE', 6, 'right')}${trend > 0 ? `  ${pad('TREND', trend)}` : ''}  LEVEL  `;
}

/** Count, share, trend and level of a row, two blanks after each. */
export function countCells(
	theme: Theme,
	row: {readonly count: number; readonly share: number; readonly trend: readonly number[]; readonly level: Level | undefined},
	columns: number,
): string {
	const trend = trendColumns(columns);
	return [
		cell(theme, {text: formatNumber(row.count)}, 9, 'right'),
		cell(theme, {text: formatPercent(row.share)}, 6, 'right'),
		...(trend > 0 ? [cell(theme, {text: sparkline(theme, row.trend, trend), tone: 'dim'}, trend)] : []),
		cell(theme, {text: row.level ?? '-', tone: row.level === undefined ? 'dim' : levelTones[row.level]}, 5),
		'',
	].join('  ');
}
