import {defineConfig} from 'vitest/config';

export default defineConfig({
	oxc: {jsx: {runtime: 'automatic'}},
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		exclude: ['test/integration/**', 'test/bench/**'],
		testTimeout: 30_000,
		hookTimeout: 30_000,
		maxWorkers: 2,
		env: {TZ: 'UTC', NO_COLOR: '1'},
	},
});
