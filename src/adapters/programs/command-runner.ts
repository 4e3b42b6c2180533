/** Runs programs by argument array, never through a shell. */
import {constants} from 'node:os';
import type {CommandRunner} from '../../ports/commands.ts';
import {SourceError} from '../../base/source-error.ts';

const maxOutput = 16 * 1024 * 1024;

/** Makes the runner; execa is loaded with the first command. */
export function createCommandRunner(): CommandRunner {
	return {
		async run(argv, options) {
			const [program, ...rest] = argv;
			if (program === undefined || program === '') {
				throw new SourceError({
					source: 'Command',
					kind: 'not-configured',
					message: 'The command is empty',
					advice: 'Name a program in rounds.yaml',
				});
			}
			options.signal?.throwIfAborted();
			const {execa} = await import('execa');
			const result = await execa(program, rest, {
				timeout: options.timeoutMs,
				reject: false,
				// What a script started must not outlive it.
				killDescendants: true,
				forceKillAfterDelay: 1000,
				maxBuffer: maxOutput,
				stripFinalNewline: false,
				...(options.input === undefined ? {stdin: 'ignore' as const} : {input: options.input}),
				...(options.signal ? {cancelSignal: options.signal} : {}),
				...(options.cwd === undefined ? {} : {cwd: options.cwd}),
				...(options.env === undefined ? {} : {env: options.env}),
			});
			if (result.isCanceled) options.signal?.throwIfAborted();
			if (result.timedOut) {
				throw new SourceError({
					source: program,
					kind: 'timeout',
					message: `${program} did not end within ${options.timeoutMs / 1000} s and was stopped`,
					advice: `Run ${program} by hand to see what it waits for`,
				});
			}
			if (result.isMaxBuffer) {
				throw new SourceError({
					source: program,
					kind: 'bad-response',
					message: `${program} printed more than ${maxOutput / 1024 / 1024} MiB and was stopped`,
					advice: 'Narrow what it prints',
				});
			}
			if (result.exitCode === undefined && result.signal === undefined) throw cannotStart(program, result.code, options.cwd);
			// A signal is told as shells tell it, so that callers have one number to look at.
			const exitCode = result.exitCode ?? 128 + (result.signal === undefined ? 0 : constants.signals[result.signal]);
			return {exitCode, stdout: result.stdout ?? '', stderr: result.stderr ?? '', durationMs: result.durationMs};
		},
	};
}

function cannotStart(program: string, code: string | undefined, cwd: string | undefined): SourceError {
	if (code === 'EACCES') {
		return new SourceError({
			source: program,
			kind: 'not-configured',
			message: `${program} is not executable`,
			advice: `chmod +x ${program}`,
		});
	}
	return new SourceError({
		source: program,
		kind: 'not-configured',
		message:
			code === 'ENOENT' ? `${program} is not installed, or not in PATH` : `${program} cannot be started (${code ?? 'unknown error'})`,
		advice: cwd === undefined ? `Install ${program}` : `Install ${program}, or check the path (commands run in ${cwd})`,
	});
}
