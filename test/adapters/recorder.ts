/** A sink that writes everything down, and waits for what a test expects. */
import type {LogSink, StreamInfo, StreamNote, StreamState} from '../../src/ports/log-feed.ts';

export interface Recorder extends LogSink {
	readonly streams: readonly StreamInfo[];
	/** In the order of delivery, of all streams. */
	readonly texts: readonly string[];
	readonly times: readonly number[];
	readonly textsOf: (name: string) => readonly string[];
	readonly notes: readonly (StreamNote & {readonly stream: string})[];
	readonly states: readonly (StreamState & {readonly stream: string})[];
	readonly stateOf: (name: string) => StreamState | undefined;
	readonly caught: readonly string[];
	readonly notices: readonly (string | undefined)[];
	/** Resolves as soon as the condition holds; looked at whenever something is told. */
	readonly until: (condition: () => boolean) => Promise<void>;
}

export function recorder(): Recorder {
	const streams: StreamInfo[] = [];
	const lines: {readonly stream: string; readonly text: string; readonly time: number}[] = [];
	const notes: (StreamNote & {stream: string})[] = [];
	const states: (StreamState & {stream: string})[] = [];
	const caught: string[] = [];
	const notices: (string | undefined)[] = [];
	const waiting = new Set<() => void>();
	const told = () => {
		for (const look of waiting) look();
	};
	const nameOf = (id: number) => streams[id]?.name ?? '';
	return {
		streams,
		notes,
		states,
		caught,
		notices,
		get texts() {
			return lines.map(({text}) => text);
		},
		get times() {
			return lines.map(({time}) => time);
		},
		textsOf: (name) => lines.filter(({stream}) => stream === name).map(({text}) => text),
		stateOf: (name) => states.findLast(({stream}) => stream === name),
		open(stream) {
			const known = streams.findIndex(({key}) => key === stream.key);
			return known >= 0 ? known : streams.push(stream) - 1;
		},
		lines(id, {bytes, count, starts, ends, times}) {
			const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
			for (let index = 0; index < count; index++) {
				const text = buffer.toString('utf8', starts[index], ends[index]);
				lines.push({stream: nameOf(id), text, time: times[index] ?? Number.NaN});
			}
			told();
		},
		note(id, note) {
			notes.push({...note, stream: nameOf(id)});
			told();
		},
		state(id, state) {
			states.push({...state, stream: nameOf(id)});
			told();
		},
		caughtUp(id) {
			caught.push(nameOf(id));
			told();
		},
		notice(text) {
			notices.push(text);
			told();
		},
		until: (condition) =>
			new Promise((resolve) => {
				const look = () => {
					if (!condition()) return;
					waiting.delete(look);
					resolve();
				};
				waiting.add(look);
				look();
			}),
	};
}
