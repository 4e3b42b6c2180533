/** What a stream tells of itself: that it lives, what went wrong and when it tries again, and where lines may be missing. */
import type {LogSink, StreamId} from '../../../ports/log-feed.ts';
import type {Clock} from '../../../ports/clock.ts';
import type {Run} from './runs.ts';

export interface Telling {
	/** Lines may be missing between the times (epoch milliseconds): from the run's start where `from` is not known, until now without `to`. */
	readonly gap: (from: number | undefined, to: number | undefined, text: string) => void;
	/** The run takes the place of another, and no line is missing. */
	readonly restarted: () => void;
	/** The server answered, or bytes came. */
	readonly life: () => void;
	/** Asked again after `pause` milliseconds. */
	readonly trouble: (error: string, pause: number) => void;
	readonly denied: (error: string) => void;
	readonly queued: () => void;
	readonly connecting: () => void;
	readonly ended: (at: number, why: string) => void;
}

/** A stream that continues living says so that often. */
const lifeEveryMs = 1000;

export function createTelling({
	sink,
	id,
	run,
	clock,
}: {
	readonly sink: LogSink;
	readonly id: StreamId;
	readonly run: Run;
	readonly clock: Clock;
}): Telling {
	let provedAt = Number.NEGATIVE_INFINITY;
	let lostAt: number | undefined;
	return {
		gap(from, to, text) {
			const end = to ?? clock.now();
			sink.note(id, {kind: 'gap', from: Math.min(from ?? run.startedAt ?? end, end), to: end, text});
		},
		restarted() {
			const at = run.startedAt ?? clock.now();
			sink.note(id, {kind: 'mark', from: at, to: at, text: 'restarted, stream reopened, no line lost'});
		},
		life() {
			const now = clock.now();
			if (lostAt === undefined && now - provedAt < lifeEveryMs) return;
			provedAt = now;
			lostAt = undefined;
			sink.state(id, {kind: 'live', since: now});
		},
		trouble(error, pause) {
			const now = clock.now();
			lostAt ??= now;
			sink.state(id, {kind: 'reconnecting', since: lostAt, retryAt: now + pause, error});
		},
		denied: (error) => sink.state(id, {kind: 'denied', error}),
		queued: () => sink.state(id, {kind: 'queued'}),
		connecting: () => sink.state(id, {kind: 'connecting'}),
		ended: (at, why) => sink.state(id, {kind: 'ended', at, why}),
	};
}
