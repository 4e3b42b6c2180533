/** What `rounds patterns` prints. Pure. */
import {formatNumber, formatPercent} from '../../base/figures.ts';
import type {Pattern} from '../../logs/count/pattern-counts.ts';
import type {Symbols} from '../../base/terminal/locale.ts';
import {sanitize} from '../../base/terminal/sanitize.ts';
import {sparkline} from '../../base/terminal/sparkline.ts';
import {pad, truncate, width} from '../../base/terminal/width.ts';
import {formatStamp, offsetMinutesAt} from '../../base/times.ts';

const heads = ['COUNT', 'SHARE', 'TREND', 'LEVEL', 'FIRST SEEN', 'PATTERN'] as const;

/** `2026-11-20 08:42 +01:00` in the machine's zone; `-` where no line told a time. */
const stampOf = (at: number) => (Number.isNaN(at) ? '-' : formatStamp({at, offsetMinutes: offsetMinutesAt(at)}));

/** The pattern as a person reads it; lines without a word have none. */
export const templateText = (template: string) => (template === '' ? '(empty line)' : sanitize(template));

/**
 * The patterns as an aligned table with a line of heads; an empty text for none.
 * @param columns Of the terminal: rows are cut to it. Nothing is cut where undefined.
 */
export function patternTable(
	patterns: readonly Pattern[],
	{symbols, columns}: {readonly symbols: Symbols; readonly columns: number | undefined},
): string {
	if (patterns.length === 0) return '';
	const rows = patterns.map(({template, count, share, level, firstSeen, trend}) => [
		formatNumber(count),
		formatPercent(share),
		sparkline(trend, {bars: symbols.bars}),
		level ?? '-',
		stampOf(firstSeen),
		templateText(template),
	]);
	const widths = heads.map((head, column) =>
		Math.max(width(head), ...(column === heads.length - 1 ? [] : rows.map((row) => width(row[column] ?? '')))),
	);
	return [heads, ...rows]
		.map((row) => {
			const cells = row.map((cell, column) =>
				column === heads.length - 1 ? cell : pad(cell, widths[column] ?? 0, column < 2 ? 'right' : 'left'),
			);
			const line = cells.join('  ');
			return columns === undefined ? line : truncate(line, columns, symbols.ellipsis);
		})
		.map((line) => `${line}\n`)
		.join('');
}

const isoOf = (at: number) => (Number.isNaN(at) ? null : new Date(at).toISOString());

export interface PatternsReport {
	readonly lines: number;
	readonly found: number;
	readonly patterns: readonly Pattern[];
	readonly forgotten: {readonly patterns: number; readonly lines: number};
}

/** The report for programs, one object; times in ISO 8601 or null. */
export function patternsJson({lines, found, patterns, forgotten}: PatternsReport): string {
	const report = {
		version: 1,
		lines,
		found,
		forgotten,
		patterns: patterns.map(({id, template, count, share, level, firstSeen, lastSeen, trend, sample, sampleLine}) => ({
			id,
			template,
			count,
			share,
			level: level ?? null,
			firstSeen: isoOf(firstSeen),
			lastSeen: isoOf(lastSeen),
			trend,
			sample: {line: sampleLine + 1, text: sample},
		})),
	};
	return `${JSON.stringify(report, undefined, 2)}\n`;
}
