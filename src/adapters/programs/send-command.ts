/** Runs one command that changes something elsewhere: once, and tells what is certain about it. */
import type {OutsideOutcome, SentCommand} from '../../round/outside/outside-write.ts';
import type {CommandResult, CommandRunner} from '../../ports/commands.ts';
import {sanitize} from '../../base/terminal/sanitize.ts';
import {SourceError} from '../../base/source-error.ts';
import type {ToolFailure} from './command-json.ts';

export interface CommandSender {
	readonly commands: CommandRunner;
	/** Where to get the program: `Install the Stripe CLI (stripe)`. */
	readonly install: string;
	/** What its standard error means; the first that matches. */
	readonly failures: readonly Pick<ToolFailure, 'pattern' | 'message' | 'advice'>[];
	/** Where it runs; the current directory where absent. */
	readonly cwd?: string;
	/** 30 s by default. */
	readonly timeoutMs?: number;
}

/** Runs it. Never throws for what the world does; what was stopped in the middle is unsure. */
export async function sendCommand(
	sent: SentCommand,
	sender: CommandSender,
	onDone: (result: CommandResult) => OutsideOutcome,
): Promise<OutsideOutcome> {
	const [program = ''] = sent.argv;
	const {commands, install, failures, cwd, timeoutMs = 30_000} = sender;
	let result: CommandResult;
	try {
		result = await commands.run(sent.argv, {
			timeoutMs,
			...(sent.input === undefined ? {} : {input: sent.input}),
			...(cwd === undefined ? {} : {cwd}),
			// No one can answer a question that it asks behind the screen.
			env: {GH_PROMPT_DISABLED: '1', GIT_TERMINAL_PROMPT: '0', NO_COLOR: '1'},
		});
	} catch (error) {
		if (!(error instanceof SourceError)) throw error;
		if (error.kind === 'not-configured') return {state: 'failed', text: error.message, advice: install};
		return {state: 'unsure', text: error.message, advice: 'Look whether it was done before sending it again'};
	}
	if (result.exitCode === 0) return onDone(result);
	const failure = failures.find(({pattern}) => pattern.test(result.stderr));
	if (failure) return {state: 'failed', text: failure.message, advice: failure.advice};
	const said = sanitize(result.stderr.trim().split('\n').at(-1) ?? '');
	const text = `${program} ended with exit code ${result.exitCode}${said === '' ? '' : `: ${said}`}`;
	// From 128 on a signal ended it, wherever it was.
	if (result.exitCode >= 128) return {state: 'unsure', text, advice: 'Look whether it was done before sending it again'};
	return {state: 'failed', text, advice: `Run ${program} by hand to see what is wrong`};
}
