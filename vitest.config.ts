import {defineConfig} from 'vitest/config';

export default defineConfig({
	oxc: {jsx: {runtime: 'automatic', development: false}},
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		exclude: ['test/integration/**', 'test/bench/**'],
		maxWorkers: 2,
		// A test leaves nothing behind; a process of its own for each file would cost more than most of them.
		isolate: false,
		// A shared machine may starve a terminal for seconds: what is wrong fails twice.
		retry: process.env['CI'] ? 1 : 0,
		testTimeout: 30_000,
		hookTimeout: 30_000,
		// React as it is shipped: its development build takes twice as long for a frame.
		env: {TZ: 'UTC', NO_COLOR: '1', NODE_ENV: 'production'},
	},
});
