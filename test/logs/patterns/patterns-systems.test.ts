/**
 * Small labelled logs in the style of well-known systems, made up from slots: what the miner must do on logs that no
 * rule was made for. Label of a line is the statement it was made from.
 */
import {describe, expect, it} from 'vitest';
import {messageOf} from '../../../src/logs/patterns/line-message.ts';
import {createMiner} from '../../../src/logs/patterns/miner.ts';
import {groupingAccuracy, type LabelledLine, linesOf} from './patterns-labelled.ts';
import {programs} from './patterns-programs.ts';
import {systems} from './patterns-systems.ts';

function accuracy(lines: readonly LabelledLine[]): number {
	const miner = createMiner();
	const ids = lines.map(({text}, line) => miner.add(messageOf(text), line).id);
	miner.settle();
	return groupingAccuracy(
		lines.map(({label}) => label),
		ids.map((id) => miner.idOf(id)),
	);
}

describe('grouping accuracy with the one configuration', () => {
	it.each(Object.entries({...systems, ...programs}))('%s', (name, {statements, atLeast}) => {
		expect(accuracy(linesOf(statements, name))).toBeGreaterThanOrEqual(atLeast);
	});
});
