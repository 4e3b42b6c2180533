/** What a command works on: the team's rounds.yaml and what it leads to, or the simulated company. One at a time. */
import type {CommonOptions, Context} from '../../apps/context.ts';
import type {ScenarioName} from '../../demo/kit/world.ts';
import {UserError} from '../../base/user-error.ts';
import {here} from './streams.ts';

export interface Opened {
	readonly context: Context;
	readonly close: () => Promise<void>;
}

let opened: Opened | undefined;

/** What is open now; a crash wants its secrets and its address for reports. */
export const openedNow = () => opened;

/** Reads rounds.yaml, or starts the simulated company. Throws a UserError where that cannot be. */
export async function open(common: CommonOptions, demo: ScenarioName | undefined): Promise<Opened> {
	if (demo === undefined) {
		const {openContext} = await import('../../apps/context.ts');
		opened = {context: await openContext(common, here()), close: async () => {}};
	} else {
		const {openDemo} = await import('./demo-place.ts');
		opened = await openDemo(demo, common, here());
	}
	return opened;
}

/** Ends what is open; costs nothing where nothing is. */
export async function closeOpened(): Promise<void> {
	await opened?.close();
}

/** As `open`, but undefined where there is no rounds.yaml and none was named: a kubeconfig alone will do. */
export async function openWherePossible(common: CommonOptions, demo: ScenarioName | undefined): Promise<Opened | undefined> {
	if (demo === undefined && common.config === undefined) {
		const {findConfig} = await import('../../config/find-config-file.ts');
		const found = await findConfig(here()).catch((error: unknown) => {
			if (error instanceof UserError) return undefined;
			throw error;
		});
		if (found === undefined) return undefined;
	}
	return open(common, demo);
}
