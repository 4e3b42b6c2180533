import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {checkKinds, checkOf, checks, defaultKinds, openKinds} from '../../src/checks/index.ts';
import {reading} from './fixtures.ts';

const runbooks = fileURLToPath(new URL('../../runbooks/', import.meta.url));

test('every kind once, under its own name', () => {
	expect(checkKinds.map((kind) => checks[kind].kind)).toEqual(checkKinds);
	const titles = checkKinds.map((kind) => checks[kind].title);
	expect(new Set(titles).size).toBe(titles.length);
	expect([...defaultKinds, ...openKinds].toSorted()).toEqual(checkKinds.toSorted());
});

describe.each(checkKinds)('%s', (kind) => {
	const check = checkOf(kind);

	test('explains itself', () => {
		expect(check.why).toMatch(/\.$/);
		expect(check.tips.length).toBeGreaterThanOrEqual(3);
		expect(check.tips.length).toBeLessThanOrEqual(5);
		expect(new Set(check.tips).size).toBe(check.tips.length);
	});
	test('has a runbook', () => {
		expect(existsSync(`${runbooks}${check.runbook}.md`)).toBe(true);
	});
	test('may take some time, and less than its pace', () => {
		expect(check.timeoutMs).toBeGreaterThan(0);
		expect(check.timeoutMs).toBeLessThanOrEqual(check.everyMs);
	});
});

test.each(defaultKinds)('%s has a default for every option, and knows no others', (kind) => {
	const {options} = checkOf(kind);
	expect(options.safeParse({}).error).toBeUndefined();
	expect(options.safeParse({nonsense: 1}).success).toBe(false);
});

test.each(openKinds)('%s is not in a round by itself', (kind) => {
	const check = checkOf(kind);
	expect(check.configured(reading('health', {}))).toBe(false);
	expect(check.options.safeParse({}).success).toBe(false);
});
