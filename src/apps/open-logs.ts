/** Live logs opened from the round: which streams, how much of the past, where pins go. */
import {join} from 'node:path';
import {stateDirectory} from '../adapters/disk/state-directory.ts';
import {openSeenPatterns} from '../adapters/disk/seen-patterns-file.ts';
import type {App} from './round-app.ts';
import type {CheckRun} from '../checks/kit/check.ts';
import type {LogsData} from '../checks/logs/types.ts';
import {isProduction} from '../service/service.ts';
import type {Context} from './context.ts';
import {createTailApp, evidenceText} from './create-tail-app.ts';
import type {LogSelection} from '../ports/log-feed.ts';
import type {RoundHolder} from '../round/kept/round-holder.ts';
import {createStore, type Store} from '../base/store.ts';
import type {LogLook, TailApp} from './tail-app.ts';
import type {LogEvidence} from '../logs/log-evidence.ts';

/** How much of the past a look shows: whichever of both is more. A run that has ended is shown by its end. */
const past = {beforeMs: 10 * 60_000, newest: 200, newestOfPrevious: 5000} as const;

/** The whole selection of a look; `now` in epoch milliseconds. */
export function selectionOf({selection, goTo}: LogLook, now: number): LogSelection {
	const {from, newest, previous = false} = selection;
	const reach = previous ? {newest: past.newestOfPrevious} : {from: (goTo ?? now) - past.beforeMs, newest: past.newest};
	return {
		contexts: [],
		namespaces: [],
		workloads: [],
		previous: false,
		follow: !previous,
		...(from === undefined && newest === undefined ? reach : {}),
		...selection,
	};
}

/** Service, environment and cluster, as the status bar of the logs shows them. */
export function placeOf({
	service,
	environment,
	cluster,
}: Pick<Context, 'service' | 'environment' | 'cluster'>): NonNullable<TailApp['place']> {
	return {
		service: service.name,
		environment: environment.name,
		production: isProduction(environment),
		...(cluster === undefined ? {} : {cluster}),
	};
}

/** Whose patterns are remembered together: those of one service in one environment, whatever part of it is looked at. */
export function memoryName({service, environment}: Pick<Context, 'service' | 'environment'>): string {
	return `${service.name} ${environment.name}`;
}

/** Pins of the logs as the round's own evidence. */
function pinsTo({store, dispatch}: Pick<RoundHolder, 'store' | 'dispatch'>, check: string): Pick<TailApp, 'pin' | 'isPinned'> {
	const isPinned = (id: string) => store.get().pins.some((pin) => pin.id === id && pin.check === check);
	return {
		isPinned,
		pin(evidence: LogEvidence) {
			if (isPinned(evidence.id)) {
				dispatch({type: 'unpinned', id: evidence.id, check});
				return 'unpinned';
			}
			dispatch({type: 'pinned', evidence: {id: evidence.id, check, text: evidenceText(evidence), at: evidence.at}});
			return store.get().investigating ? 'pinned to the investigation' : 'pinned to the round';
		},
	};
}

/** The usual share of 5xx as the logs check has read it; it may come while the logs are open. */
function usualErrorsOf(runs: readonly Store<CheckRun>[]): Store<number | undefined> {
	const usual = createStore<number | undefined>(undefined);
	for (const run of runs) {
		const look = () => {
			const data = run.get().reading?.data as LogsData | undefined;
			if (data?.usualErrorRatio.known) usual.set(data.usualErrorRatio.median);
		};
		look();
		run.subscribe(look);
	}
	return usual;
}

/** What `l` and `p` do; undefined where no cluster is configured. */
export function createOpenLogs(
	context: Context,
	round: {
		readonly demo: string | undefined;
		readonly holder: Pick<RoundHolder, 'store' | 'dispatch'>;
		/** The runs of the logs checks: they know what is usual. */
		readonly logsRuns: readonly Store<CheckRun>[];
	},
): App['openLogs'] {
	const {clock} = context;
	const {logs} = context.sources;
	if (!logs) return undefined;
	const usualErrors = usualErrorsOf(round.logsRuns);
	return (look, check) => {
		const selection = selectionOf(look, clock.now());
		const app = createTailApp({
			feed: logs.feed(selection),
			follows: selection.follow,
			clock,
			debug: context.debug,
			env: process.env,
			directory: process.cwd(),
			place: placeOf(context),
			demo: round.demo,
			patterns: openSeenPatterns({directory: join(stateDirectory(process.env), 'patterns'), of: memoryName(context), now: clock.now}),
			usualErrors,
			pins: pinsTo(round.holder, check),
			...(look.goTo === undefined ? {} : {goTo: look.goTo}),
		});
		app.start().catch((error: unknown) => app.notice.set(error instanceof Error ? error.message : String(error)));
		return app;
	};
}
