import fc from 'fast-check';
import {expect, it} from 'vitest';
import {formatMatchers, matches, matchersOf, parseMatchers} from '../../../src/outside/silence/silence.ts';

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/);

it('reads back what it writes for any labels', () => {
	fc.assert(
		fc.property(fc.dictionary(name, fc.string(), {minKeys: 1}), (labels) => {
			fc.pre(Object.values(labels).some((value) => value !== ''));
			const matchers = matchersOf(labels);
			expect(parseMatchers(formatMatchers(matchers))).toEqual(matchers);
			expect(matches(matchers, labels)).toBe(true);
		}),
	);
});

it('reads all four operators, braces and bare words', () => {
	const matchers = parseMatchers('{alertname=Down, pod=~"api-.*", zone!="a", host!~"b|c"}');
	if (typeof matchers === 'string') throw new Error(matchers);
	expect(formatMatchers(matchers)).toBe('alertname="Down", pod=~"api-.*", zone!="a", host!~"b|c"');
	expect(matches(matchers, {alertname: 'Down', pod: 'api-1', zone: 'b', host: 'd'})).toBe(true);
	expect(matches(matchers, {alertname: 'Down', pod: 'xapi-1', zone: 'b', host: 'd'})).toBe(false);
	expect(matches(matchers, {alertname: 'Down', pod: 'api-1', zone: 'a', host: 'd'})).toBe(false);
	expect(matches(matchers, {alertname: 'Down', pod: 'api-1', zone: 'b', host: 'c'})).toBe(false);
});

it.each(['', '   ', 'pod', 'pod=', 'pod="a', 'pod="a" zone="b"', '1pod="a"', 'pod=~"("', 'pod=~".*"', 'absent=""'])(
	'refuses %o with words',
	(text) => {
		expect(parseMatchers(text)).toEqual(expect.any(String));
	},
);
