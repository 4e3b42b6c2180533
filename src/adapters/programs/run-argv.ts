/** Runs a runbook's block: programs by argument array, output as it comes, stopped with all that they started. */
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {homedir, tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import type {RunBlock, RunEnd, RunPlan} from '../../runbooks/blocks/run-block.ts';

export interface RunBlockOptions {
	readonly cwd: string;
	/** The program's own environment. */
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The cluster that is looked at: kubectl must not speak to another. */
	readonly kubernetes?: {readonly kubeconfig?: string | undefined; readonly context?: string | undefined} | undefined;
	/** 10 minutes by default. */
	readonly timeoutMs?: number;
	/** How long a program has to end when it is asked to, before it is killed; 2 s by default. */
	readonly patienceMs?: number;
}

const tenMinutes = 600_000;

/** No pager may wait for a key that no one can press, and no colour is wanted. */
const plainOutput = {PAGER: 'cat', GIT_PAGER: 'cat', AWS_PAGER: '', NO_COLOR: '1', TERM: 'dumb', CI: undefined};

/** A kubeconfig that only names the context goes before the others: the first file that says it wins, as in kubectl. */
async function kubernetesEnv(
	{env, kubernetes}: Pick<RunBlockOptions, 'env' | 'kubernetes'>,
	directory: string,
): Promise<Readonly<Record<string, string>>> {
	if (!kubernetes) return {};
	const home = (path: string) => (path.startsWith('~/') ? join(homedir(), path.slice(2)) : path);
	const others =
		kubernetes.kubeconfig === undefined ? env['KUBECONFIG'] || join(homedir(), '.kube', 'config') : home(kubernetes.kubeconfig);
	if (kubernetes.context === undefined) return kubernetes.kubeconfig === undefined ? {} : {KUBECONFIG: others};
	const file = join(directory, 'context');
	await writeFile(file, JSON.stringify({apiVersion: 'v1', kind: 'Config', 'current-context': kubernetes.context}), {mode: 0o600});
	return {KUBECONFIG: [file, others].join(delimiter)};
}

function cannotStart(program: string, code: string | undefined): string {
	if (code === 'ENOENT') return `${program} is not installed, or not in PATH`;
	return code === 'EACCES' ? `${program} is not executable: no permission` : `${program} cannot be started (${code ?? 'unknown error'})`;
}

/** What the shells mean by these. */
const shellCodes: Readonly<Record<number, string>> = {
	126: 'exit code 126: a program in it is not executable',
	127: 'exit code 127: a program in it is not installed, or not in PATH',
};

/** Makes the runner; execa is loaded with the first block. */
export function createRunBlock(options: RunBlockOptions): RunBlock {
	const {cwd, timeoutMs = tenMinutes, patienceMs = 2000} = options;

	async function runAll(
		{argvs, env}: RunPlan,
		onOutput: (text: string) => void,
		stopping: AbortSignal,
	): Promise<Omit<RunEnd, 'durationMs'>> {
		const {execa} = await import('execa');
		const directory = await mkdtemp(join(tmpdir(), 'rounds-run-'));
		try {
			const cluster = await kubernetesEnv(options, directory);
			for (const [program = '', ...rest] of argvs) {
				if (stopping.aborted) return {done: false, words: 'stopped'};
				const running = execa(program, rest, {
					cwd,
					env: {...plainOutput, ...options.env, ...plainOutput, ...cluster, ...env},
					extendEnv: false,
					stdin: 'ignore',
					buffer: false,
					encoding: 'buffer',
					reject: false,
					timeout: timeoutMs,
					// What it started must not outlive it.
					killDescendants: true,
					forceKillAfterDelay: patienceMs,
					cancelSignal: stopping,
				});
				for (const stream of [running.stdout, running.stderr]) {
					const decoder = new TextDecoder();
					stream.on('data', (chunk: Uint8Array) => onOutput(decoder.decode(chunk, {stream: true})));
				}
				// oxlint-disable-next-line no-await-in-loop -- one after the other is the point
				const result = await running;
				if (result.isCanceled) return {done: false, words: 'stopped'};
				if (result.timedOut) return {done: false, words: `not done within ${Math.round(timeoutMs / 1000)} s, so it was stopped`};
				if (result.exitCode === undefined && result.signal === undefined) return {done: false, words: cannotStart(program, result.code)};
				if (result.exitCode === undefined) return {done: false, words: `ended by ${result.signal ?? 'a signal'}`};
				if (result.exitCode !== 0) return {done: false, words: shellCodes[result.exitCode] ?? `exit code ${result.exitCode}`};
			}
			return {done: true, words: 'exit code 0'};
		} finally {
			await rm(directory, {recursive: true, force: true}).catch(() => {});
		}
	}

	return (plan, onOutput) => {
		const stopping = new AbortController();
		const from = performance.now();
		const ended = runAll(plan, onOutput, stopping.signal)
			.catch((error: unknown) => ({done: false, words: error instanceof Error ? error.message : String(error)}))
			.then((end): RunEnd => ({...end, durationMs: performance.now() - from}));
		return {stop: () => stopping.abort(), ended};
	};
}
