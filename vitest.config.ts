import {availableParallelism} from 'node:os';
import {defineConfig} from 'vitest/config';

const terminals = 'test/e2e/**/*.test.ts';
const notHere = ['test/integration/**', 'test/bench/**'];

export default defineConfig({
	oxc: {jsx: {runtime: 'automatic', development: false}},
	test: {
		maxWorkers: availableParallelism(),
		globalSetup: ['test/helpers/scratch-run.ts'],
		setupFiles: ['test/helpers/scratch-file.ts'],
		// A test leaves nothing behind; a process of its own for each file would cost more than most of them.
		isolate: false,
		testTimeout: 30_000,
		hookTimeout: 30_000,
		// Of its own it gives up after a second, which a shared machine may take for one frame.
		expect: {poll: {timeout: 15_000}},
		// React as it is shipped: its development build takes twice as long for a frame.
		env: {TZ: 'UTC', NO_COLOR: '1', NODE_ENV: 'production'},
		projects: [
			// A shared machine may starve a terminal for seconds: what is wrong there fails twice. A property that fails once is wrong.
			{extends: true, test: {name: 'e2e', include: [terminals], retry: process.env['CI'] ? 1 : 0}},
			{extends: true, test: {name: 'rest', include: ['test/**/*.test.{ts,tsx}'], exclude: [...notHere, terminals]}},
		],
	},
});
