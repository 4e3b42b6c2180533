import {availableParallelism} from 'node:os';
import {defineConfig} from 'vitest/config';

/** Against real programs: kubectl, promtool, amtool, a PTY. A program that is missing is a failure, never a skip. */
export default defineConfig({
	oxc: {jsx: {runtime: 'automatic'}},
	test: {
		include: ['test/integration/**/*.test.{ts,tsx}'],
		testTimeout: 120_000,
		hookTimeout: 120_000,
		maxWorkers: availableParallelism(),
		globalSetup: ['test/helpers/scratch-run.ts'],
		setupFiles: ['test/helpers/scratch-file.ts'],
		env: {TZ: 'UTC', NO_COLOR: '1'},
	},
});
