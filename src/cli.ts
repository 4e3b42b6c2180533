#!/usr/bin/env node
/**
 * The bin. Does as little as it can before it knows what is wanted: `--version` loads nothing more, the full screen
 * shows its first bytes before Ink is read, and headless commands never load React.
 */
import {openSync, writeSync} from 'node:fs';
import nodeModule from 'node:module';
import type {ReadStream} from 'node:tty';
import {guardOutput} from './commands/kit/output.ts';

declare global {
	namespace NodeJS {
		/** Variables that the program knows by name; the build puts in the last two. */
		interface ProcessEnv {
			UV_THREADPOOL_SIZE?: string;
			ROUNDS_VERSION?: string;
			ROUNDS_BUILD?: string;
		}
	}
}

// Node looks names up with half of its four threads: two dead names would hold up every other source for seconds.
process.env.UV_THREADPOOL_SIZE ??= '16';
guardOutput();

const neededNode = [22, 12] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const argv = process.argv.slice(2);

/** Options that take the next word as their value, so that the word is no command. */
const valued = new Set(['--config', '--service', '--environment', '--context', '--format']);
const words = argv.filter((word, index) => !word.startsWith('-') && !valued.has(argv[index - 1] ?? ''));

/** True for `rounds`, `rounds demo [scenario]`, `rounds tail …` and `rounds log show …`: what opens the full screen. */
function opensScreen(): boolean {
	if (argv.some((word) => ['--help', '-h', '--serve', '--version', '-V', '--plain'].includes(word))) return false;
	return (
		words.length === 0 ||
		words[0] === 'demo' ||
		words[0] === 'tail' ||
		(words[0] === 'log' && words[1] === 'show' && !argv.includes('--json'))
	);
}

/** The keys: standard input, or the terminal itself where that brings the lines of `… | rounds tail -`. */
function openKeyboard(): ReadStream | undefined {
	if (process.stdin.isTTY) return process.stdin;
	if (words[0] !== 'tail' || !argv.includes('-')) return undefined;
	try {
		// Asked for here: nothing else needs it in a pipe, and it takes three milliseconds.
		const {ReadStream: TerminalInput} = process.getBuiltinModule('node:tty');
		return new TerminalInput(openSync('/dev/tty', 'r'));
	} catch {
		// No terminal of its own (a job, a container): the lines continue as plain ones.
		return undefined;
	}
}

if (major < neededNode[0] || (major === neededNode[0] && minor < neededNode[1])) {
	process.stderr.write(`rounds needs Node ${neededNode.join('.')} or newer, but this is Node ${process.versions.node}\n`);
	process.exitCode = 1;
} else if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
	process.stdout.write(`${process.env.ROUNDS_VERSION}\n`);
} else {
	const keyboard = process.stdout.isTTY && process.env['TERM'] !== 'dumb' ? openKeyboard() : undefined;
	const screen = keyboard !== undefined && opensScreen();
	if (screen) {
		// Before anything is shown: what is typed then waits for Ink, and ctrl-c is a key, not an end that leaves the screen behind.
		keyboard.setRawMode(true);
		// The cursor goes home again: Ink draws its first frame from where it is.
		writeSync(1, '\u001B[?1049h\u001B[2J\u001B[?25l\u001B[1;2Hrounds\u001B[H');
	}
	nodeModule.enableCompileCache?.();
	const {main} = await import('./commands/main.ts');
	const code = await main(argv, {
		keyboard,
		splash: screen,
		loadScreen: () => import('../views/app/start.tsx'),
		loadPage: () => import('../views/kit/print-page.ts'),
	});
	// What is still asked of a slow source interests no one any more; what is printed must be out first.
	process.stdout.write('', (error) => {
		if (!error) process.exit(code);
	});
}
