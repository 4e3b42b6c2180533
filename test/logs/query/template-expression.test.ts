import {expect, test} from 'vitest';
import {compileFilters} from '../../../src/logs/query/compile-filter.ts';
import {describeFilter, parseFilter} from '../../../src/logs/query/filter.ts';
import {templateExpression} from '../../../src/logs/query/template-expression.ts';
import {createFakeLines} from '../fake-lines.ts';

test('any text means <*>, and everything else for itself', () => {
	const expression = templateExpression('creating issue: operation <*> failed (code <*>)');
	expect(expression.test('creating issue: operation X failed (code 403)')).toBe(true);
	expect(expression.test('creating issue:  operation X Y failed (code 403)')).toBe(true);
	expect(expression.test('creating issue: operation X failed')).toBe(false);
	expect(expression.test('re-creating issue: operation X failed (code 403)')).toBe(false);
});

test('a pattern is a filter like another, and reads back as it is told', () => {
	const filter = parseFilter('pattern: "user <\\*> said \\"no\\""');
	if ('problem' in filter) throw new Error(filter.problem);
	expect(filter).toMatchObject({kind: 'pattern', template: 'user <*> said "no"', negated: false});
	expect(parseFilter(describeFilter(filter))).toMatchObject({kind: 'pattern', template: 'user <*> said "no"'});
});

test('it looks at the message, whatever is around it', () => {
	const lines = createFakeLines();
	lines.add(
		...['{"level":"info","msg":"job 12 done"}', 'job 7 done', '{"msg":"job failed"}', 'a job 7 done'].map((text) => ({text, stream: 0})),
	);
	const filter = parseFilter('pattern: "job <\\*> done"');
	if ('problem' in filter) throw new Error(filter.problem);
	const {passes} = compileFilters([filter], () => undefined);
	expect([0, 1, 2, 3].filter((line) => passes(lines, line))).toEqual([0, 1]);
});
