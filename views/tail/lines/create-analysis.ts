/** Puts the parts together that work out what the lines say. */
import {createGroup} from '../../../src/logs/count/group.ts';
import {createHistogram} from '../../../src/logs/count/histogram.ts';
import {createMatches} from '../../../src/logs/query/matches.ts';
import {createPasses, type Pass} from '../../../src/logs/count/passes.ts';
import {createPatterns} from '../../../src/logs/count/pattern-counts.ts';
import {createRequestCounter} from '../../../src/logs/count/request-counts.ts';
import {createSearch} from '../../../src/logs/query/search.ts';
import {createSlices} from '../../../src/logs/count/slices.ts';
import type {Tail} from '../../../src/logs/hold/tail.ts';
import {createStore} from '../../../src/base/store.ts';
import type {Analysis} from './analysis.ts';
import {createErrorRate} from './error-rate.ts';

/** At most fifteen times a second; more is not seen, and costs. */
const paceMs = 66;
/** A key waits for a slice that runs: milliseconds. */
const sliceMs = 2;

/** A pass that several may hold: it counts while at least one does. */
function held(add: () => () => void): () => () => void {
	let holders = 0;
	let remove: (() => void) | undefined;
	return () => {
		if (holders === 0) remove = add();
		holders += 1;
		let over = false;
		return () => {
			if (over) return;
			over = true;
			holders -= 1;
			if (holders === 0) remove?.();
		};
	};
}

/** The analysis of a tail; it works in slices from now on, until it is stopped. */
export function createAnalysis({lines, stream: streamOf, revision}: Tail): Analysis {
	const matches = createMatches(lines);
	const passes = createPasses(lines, matches);
	const search = createSearch(lines, matches);
	const histogram = createHistogram();
	const requests = createRequestCounter();
	const errorRate = createErrorRate();
	const patterns = createPatterns({mostPatterns: 2000});
	let group = createGroup(['pod'], streamOf);
	let regrouped: (() => void) | undefined;
	const changed = createStore(0);
	let looking = false;
	let epoch = 0;
	let toldAt = Number.NEGATIVE_INFINITY;
	let timer: NodeJS.Timeout | undefined;
	let seen = -1;

	function tell(): void {
		timer = undefined;
		toldAt = performance.now();
		changed.update((count) => count + 1);
	}
	function tellSoon(): void {
		timer ??= setTimeout(tell, Math.max(0, toldAt + paceMs - performance.now()));
	}
	function settle(caughtUp: boolean): boolean {
		if (looking && caughtUp) {
			looking = false;
			epoch += 1;
		}
		return caughtUp;
	}

	passes.add(histogram);
	passes.add(errorRate);
	const slices = createSlices({
		sliceMs,
		works: [
			(deadline) => settle(matches.work(deadline)),
			(deadline) => {
				const done = passes.work(deadline);
				const now = matches.revision() + histogram.revision();
				if (now !== seen || !done) tellSoon();
				seen = now;
				return done;
			},
		],
	});
	const wake = () => {
		slices.wake();
		tellSoon();
	};
	const unsubscribe = revision.subscribe(wake);
	wake();

	const groupPass: Pass = {look: (from, line) => group.look(from, line), reset: () => group.reset()};
	const watching = {
		patterns: held(() => passes.add(patterns)),
		requests: held(() => passes.add(requests)),
		group: held(() => {
			const add = () => passes.add(groupPass);
			let remove = add();
			regrouped = () => {
				remove();
				remove = add();
			};
			return () => {
				regrouped = undefined;
				remove();
			};
		}),
	};
	return {
		matches,
		search,
		histogram,
		errorRate,
		requests,
		patterns,
		group: () => group,
		groupBy(fields) {
			group = createGroup(fields, streamOf);
			regrouped?.();
			wake();
		},
		filterBy(filter) {
			matches.set(filter);
			looking = true;
			epoch += 1;
			slices.hurry();
			tellSoon();
		},
		looking() {
			if (!looking) return undefined;
			const {looked, of} = matches.progress();
			return of === 0 || looked >= of ? undefined : looked / of;
		},
		epoch: () => epoch,
		watch(what) {
			const end = watching[what]();
			wake();
			return end;
		},
		changed,
		wake,
		hurry: slices.hurry,
		stop() {
			unsubscribe();
			slices.stop();
			passes.stop();
			search.stop();
			matches.stop();
			clearTimeout(timer);
		},
	};
}
