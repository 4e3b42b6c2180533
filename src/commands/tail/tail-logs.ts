/** `rounds tail`, on the full screen or as lines. */
import type {CommonOptions} from '../../apps/context.ts';
import type {ScenarioName} from '../../demo/kit/world.ts';
import type {TailApp} from '../../apps/tail-app.ts';
import {leave, show, type Surroundings} from '../kit/full-screen.ts';
import {closeOpened, openWherePossible} from '../kit/opened.ts';
import {err, here, wantsColour} from '../kit/streams.ts';
import type {Invocation} from '../kit/program.ts';

/** Live logs: full screen where there is a terminal for it and plain lines were not asked for; else lines on stdout. */
export async function tailLogs({words, after, options}: Invocation, common: CommonOptions, surroundings: Surroundings): Promise<number> {
	const demo = typeof options['demo'] === 'string' ? (options['demo'] as ScenarioName) : undefined;
	const {keyboard} = surroundings;
	const tails = await import('./tail-command.ts');
	const input = {
		...here(),
		common,
		words,
		after,
		options,
		stdin: process.stdin,
		demo,
		async openContext() {
			// Contexts of a tail may be several: its own selection chooses them.
			const {context: _several, ...rest} = common;
			return (await openWherePossible(rest, demo))?.context;
		},
	};
	if (!keyboard || options['plain'] === true) {
		const stop = new AbortController();
		process.on('SIGINT', () => stop.abort());
		process.on('SIGTERM', () => stop.abort());
		try {
			return await tails.plainTail(input, await tails.openTail(input), {
				out: process.stdout,
				err,
				signal: stop.signal,
				colour: wantsColour(),
			});
		} finally {
			await closeOpened();
		}
	}
	let app: TailApp | undefined;
	const load = async (say: (doing: string) => void) => {
		say(demo === undefined ? 'finding the logs' : 'starting the simulated company');
		const started = tails.tailApp(input, await tails.openTail(input));
		app = started;
		await started.start();
		return {kind: 'tail', app: started} as const;
	};
	try {
		await show({...surroundings, keyboard}, {screen: 'tail', load});
		return 0;
	} finally {
		await leave(app);
	}
}
