/** What changes while the program runs, for the debug log: checks, streams of a log, events of the round. */
import type {CheckRun} from '../checks/kit/check.ts';
import type {DebugLog} from '../ports/debug-log.ts';
import type {LogSink, StreamInfo} from '../ports/log-feed.ts';
import type {Clock} from '../ports/clock.ts';
import type {RoundHolder} from '../round/kept/round-holder.ts';
import type {Store} from '../base/store.ts';

interface Watching {
	readonly debug: DebugLog;
	readonly clock: Clock;
}

/** Writes each change of a check's phase, result, error or liveness. */
export function logRuns(runs: ReadonlyMap<string, Store<CheckRun>>, {debug, clock}: Watching): void {
	if (!debug.isOn) return;
	for (const [check, store] of runs) {
		let written = '';
		store.subscribe(() => {
			const {phase, finding, error, liveness, nextAt} = store.get();
			const lost = liveness?.state === 'reconnecting' ? liveness : undefined;
			const state = {phase, status: finding?.status, liveness: liveness?.state, error: error?.message ?? lost?.error};
			const text = JSON.stringify(state);
			if (text === written) return;
			written = text;
			const retryAt = lost?.retryAt ?? (error && phase === 'done' ? nextAt : undefined);
			debug.write({kind: 'check', check, ...state, ...(retryAt === undefined ? {} : {retryInMs: retryAt - clock.now()})});
		});
	}
}

/** The holder, which writes each event that it is sent. */
export function logEvents(holder: RoundHolder, debug: DebugLog): RoundHolder {
	if (!debug.isOn) return holder;
	return {
		...holder,
		dispatch(event) {
			debug.write({kind: 'round', event: event.type, step: 'step' in event ? event.step : undefined});
			holder.dispatch(event);
		},
	};
}

/** The sink, which writes how each stream's state changes; a live stream that shows life again has not changed. */
export function logStreams(sink: LogSink, {debug, clock}: Watching): LogSink {
	if (!debug.isOn) return sink;
	const streams = new Map<number, {readonly info: StreamInfo; state: string}>();
	return {
		...sink,
		open(info) {
			const id = sink.open(info);
			streams.set(id, {info, state: 'connecting'});
			return id;
		},
		state(id, state) {
			sink.state(id, state);
			const stream = streams.get(id);
			if (!stream || (stream.state === state.kind && state.kind !== 'reconnecting')) return;
			stream.state = state.kind;
			debug.write({
				kind: 'stream',
				stream: stream.info.name,
				state: state.kind,
				...('error' in state ? {error: state.error} : {}),
				...('retryAt' in state ? {retryInMs: state.retryAt - clock.now()} : {}),
			});
		},
	};
}
