/** A log screen's app over the real ring and merge; lines are put in by hand. */
import type {LogSink, StreamId, StreamInfo, StreamState} from '../../src/ports/log-feed.ts';
import {createTail} from '../../src/logs/hold/tail-store.ts';
import {createStore} from '../../src/base/store.ts';
import type {TailApp} from '../../src/apps/tail-app.ts';
import type {LogEvidence} from '../../src/logs/log-evidence.ts';
import {textBatch} from '../logs/hold/batches.ts';
import {createFakeClock, type FakeClock} from './fake-clock.ts';

export const tailStart = new Date(2026, 10, 20, 8, 30).getTime();

export interface FakeTailOptions extends Partial<
	Pick<TailApp, 'title' | 'place' | 'demo' | 'follows' | 'goTo' | 'filters' | 'pin' | 'save' | 'edit' | 'openRunbooks'>
> {
	/** Bytes of the ring. */
	readonly capacity?: number;
	/** Pods, one stream each; live at once. */
	readonly pods?: readonly string[];
}

export interface FakeTail {
	readonly app: TailApp;
	readonly clock: FakeClock;
	readonly sink: LogSink;
	/** Opens one more stream. */
	readonly open: (info: Partial<StreamInfo> & {readonly name: string}, state?: StreamState) => StreamId;
	/** Adds lines to a stream, a second apart unless `times` are given, and puts them into the ring. */
	readonly add: (texts: readonly string[], options?: {readonly stream?: StreamId; readonly times?: readonly number[]}) => void;
	readonly pinned: Map<string, LogEvidence>;
	readonly copied: string[];
	readonly saved: Map<string, readonly string[]>;
	readonly stops: () => number;
}

/** A pod's stream as a cluster tells it. */
export function podStream(pod: string, container = 'app'): StreamInfo {
	return {key: `c/ns/${pod}/${container}`, name: pod, context: 'c', namespace: 'ns', pod, container};
}

/** The fake; its clock is at 08:33 of the day of its lines. */
export function fakeTail({capacity = 2 ** 22, pods = ['api-54fb9-n4vkg'], ...parts}: FakeTailOptions = {}): FakeTail {
	const clock = createFakeClock(tailStart + 180_000);
	const {tail, sink} = createTail({clock, capacity});
	const pinned = new Map<string, LogEvidence>();
	const copied: string[] = [];
	const saved = new Map<string, readonly string[]>();
	let stopped = 0;
	let at = tailStart;
	const open: FakeTail['open'] = (info, state = {kind: 'live', since: clock.now()}) => {
		const id = sink.open({key: info.name, ...info});
		sink.state(id, state);
		sink.caughtUp(id);
		return id;
	};
	for (const pod of pods) open(podStream(pod));
	const app: TailApp = {
		clock,
		title: 'deploy/api in checkout-prod',
		demo: undefined,
		tail,
		follows: true,
		notice: createStore<string | undefined>(undefined),
		patterns: {isNew: () => false, since: undefined, remember: () => undefined, problem: () => undefined},
		usualErrors: createStore<number | undefined>(undefined),
		pin(evidence) {
			if (pinned.delete(evidence.id)) return 'the pin is taken back';
			pinned.set(evidence.id, evidence);
			return 'pinned to the round';
		},
		isPinned: (id) => pinned.has(id),
		save(name, lines) {
			saved.set(name, [...lines]);
			return Promise.resolve(`/tmp/${name}`);
		},
		copy: (text) => copied.push(text),
		edit: (text) => Promise.resolve(text),
		stop() {
			stopped += 1;
			return Promise.resolve();
		},
		...parts,
	};
	return {
		app,
		clock,
		sink,
		open,
		pinned,
		copied,
		saved,
		stops: () => stopped,
		add(texts, {stream = 0, times} = {}) {
			const told = times ?? texts.map(() => (at += 1000));
			sink.lines(stream, textBatch(texts, told));
			tail.flush();
		},
	};
}
