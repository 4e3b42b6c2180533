import {defineConfig} from 'vitest/config';

const pure = ['logs', 'checks', 'triage', 'outside', 'memory', 'terminal'].map((folder) => `test/${folder}/**/*.test.ts`);
const common = {
	exclude: ['test/integration/**', 'test/bench/**'],
	testTimeout: 30_000,
	hookTimeout: 30_000,
	env: {TZ: 'UTC', NO_COLOR: '1'},
};

export default defineConfig({
	oxc: {jsx: {runtime: 'automatic'}},
	test: {
		maxWorkers: 2,
		projects: [
			// Pure functions leave nothing behind: a process of its own for each file would cost more than the tests.
			{extends: true, test: {...common, name: 'pure', include: pure, isolate: false}},
			{extends: true, test: {...common, name: 'rest', include: ['test/**/*.test.{ts,tsx}'], exclude: [...common.exclude, ...pure]}},
		],
	},
});
