/**
 * Opens the simulated company as if it were any team's: its rounds.yaml, its kubeconfig, its tokens in the environment.
 * The company runs in a process of its own, as real systems do: what it costs is not the product's.
 */
import {type ChildProcess, fork} from 'node:child_process';
import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {stateDirectory} from '../../adapters/disk/state-directory.ts';
import type {CommonOptions, Context, Place} from '../../apps/context.ts';
import {writeHistory} from '../../demo/company/history.ts';
import type {CompanyFiles} from './serve-demo.ts';
import type {ScenarioName} from '../../demo/kit/world.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';

/** Runs `rounds demo --serve` next to us; it ends by itself when we do, however we do. */
function startServing(scenario: ScenarioName): Promise<{readonly files: CompanyFiles; readonly child: ChildProcess}> {
	const child = fork(process.argv[1] ?? '', ['demo', scenario, '--serve'], {
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		detached: true,
		// The debug log is this process's own.
		env: {...process.env, ROUNDS_DEBUG: undefined},
	});
	return new Promise((resolve, reject) => {
		child.once('message', (files: CompanyFiles) => resolve({files, child}));
		child.once('error', reject);
		child.once('exit', (code) => reject(new UserError(`The simulated company could not start (exit ${code})`, exitCodes.unavailable)));
	});
}

/** Ends the company and waits until it has cleaned up after itself. */
async function stopServing(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || !child.connected) return;
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.disconnect();
	await ended;
}

/** Starts the company's servers and opens its configuration; the ops log and the runbooks outlive it in the state directory. */
export async function openDemo(
	scenario: ScenarioName,
	common: CommonOptions,
	{cwd, env, debug}: Place,
): Promise<{readonly context: Context; readonly close: () => Promise<void>}> {
	const root = join(stateDirectory(env), 'demo', scenario);
	// The company takes longest: all else is loaded while it starts.
	const serving = startServing(scenario);
	const [{files, child}, {openContext}] = await Promise.all([
		serving,
		import('../../apps/context.ts'),
		mkdir(join(root, 'docs', 'runbooks'), {recursive: true}).then(() => writeHistory(root, {scenario, now: Date.now()})),
	]);
	const close = () => stopServing(child);
	try {
		const place = {cwd, env: {...env, ...files.environment}, ...(debug ? {debug} : {})};
		return {context: await openContext({...common, config: files.configPath}, place, root), close};
	} catch (error) {
		await close();
		throw error;
	}
}
