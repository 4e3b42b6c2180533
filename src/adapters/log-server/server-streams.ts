/** The streams that a log server's answers turn out to have: opened when their first line comes, all in one state. */
import type {LogSink, StreamId, StreamInfo, StreamNote, StreamState} from '../../ports/log-feed.ts';
import {batchOf, type TextLine} from './line-batch.ts';

/** A query with a field of many values among its labels must not open a stream for each. */
const mostStreams = 1000;

export interface ServerEntry extends TextLine {
	readonly stream: StreamInfo;
}

export interface ServerStreams {
	/** Delivers, each stream's in their order. */
	readonly deliver: (entries: readonly ServerEntry[]) => void;
	readonly state: (state: StreamState) => void;
	readonly note: (note: StreamNote) => void;
	/** From now on everything is new. */
	readonly caughtUp: () => void;
}

/** `query` is the stream that means the whole query: for what is to be said before there are lines, and for too many streams. */
export function createServerStreams(sink: LogSink, query: StreamInfo): ServerStreams {
	const open = new Map<string, StreamId>();
	let last: StreamState = {kind: 'connecting'};
	let isCaughtUp = false;

	const idOf = (stream: StreamInfo): StreamId => {
		const own = open.get(stream.key);
		if (own !== undefined) return own;
		if (open.size >= mostStreams && stream !== query) return idOf(query);
		const id = sink.open({...stream, isByTime: true});
		open.set(stream.key, id);
		sink.state(id, last);
		if (isCaughtUp) sink.caughtUp(id);
		return id;
	};
	const all = (): Iterable<StreamId> => {
		if (open.size === 0) idOf(query);
		return open.values();
	};
	return {
		deliver(entries) {
			const groups = new Map<StreamId, ServerEntry[]>();
			for (const entry of entries) {
				const id = idOf(entry.stream);
				const group = groups.get(id);
				if (group) group.push(entry);
				else groups.set(id, [entry]);
			}
			for (const [id, group] of groups) sink.lines(id, batchOf(group));
		},
		state(state) {
			last = state;
			// That all is well need not be said before there is a line, or none.
			const ids = state.kind === 'live' ? open.values() : all();
			for (const id of ids) sink.state(id, state);
		},
		note(note) {
			// Once for the query: a row in each of its streams would say the same a hundred times.
			sink.note(idOf(query), note);
		},
		caughtUp() {
			const ids = [...all()];
			isCaughtUp = true;
			for (const id of ids) sink.caughtUp(id);
		},
	};
}
