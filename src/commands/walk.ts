/** The round on the full screen: the one of today, or a past one read-only. */
import type {App} from '../apps/round-app.ts';
import type {CommonOptions} from '../apps/context.ts';
import type {ScenarioName} from '../demo/kit/world.ts';
import {isCrashing, leave, show, type Surroundings} from './kit/full-screen.ts';
import {open} from './kit/opened.ts';
import {err, here, leaveSplash, out, say, wantsColour} from './kit/streams.ts';
import type {Invocation} from './kit/program.ts';
import {report} from './check/report-command.ts';

/** Says what became of the round, once the screen is gone. */
async function part({round}: App, demo: ScenarioName | undefined): Promise<void> {
	const {partingWords} = await import('../round/parting.ts');
	const words = partingWords(round.get(), demo === undefined ? 'rounds' : `rounds demo ${demo}`);
	if (words !== undefined) err(`${words}\n`);
}

/** The full screen where there is a terminal for it; else the headless report. */
export async function walk(common: CommonOptions, demo: ScenarioName | undefined, surroundings: Surroundings): Promise<number> {
	const {keyboard} = surroundings;
	if (!keyboard) {
		if (process.stdout.isTTY) err('rounds: No interactive terminal (TERM=dumb, or no keyboard). Printing the report instead.\n');
		const code = await report(await open(common, demo), {ids: [], format: 'text'});
		// The demo's errors are its story: to have shown them is its success.
		return demo === undefined ? code : 0;
	}
	let app: App | undefined;
	const load = async (say: (doing: string) => void) => {
		say(demo === undefined ? 'reading rounds.yaml' : 'starting the simulated company');
		const [{createApp}, {context}] = await Promise.all([import('../apps/create-round-app.ts'), open(common, demo)]);
		app = await createApp(context, {demo});
		app.start();
		return {kind: 'round', app} as const;
	};
	try {
		await show({...surroundings, keyboard}, {screen: 'round', load});
		if (app && !isCrashing()) await part(app, demo);
		return 0;
	} finally {
		await leave(app);
	}
}

/** A past round: on the screens it was walked on where there is a terminal for them; else its report. */
export async function replay({words, options}: Invocation, common: CommonOptions, surroundings: Surroundings): Promise<number> {
	const {shownRecord, printRecord} = await import('./log/log-show.ts');
	const record = await shownRecord({words, options, common, ...here()});
	const {keyboard} = surroundings;
	if (!keyboard || options['json'] === true || options['format'] === 'json') {
		if (surroundings.splash) leaveSplash();
		printRecord(record, {options, colour: wantsColour(), out, say});
		return 0;
	}
	const demo = typeof options['demo'] === 'string' ? (options['demo'] as ScenarioName) : undefined;
	let app: App | undefined;
	const load = async (say: (doing: string) => void) => {
		say('opening the record');
		const {service, environment} = record.round;
		// A service that has left rounds.yaml since still has its record.
		const {context} = await open({...common, service, environment}, demo).catch(() =>
			open({...common, service: undefined, environment: undefined}, demo),
		);
		const {createReplay} = await import('../apps/create-replay.ts');
		app = await createReplay(context, record);
		app.start();
		return {kind: 'round', app} as const;
	};
	try {
		await show({...surroundings, keyboard}, {screen: 'round', load});
		return 0;
	} finally {
		await leave(app);
	}
}
