/** A sink that writes down what it is told, and lets a test wait for it. */
import type {LogSink, StreamInfo, StreamNote, StreamState} from '../../../../src/ports/log-feed.ts';

export interface Recorded {
	readonly info: StreamInfo;
	readonly texts: string[];
	readonly times: number[];
	readonly notes: StreamNote[];
	/** Texts and `gap: …` or `mark: …`, in the order of telling. */
	readonly all: string[];
	readonly states: StreamState[];
	caughtUp: number;
}

export function recordingSink() {
	const streams: Recorded[] = [];
	const notices: (string | undefined)[] = [];
	const waiting = new Set<() => void>();
	const changed = () => {
		for (const look of waiting) look();
	};
	const of = (id: number): Recorded => {
		const stream = streams[id];
		if (!stream) throw new Error(`stream ${id} was never opened`);
		return stream;
	};
	const sink: LogSink = {
		open(info) {
			const known = streams.findIndex((stream) => stream.info.key === info.key);
			if (known >= 0) return known;
			streams.push({info, texts: [], times: [], notes: [], all: [], states: [], caughtUp: 0});
			changed();
			return streams.length - 1;
		},
		lines(id, {bytes, count, starts, ends, times}) {
			const stream = of(id);
			for (let line = 0; line < count; line++) {
				const text = Buffer.from(bytes.subarray(starts[line], ends[line])).toString('utf8');
				stream.texts.push(text);
				stream.all.push(text);
				stream.times.push(times[line] ?? Number.NaN);
			}
			changed();
		},
		note(id, note) {
			of(id).notes.push(note);
			of(id).all.push(`${note.kind}: ${note.text}`);
			changed();
		},
		state(id, state) {
			of(id).states.push(state);
			changed();
		},
		caughtUp(id) {
			of(id).caughtUp++;
			changed();
		},
		notice(text) {
			notices.push(text);
			changed();
		},
	};
	return {
		sink,
		streams,
		notices,
		notice: () => notices.at(-1),
		/** The streams of a pod, in the order of opening. */
		of: (pod: string) => streams.filter(({info}) => info.pod === pod),
		stateOf: (stream: Recorded | undefined) => stream?.states.at(-1),
		texts: () => streams.flatMap(({texts}) => texts),
		/** Resolves once the condition holds. */
		until: (condition: () => boolean): Promise<void> =>
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
