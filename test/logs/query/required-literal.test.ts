import fc from 'fast-check';
import {expect, it} from 'vitest';
import {requiredLiteral} from '../../../src/logs/query/required-literal.ts';

it.each([
	['operation [XY] failed', 'operation '],
	[String.raw`X fai.*d \d+5"`, 'X fai'],
	['colou?r', 'colo'],
	['ab*cde', 'cde'],
	['a+bc', 'bc'],
	['ab{0,2}', 'a'],
	['foo|bar', ''],
	['(?:foo|bar)baz', 'baz'],
	['(foo[)]+)?x', 'x'],
	[String.raw`a\.b\/c\dxyz`, 'a.b/c'],
	[String.raw`\x41bcd`, 'bcd'],
	[String.raw`\u0041bcd\cJx`, 'bcd'],
	['^start$', 'start'],
	['(?!never)', ''],
	[String.raw`\(call\)`, '(call)'],
	['é → x', ' x'],
	['', ''],
])('%s needs %j', (source, literal) => {
	expect(requiredLiteral(source)).toBe(literal);
});

it('is in every match', () => {
	const piece = fc.constantFrom(
		'a',
		'b',
		'ab',
		'é',
		'.',
		'*',
		'+',
		'?',
		'{1}',
		'{0,1}',
		'(',
		')',
		'(?:',
		'|',
		'[a)]',
		'[^a]',
		String.raw`\.`,
		String.raw`\d`,
		String.raw`\\`,
		String.raw`\x61`,
		'^',
		'$',
		' ',
		'{',
	);
	const text = fc.array(fc.constantFrom('a', 'b', '.', '\\', ' ', 'é', ')', '1', '{'), {maxLength: 8}).map((parts) => parts.join(''));
	const expression = fc.array(piece, {maxLength: 7}).map((pieces) => {
		try {
			return new RegExp(pieces.join(''));
		} catch {
			return undefined;
		}
	});
	fc.assert(
		fc.property(
			expression.filter((found) => found !== undefined),
			fc.array(text, {minLength: 5, maxLength: 20}),
			(expression, texts) => {
				const literal = requiredLiteral(expression.source);
				for (const text of texts) expect(!expression.test(text) || text.includes(literal)).toBe(true);
			},
		),
		{numRuns: 5000},
	);
});
