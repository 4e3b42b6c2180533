import {expect, test} from 'vitest';
import {withTick} from '../../src/runbooks/ticks.ts';
import {appendWrongStep} from '../../src/runbooks/wrong-step.ts';

const said = {text: 'the flag is gone', operator: 'alice', at: Date.UTC(2026, 10, 20, 8)};

test('what is wrong is written below its own heading, everything else stays byte for byte', () => {
	const source = '---\ntitle: x\n---\n# A\n\ntext\n\n## B\n\n```sh\n# B\n```\n\n### C\n\nend\n';
	expect(appendWrongStep(source, {...said, heading: 'B', nth: 0})).toBe(
		source.replace('```\n\n### C', '```\n\n> **Wrong**, 2026-11-20, alice: the flag is gone\n\n### C'),
	);
	expect(appendWrongStep(source, {...said, heading: 'C', nth: 0})).toBe(
		`${source.trimEnd()}\n\n> **Wrong**, 2026-11-20, alice: the flag is gone\n`,
	);
});

test('two notes stay two; line endings stay; a heading that is gone means the end', () => {
	const once = appendWrongStep('# A\r\n\r\nx\r\n', {...said, heading: 'A', nth: 0});
	const twice = appendWrongStep(once, {...said, text: 'and this\nin two lines', heading: 'gone', nth: 0});
	expect(twice).toBe(
		'# A\r\n\r\nx\r\n\r\n> **Wrong**, 2026-11-20, alice: the flag is gone\r\n\r\n> **Wrong**, 2026-11-20, alice: and this\r\n> in two lines\r\n',
	);
});

test('of two headings with the same words the one that was meant; above the first heading, before it', () => {
	const source = '---\ntitle: x\nowner: y\n---\nfirst words\n## Do\none\n## Do\ntwo\n';
	const note = '> **Wrong**, 2026-11-20, alice: the flag is gone\n';
	expect(appendWrongStep(source, {...said, heading: 'Do', nth: 1})).toBe(`${source}\n${note}`);
	expect(appendWrongStep(source, {...said, heading: 'Do', nth: 0})).toBe(source.replace('one\n', `one\n\n${note}\n`));
	expect(appendWrongStep(source, {...said, heading: '', nth: 0})).toBe(source.replace('first words\n', `first words\n\n${note}\n`));
	expect(appendWrongStep('## A\nx', {...said, heading: 'A', nth: 0})).toBe(`## A\nx\n\n${note}`);
});

test('a tick is taken back by itself, and given once', () => {
	const tick = {runbook: 'pods', task: 'do > wait', text: 'wait', at: 1, operator: 'alice'};
	const other = {...tick, runbook: 'oom'};
	expect(withTick([other], tick, true)).toEqual([other, tick]);
	expect(withTick([tick, other], {...tick, at: 2}, true)).toEqual([other, {...tick, at: 2}]);
	expect(withTick([tick, other], tick, false)).toEqual([other]);
});
