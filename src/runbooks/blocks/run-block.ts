/** Running a runbook's block: what is started, and what came of it. */

export interface RunPlan {
	/** Programs with their arguments, one after the other; the first that fails is the last. */
	readonly argvs: readonly (readonly string[])[];
	/** Added to the programs' environment: the values of a shell block's variables. */
	readonly env: Readonly<Record<string, string>>;
}

export interface RunEnd {
	/** Every program ended with 0. */
	readonly done: boolean;
	/** `exit code 1`, `stopped`, `kubectl is not installed, or not in PATH`. */
	readonly words: string;
	readonly durationMs: number;
}

export interface BlockRun {
	/** Ends the programs and all that they started. */
	readonly stop: () => void;
	/** Never rejects. */
	readonly ended: Promise<RunEnd>;
}

/** @param onOutput Text of both streams as it comes, in pieces cut anywhere. */
export type RunBlock = (plan: RunPlan, onOutput: (text: string) => void) => BlockRun;
