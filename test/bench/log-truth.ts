/** What the simulated company's load has written, known without asking it, and how often each line of it came out. */
import {systemClock} from '../../src/adapters/machine/system-clock.ts';
import {createLoad, type Load, type WrittenRun} from '../../src/demo/kubernetes/cluster/load-pods.ts';
import {createWorld} from '../../src/demo/kit/story.ts';
import type {World} from '../../src/demo/kit/world.ts';
import type {CompanySize} from './company.ts';

export interface Truth {
	readonly world: World;
	readonly load: Load;
}

/** The same world as the company's, in this process. */
export function truthOf(size: CompanySize, startedAt: number): Truth {
	const world = createWorld({
		scenario: size.scenario ?? 'morning',
		clock: {...systemClock, now: () => startedAt},
		...(size.seed === undefined ? {} : {seed: size.seed}),
		...(size.faultsForMs === undefined ? {} : {faultsForMs: size.faultsForMs}),
		...(size.faultWindowMs === undefined ? {} : {faultWindowMs: size.faultWindowMs}),
	});
	return {world, load: createLoad(world, {pods: size.logPods ?? 0, linesPerSecond: size.logLinesPerSecond ?? 0})};
}

/** Sequence numbers begin here; no bench runs long enough for more than the counters hold. */
const firstSequence = 100_000_000;
const mostSequences = 4_000_000;

export interface Tally {
	readonly add: (source: string, sequence: number) => void;
	/** How the lines of a run came out. */
	readonly compare: (source: string, run: WrittenRun) => {readonly missing: readonly number[]; readonly repeated: number};
}

/** Counts lines by where they came from (a pod, a container's run) and their number. */
export function createTally(): Tally {
	const counts = new Map<string, Uint8Array>();
	const of = (source: string) => {
		const found = counts.get(source) ?? new Uint8Array(mostSequences);
		counts.set(source, found);
		return found;
	};
	return {
		add(source, sequence) {
			const index = sequence - firstSequence;
			if (!(index >= 0 && index < mostSequences)) throw new Error(`${source} has a line number ${sequence}`);
			const all = of(source);
			all[index] = Math.min(255, (all[index] ?? 0) + 1);
		},
		compare(source, {first, end}) {
			const all = of(source);
			const missing: number[] = [];
			let repeated = 0;
			for (let sequence = first; sequence < end; sequence++) {
				const count = all[sequence - firstSequence] ?? 0;
				if (count === 0) missing.push(sequence);
				else repeated += count - 1;
			}
			return {missing, repeated};
		},
	};
}

const mark = Buffer.from('seq');

/** The number of the line `bytes[start]` up to `bytes[end]`; undefined where it has none. Escaped quotes may be before it. */
export function sequenceOf(bytes: Buffer, start: number, end: number): number | undefined {
	const at = bytes.indexOf(mark, start);
	if (at === -1 || at >= end) return undefined;
	const digits = /^[\\"=:]+(\d{9})/.exec(bytes.toString('latin1', at + mark.length, Math.min(end, at + mark.length + 14)))?.[1];
	return digits === undefined ? undefined : Number(digits);
}
