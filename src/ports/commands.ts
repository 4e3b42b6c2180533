/** Running a program without a shell. */

export interface CommandResult {
	readonly exitCode: number;
	readonly stdout: string;
	readonly stderr: string;
	readonly durationMs: number;
}

export interface CommandRunner {
	/** Runs argv without a shell. Throws SourceError where it cannot start or times out; an exit code is data. */
	readonly run: (
		argv: readonly string[],
		options: {
			readonly timeoutMs: number;
			readonly signal?: AbortSignal;
			readonly input?: string;
			readonly cwd?: string;
			readonly env?: Readonly<Record<string, string>>;
		},
	) => Promise<CommandResult>;
}
