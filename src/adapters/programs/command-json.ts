/** Programs that print JSON (aws, gcloud, gh, pgbackrest): run one, validate what it prints, explain its failures. */
import type * as z from 'zod';
import type {CommandResult, CommandRunner} from '../../ports/commands.ts';
import {SourceError, type SourceErrorKind} from '../../base/source-error.ts';

export interface ToolFailure {
	/** Matched against standard error. */
	readonly pattern: RegExp;
	readonly kind: SourceErrorKind;
	readonly message: string;
	readonly advice: string;
}

export interface JsonCommand<T> {
	readonly source: string;
	readonly argv: readonly string[];
	readonly schema: z.ZodType<T>;
	readonly commands: CommandRunner;
	readonly signal: AbortSignal;
	/** Where to get the program: `Install the AWS CLI (aws)`. */
	readonly install: string;
	readonly failures: readonly ToolFailure[];
	/** 20 s by default. */
	readonly timeoutMs?: number;
	readonly cwd?: string;
}

/**
 * Runs the command and reads its standard output.
 * @throws SourceError for a missing program, a failure of its own, or output of another shape
 */
export async function runJson<T>(command: JsonCommand<T>): Promise<T> {
	const {source, argv, schema} = command;
	const program = argv[0] ?? '';
	const result = await runTool(command);
	let value: unknown;
	try {
		value = JSON.parse(result.stdout);
	} catch {
		const what = result.stdout.trim() === '' ? 'printed nothing' : 'printed something that is not JSON';
		throw new SourceError({
			source,
			kind: 'bad-response',
			message: `${program} ${what}`,
			advice: `Run ${program} by hand and look at its output`,
		});
	}
	const parsed = schema.safeParse(value);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	const field = issue && issue.path.length > 0 ? issue.path.map(String).join('.') : 'the whole output';
	throw new SourceError({
		source,
		kind: 'bad-response',
		message: `${program} printed JSON in an unexpected shape: ${field}: ${issue?.message ?? 'invalid'}`,
		advice: `Run ${program} by hand and look at its output`,
	});
}

/** Runs the command; an exit code other than 0 becomes the SourceError of the first failure that matches. */
export async function runTool(command: Omit<JsonCommand<unknown>, 'schema'>): Promise<CommandResult> {
	const {source, argv, commands, signal} = command;
	const program = argv[0] ?? '';
	let result: CommandResult;
	try {
		const cwd = command.cwd === undefined ? {} : {cwd: command.cwd};
		result = await commands.run(argv, {timeoutMs: command.timeoutMs ?? 20_000, signal, ...cwd});
	} catch (error) {
		if (!(error instanceof SourceError)) throw error;
		const advice = error.kind === 'not-configured' ? command.install : error.advice;
		throw new SourceError({source, kind: error.kind, message: error.message, cause: error, ...(advice === undefined ? {} : {advice})});
	}
	if (result.exitCode === 0) return result;
	const failure = command.failures.find(({pattern}) => pattern.test(result.stderr));
	const said = lastLine(result.stderr);
	throw new SourceError({
		source,
		kind: failure?.kind ?? 'server-error',
		message: failure?.message ?? `${program} ended with exit code ${result.exitCode}${said === '' ? '' : `: ${said}`}`,
		advice: failure?.advice ?? `Run ${program} by hand to see what is wrong`,
	});
}

/** Tools put the reason last, after a usage text or a trace. */
function lastLine(text: string): string {
	const line = text.trim().split('\n').at(-1)?.trim() ?? '';
	return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
