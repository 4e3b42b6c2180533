/** The choices of a question: a line each, what they mean next to them where there is room, else below the list. Pure. */
import {wrapWords} from '../../src/base/terminal/wrap.ts';
import {width} from '../../src/base/terminal/width.ts';
import type {Choice} from '../../src/triage/question.ts';
import {draw, type Parts} from '../kit/line.ts';
import type {Theme} from '../kit/theme.ts';

/** `▌ 1  `, before a title. */
const front = 6;
/** Between a title and what it means, and the least that may be there. */
const gap = 2;
const leastMeaning = 36;

function hanging(text: string, columns: number): readonly string[] {
	const whole = wrapWords(text, columns);
	return whole.length === 1 ? whole : wrapWords(text, columns - 2).map((line, at) => (at === 0 ? line : `  ${line}`));
}

/** Every title stays where it is while the selection moves. */
export function choiceLines(theme: Theme, choices: readonly Choice[], selected: number, columns: number): readonly string[] {
	const room = columns - front - 1;
	const titles = Math.max(22, ...choices.map(({title}) => width(title))) + gap;
	const beside = room - titles >= leastMeaning;
	const lines = choices.flatMap(({title, lines: meaning}, index): readonly string[] => {
		const tone = index === selected ? 'strong' : 'plain';
		const start: Parts = [
			{text: index === selected ? ` ${theme.symbols.cursor} ` : '   ', tone: 'strong'},
			{text: index < 9 ? `${index + 1}  ` : '   ', tone: 'dim'},
		];
		if (meaning.length > 1) {
			const below = meaning.flatMap((line) => hanging(line, room));
			return [
				draw(theme, [...start, {text: title, tone}], columns),
				...below.map((text) => draw(theme, [' '.repeat(front), {text, tone: 'dim'}], columns)),
			];
		}
		const [first = '', ...rest] = beside ? wrapWords(meaning[0] ?? '', room - titles) : [];
		return [
			draw(theme, [...start, {text: title, tone}, ' '.repeat(Math.max(0, titles - width(title))), {text: first, tone: 'dim'}], columns),
			...rest.map((text) => draw(theme, [' '.repeat(front + titles), {text, tone: 'dim'}], columns)),
		];
	});
	const chosen = choices[selected];
	if (!chosen || chosen.lines.length > 1) return lines;
	const below = [...(width(chosen.title) > room ? [chosen.title] : []), ...(beside ? [] : chosen.lines)];
	const told = below.flatMap((text) => wrapWords(text, room)).map((text) => draw(theme, [' '.repeat(front), {text, tone: 'dim'}], columns));
	return told.length > 0 ? [...lines, '', ...told] : lines;
}
