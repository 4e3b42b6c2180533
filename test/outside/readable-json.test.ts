import fc from 'fast-check';
import {expect, it} from 'vitest';
import {readableJson} from '../../src/outside/readable-json.ts';

it('parses back to the same value', () => {
	fc.assert(
		fc.property(fc.jsonValue({maxDepth: 5}), (value) => {
			expect(JSON.parse(readableJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
		}),
	);
});

it('keeps small values on one line', () => {
	expect(readableJson({status: 'resolved', none: undefined, list: [{a: 1}, 'x'.repeat(90)], empty: []})).toBe(
		['{', '  "status": "resolved",', '  "list": [', '    {"a":1},', `    "${'x'.repeat(90)}"`, '  ],', '  "empty": []', '}'].join('\n'),
	);
});
