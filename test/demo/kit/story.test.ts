import {expect, onTestFinished, test} from 'vitest';
import type {BackupsOptions} from '../../../src/checks/backups/types.ts';
import {judgeRecorded} from '../../../src/checks/kit/recorded.ts';
import {loadConfig} from '../../../src/config/load-config-file.ts';
import {startCompany} from '../../../src/demo/company/company.ts';
import {createWorld} from '../../../src/demo/kit/story.ts';
import {scenarioNames} from '../../../src/demo/kit/world.ts';

const clock = {now: () => Date.UTC(2026, 10, 20, 8, 31), sleep: () => Promise.resolve()};

test('each scenario begins at the clock’s present', () => {
	for (const scenario of scenarioNames) {
		const {story} = createWorld({scenario, clock});
		expect(story.name).toBe(scenario);
		expect(story.startedAt).toBe(clock.now());
		expect(story.release.deployedAt).toBeLessThan(story.startedAt);
	}
});

test('the morning’s release went out at 07:02 and one pod burns since', () => {
	const {story} = createWorld({scenario: 'morning', clock});
	expect(new Date(story.release.deployedAt).toISOString()).toBe('2026-11-20T07:02:00.000Z');
	expect(story.failingPod).toBe('api-54fb9-n4vkg');
	expect(story.burstAt).toBeGreaterThan(story.release.deployedAt);
});

test('on a day when all is clear nothing differs from the usual', () => {
	const {story} = createWorld({scenario: 'all-clear', clock});
	expect(story.errorRatio.now).toBe(story.errorRatio.usual);
	expect(story.routes.every((route) => route.p95 === route.usualP95)).toBe(true);
	expect(story.failingPod).toBeUndefined();
});

test('the test restore is overdue in the morning only, and rounds.yaml says so', async () => {
	const findings = await Promise.all(
		scenarioNames.map(async (scenario) => {
			const company = await startCompany({scenario, clock});
			onTestFinished(company.close);
			const {config} = await loadConfig({cwd: company.directory, env: {}, path: company.configPath});
			const options = config.checks?.find(({check}) => check === 'backups')?.options as BackupsOptions;
			return [scenario, options.testRestore && judgeRecorded(options.testRestore, clock.now()).text] as const;
		}),
	);
	const tried = 'last on 2026-10-11, 40 days ago, due every 90 d';
	const overdue = 'last on 2026-07-31, 112 days ago, overdue by 22 d: due every 90 d';
	expect(Object.fromEntries(findings)).toEqual({morning: overdue, flaky: overdue, 'all-clear': tried, outage: tried});
});

test('chance is the same for a name in any order, another for another name or seed', () => {
	const one = createWorld({scenario: 'morning', clock});
	const same = createWorld({scenario: 'morning', seed: 1, clock});
	const other = createWorld({scenario: 'morning', seed: 2, clock});
	expect(one.chance('b')).not.toBe(one.chance('a'));
	expect([same.chance('a'), same.chance('b')]).toEqual([one.chance('a'), one.chance('b')]);
	expect(other.chance('a')).not.toBe(one.chance('a'));
	const drawn = Array.from({length: 1000}, (_, index) => one.chance(`pod-${index}`));
	expect(drawn.every((chance) => chance >= 0 && chance < 1)).toBe(true);
	expect(drawn.reduce((sum, chance) => sum + chance, 0) / drawn.length).toBeCloseTo(0.5, 1);
});
