/**
 * Follows the load's pods as `rounds tail` does, without a screen, in a process of its own. On SIGTERM prints as JSON
 * which lines each stream's ring holds, which notes were made, and how each stream is.
 */
import {isNote} from '../../src/logs/hold/note-text.ts';
import {systemClock} from '../../src/adapters/machine/system-clock.ts';
import {kubernetesSources} from '../../src/adapters/kubernetes/cluster-sources.ts';
import type {LogSink, StreamNote} from '../../src/ports/log-feed.ts';
import {createTail} from '../../src/logs/hold/tail-store.ts';
import {sequenceOf} from './log-truth.ts';

export interface Recorded {
	readonly streams: readonly {readonly key: string; readonly pod: string; readonly sequences: readonly number[]; readonly state: string}[];
	readonly notes: readonly (StreamNote & {readonly pod: string})[];
	/** Lines without a number: they cannot be checked. */
	readonly numberless: number;
	readonly wrapped: boolean;
}

const capacity = 1024 * 2 ** 20;

async function record(kubeconfig: string, from: number): Promise<void> {
	const {tail, sink} = createTail({clock: systemClock, capacity});
	const notes: Recorded['notes'][number][] = [];
	const pods: string[] = [];
	const watched: LogSink = {
		...sink,
		open(stream) {
			const id = sink.open(stream);
			pods[id] = stream.pod ?? '';
			return id;
		},
		note(id, note) {
			notes.push({...note, pod: pods[id] ?? ''});
			sink.note(id, note);
		},
	};
	const feed = kubernetesSources({kubeconfig, namespace: 'checkout-prod', clock: systemClock}).logs.feed({
		contexts: [],
		namespaces: [],
		pods: 'load-writer',
		workloads: [],
		from,
		previous: false,
		follow: true,
	});
	await feed.start(watched);
	process.stdout.write('started\n');
	process.once('SIGTERM', () => {
		void feed.stop().then(() => {
			tail.flush();
			const {lines} = tail;
			const sequences: number[][] = tail.streams.get().map(() => []);
			let numberless = 0;
			for (let line = lines.first(); line < lines.end(); line++) {
				if (isNote(lines, line)) continue;
				const bytes = Buffer.from(lines.bytes(line));
				const sequence = sequenceOf(bytes, 0, bytes.length);
				if (sequence === undefined) numberless++;
				else sequences[lines.stream(line)]?.push(sequence);
			}
			const recorded: Recorded = {
				streams: tail.streams.get().map(({id, key, pod = '', state}) => ({
					key,
					pod,
					sequences: sequences[id] ?? [],
					state: 'why' in state ? `${state.kind}: ${state.why}` : 'error' in state ? `${state.kind}: ${state.error}` : state.kind,
				})),
				notes,
				numberless,
				wrapped: lines.wrapped(),
			};
			process.stdout.write(`${JSON.stringify(recorded)}\n`, () => process.exit(0));
		});
	});
}

const [kubeconfig, from] = process.argv.slice(2);
if (kubeconfig !== undefined) await record(kubeconfig, Number(from));
