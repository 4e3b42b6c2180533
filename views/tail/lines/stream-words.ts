/** What is said of a stream and of all of them together. Pure. */
import {formatAge, plural} from '../../../src/base/figures.ts';
import type {Stream} from '../../../src/logs/hold/tail.ts';
import type {Part} from '../../kit/line.ts';

/** A live stream without a line for longer than that is called quiet. */
export const quietMs = 60_000;

/** How long a live stream has been silent; undefined where it is not live, or not quiet. */
export function quietFor({state, lastLineAt}: Stream, now: number): number | undefined {
	if (state.kind !== 'live' || lastLineAt === undefined) return undefined;
	return now - lastLineAt >= quietMs ? now - lastLineAt : undefined;
}

/** The stream's state in a few words. */
export function streamWords(stream: Stream, now: number): Part {
	const {state} = stream;
	switch (state.kind) {
		case 'queued':
			return {text: 'queued (stream limit)', tone: 'amber'};
		case 'connecting':
			return {text: 'connecting', tone: 'dim'};
		case 'live': {
			const quiet = quietFor(stream, now);
			return quiet === undefined ? {text: 'live', tone: 'green'} : {text: `quiet ${formatAge(quiet)}`};
		}
		case 'reconnecting': {
			const wait = Math.max(0, state.retryAt - now);
			return {text: `reconnecting${wait >= 1000 ? ` in ${formatAge(wait)}` : ''}: ${state.error}`, tone: 'amber'};
		}
		case 'ended':
			return {text: `ended: ${state.why}`, tone: 'dim'};
		default:
			return {text: `denied: ${state.error}`, tone: 'red'};
	}
}

const count = (streams: readonly Stream[], kind: Stream['state']['kind']) => streams.filter(({state}) => state.kind === kind).length;

/** `6 streams live` (`6 live` where it must be `short`), `1 quiet 4 m`, `2 reconnecting`: what there is, each with its own tone. */
export function streamsSummary(streams: readonly Stream[], now: number, short = false): readonly Part[] {
	if (streams.length === 0) return [{text: 'no stream yet', tone: 'dim'}];
	const silences = streams.flatMap((stream) => quietFor(stream, now) ?? []);
	const live = count(streams, 'live') - silences.length;
	const longest = formatAge(Math.max(0, ...silences));
	const denied = count(streams, 'denied');
	const reconnecting = count(streams, 'reconnecting');
	const queued = count(streams, 'queued');
	const connecting = count(streams, 'connecting');
	const ended = count(streams, 'ended');
	return [
		...(denied > 0 ? [{text: `${denied} denied`, tone: 'red' as const}] : []),
		...(reconnecting > 0 ? [{text: `${reconnecting} reconnecting`, tone: 'amber' as const}] : []),
		...(queued > 0 ? [{text: `${queued} waiting for a place`, tone: 'amber' as const}] : []),
		...(live > 0 ? [{text: `${short ? live : plural(live, 'stream')} live`}] : []),
		...(silences.length > 0 ? [{text: `${silences.length} quiet ${silences.length > 1 ? 'up to ' : ''}${longest}`}] : []),
		...(connecting > 0 ? [{text: `${connecting} connecting`, tone: 'dim' as const}] : []),
		...(ended > 0 ? [{text: `${ended} ended`, tone: 'dim' as const}] : []),
	];
}
