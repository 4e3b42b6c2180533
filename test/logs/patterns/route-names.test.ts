import {describe, expect, test} from 'vitest';
import {createPatterns} from '../../../src/logs/count/pattern-counts.ts';
import {messageOf} from '../../../src/logs/patterns/line-message.ts';
import {createMiner} from '../../../src/logs/patterns/miner.ts';
import {templateExpression} from '../../../src/logs/query/template-expression.ts';
import {createFakeLines} from '../fake-lines.ts';

describe('names in the paths of requests', () => {
	const people = 'anna ben cleo dora emil fred gina hugo ida jan kim lena max nina'.split(' ');
	const access = (path: string, status = 200) => `10.0.0.1 - - [20/Nov/2026:08:33:04 +0100] "GET ${path} HTTP/1.1" ${status} 5`;
	function patternsOf(paths: readonly string[]) {
		const lines = createFakeLines();
		lines.add(...paths.map((path) => access(path)));
		const patterns = createPatterns({mostPatterns: 2000});
		for (const line of paths.keys()) patterns.look(lines, line);
		return patterns.patterns().map(({template, count}) => `${count} ${template}`);
	}
	const endpoints = Array.from({length: 40}, (_, k) => `/api/${String.fromCharCode(97 + (k % 26))}${'xyz'[k % 3]}${'pq'[k % 2]}`);

	test('many names between the same words are one pattern; endpoints next to each other are not', () => {
		expect(patternsOf([...people.map((name) => `/api/users/${name}/orders`), ...endpoints])).toEqual([
			`${people.length} GET /api/users/<*>/orders 2xx`,
			...[...new Set(endpoints)].map((path) => `${endpoints.filter((one) => one === path).length} GET ${path} 2xx`),
		]);
	});

	test('a name that is known from before other words is one at the end, too', () => {
		expect(patternsOf(people.flatMap((name) => [`/api/users/${name}/orders`, `/api/users/${name}`]))).toEqual([
			`${people.length} GET /api/users/<*>/orders 2xx`,
			`${people.length} GET /api/users/<*> 2xx`,
		]);
	});

	test('a crowd next to each other is one pattern', () => {
		const words = people.flatMap((one) => people.map((other) => `/wiki/${one}${other}`));
		expect(patternsOf(words)).toEqual([`${words.length} GET /wiki/<*> 2xx`]);
	});

	test('a few names stay what they are, for they may be kinds', () => {
		const few = people.slice(0, 8).map((name) => `/api/users/${name}/orders`);
		expect(patternsOf(few)).toEqual(few.map((path) => `1 GET ${path} 2xx`));
	});

	test('names behind names are found, and whoever comes later is of the same pattern', () => {
		const paths = people.flatMap((one) => people.map((other) => `/t/${one}/u/${other}/get`));
		const miner = createMiner();
		const add = (path: string, line: number) => miner.add(messageOf(access(path)), line);
		for (const [line, path] of paths.entries()) add(path, line);
		miner.settle();
		expect(miner.patterns().map(({words}) => words.join(' '))).toEqual(['GET /t/<*>/u/<*>/get 2xx']);
		expect(add('/t/zoe/u/otto/get', 900).id).toBe(1);
		expect(miner.find(messageOf(access('/t/yan/u/pia/get')))?.id).toBe(1);
		expect(miner.idOf(5)).toBe(1);
	});

	test('only what is of the template passes its filter, not what lies below it', () => {
		const expression = templateExpression('GET /api/users/<*> 2xx');
		expect(expression.test(messageOf(access('/api/users/anna')))).toBe(true);
		expect(expression.test(messageOf(access('/api/users/42')))).toBe(true);
		expect(expression.test(messageOf(access('/api/users/anna/orders')))).toBe(false);
		expect(expression.test(messageOf(access('/api/users/anna', 500)))).toBe(false);
		const deep = 'GET /a/b/c/d/e/f/g/<*> 2xx';
		expect(templateExpression(deep).test(messageOf(access('/a/b/c/d/e/f/g/h/i')))).toBe(true);
		expect(templateExpression('user <*> left').test('user anna / ben left')).toBe(true);
	});
});
