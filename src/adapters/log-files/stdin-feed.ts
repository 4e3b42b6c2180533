/** Lines that come through a pipe. */
import type {Readable} from 'node:stream';
import type {LogFeed} from '../../ports/log-feed.ts';
import {withJournalText} from '../../logs/formats/journal-text.ts';
import {createLineSplitter} from '../../logs/hold/split-lines.ts';
import {createTimeReader} from '../../logs/formats/line-time.ts';
import type {Clock} from '../../ports/clock.ts';

export interface StdinFeedOptions {
	readonly stdin: Readable;
	/** As a person calls it; `standard input` by default. */
	readonly name?: string;
	readonly clock: Clock;
}

/** Makes the feed of one stream; finished when the pipe closes, also when it breaks. */
export function stdinFeed({stdin, name = 'standard input', clock}: StdinFeedOptions): LogFeed {
	const finished = Promise.withResolvers<void>();
	let close: () => void = () => {};
	return {
		title: name,
		finished: finished.promise,
		async start(sink) {
			const id = sink.open({key: 'stdin', name});
			const splitter = createLineSplitter((batch) => sink.lines(id, withJournalText(batch)), {timeOf: createTimeReader({now: clock.now})});
			sink.state(id, {kind: 'live', since: clock.now()});
			sink.caughtUp(id);
			const take = (chunk: Uint8Array) => {
				splitter.push(chunk);
				const room = sink.room?.();
				if (!room) return;
				stdin.pause();
				void room.then(() => stdin.resume());
			};
			const end = (why: string) => {
				close();
				splitter.end();
				sink.state(id, {kind: 'ended', at: clock.now(), why});
				finished.resolve();
			};
			const ended = () => end('end of input');
			const broke = (error: Error) => end(`the input broke off (${error.message})`);
			close = () => {
				stdin.off('data', take).off('end', ended).off('close', ended).off('error', broke);
				close = () => {};
			};
			stdin.on('error', broke).on('end', ended).on('close', ended).on('data', take);
		},
		async stop() {
			close();
			stdin.pause();
			finished.resolve();
		},
	};
}
