/** Opens the simulated company as if it were any team's: its rounds.yaml, its kubeconfig, its tokens in the environment. */
import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import {systemClock} from '../adapters/clock.ts';
import {stateDirectory} from '../adapters/files.ts';
import {type CommonOptions, type Context, openContext, type Place} from '../context.ts';
import {startCompany} from '../demo/company.ts';
import type {ScenarioName} from '../demo/world.ts';

/** Starts the company's servers and opens its configuration; the ops log and the runbooks outlive it in the state directory. */
export async function openDemo(
	scenario: ScenarioName,
	common: CommonOptions,
	{cwd, env}: Place,
): Promise<{readonly context: Context; readonly close: () => Promise<void>}> {
	const root = join(stateDirectory(env), 'demo', scenario);
	await mkdir(join(root, 'docs', 'runbooks'), {recursive: true});
	const company = await startCompany({scenario, clock: systemClock});
	try {
		const place = {cwd, env: {...env, ...company.environment}};
		return {context: await openContext({...common, config: company.configPath}, place, root), close: company.close};
	} catch (error) {
		await company.close();
		throw error;
	}
}
