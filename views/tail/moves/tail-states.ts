/** What is where no line does, in words. Pure. */
import {formatNumber, plural} from '../../../src/base/figures.ts';
import type {Stream} from '../../../src/logs/hold/tail.ts';
import type {Part} from '../../kit/line.ts';
import type {TailSession} from '../lines/tail-session.ts';

const ofKind = (streams: readonly Stream[], kind: Stream['state']['kind']) => streams.filter(({state}) => state.kind === kind);

function waiting({app}: TailSession): readonly Part[] {
	const streams = app.tail.streams.get();
	const said = app.tail.notice.get();
	if (streams.length === 0) {
		if (said !== undefined) return [{text: said, tone: 'amber'}];
		return [{text: 'looking for streams', tone: 'dim'}];
	}
	const told: Part[] = said === undefined ? [] : [{text: said, tone: 'amber'}];
	for (const {name, state} of ofKind(streams, 'denied').slice(0, 4)) {
		if (state.kind === 'denied') told.push({text: `denied: ${name}: ${state.error}`, tone: 'red'});
	}
	for (const {name, state} of ofKind(streams, 'reconnecting').slice(0, 4)) {
		if (state.kind === 'reconnecting') told.push({text: `reconnecting: ${name}: ${state.error}`, tone: 'amber'});
	}
	const live = ofKind(streams, 'live').length;
	const connecting = ofKind(streams, 'connecting').length + ofKind(streams, 'queued').length;
	const ended = ofKind(streams, 'ended').length;
	const {total} = app.tail.received();
	if (total > 0) told.push({text: `Loading: ${plural(total, 'line')}, sorting by time`});
	else if (live > 0) told.push({text: `waiting for lines: ${plural(live, 'stream')} connected, none has written yet`});
	if (connecting > 0) told.push({text: `connecting ${plural(connecting, 'stream')}`, tone: 'dim'});
	if (ended === streams.length) told.push({text: `${plural(ended, 'stream')} ended without a line`});
	return told;
}

/** Why there is nothing to count: `no line yet`, or none that passes. */
export function noLineWords({app, analysis}: Pick<TailSession, 'app' | 'analysis'>): string {
	const {lines} = app.tail;
	if (lines.end() === lines.first()) return 'no line yet';
	return analysis.looking() === undefined ? 'no line passes' : 'no match yet';
}

/** Sentences for the lines' region while no line is there to show; none where one is. */
export function emptyWords(session: TailSession): readonly Part[] {
	const {app, analysis, ui, view} = session;
	if (view.picture().cursor !== undefined) return [];
	const {lines} = app.tail;
	const held = lines.end() - lines.first();
	if (held === 0) return waiting(session);
	const share = analysis.looking();
	if (share !== undefined) return [{text: `Filtering ${plural(held, 'line')}: ${Math.floor(share * 100)} %, no match yet`}];
	const {filters, focus} = ui.get();
	const newest = filters.findLastIndex(({enabled}) => enabled);
	// In a panel x takes out what is selected there.
	const off =
		focus === 'lines' ? `Press x to remove the filter, ${newest + 1} to turn it off` : `Press ${newest + 1} to turn the filter off`;
	const way = newest < 0 ? 'Press L for other levels' : off;
	return [{text: `0 of ${formatNumber(held)} lines match. ${way}.`}];
}
