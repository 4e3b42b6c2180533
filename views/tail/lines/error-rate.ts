/**
 * The share of 5xx answers of the last minutes, for the words next to the bars. Where lines are many only some of them are
 * taken apart: a share needs no more, and all would cost as much as everything else together.
 */
import type {LogLines} from '../../../src/logs/log-lines.ts';
import type {Pass} from '../../../src/logs/count/passes.ts';
import {requestOf} from '../../../src/logs/formats/request-of.ts';

export interface ErrorRate extends Pass {
	/** Of the newest quarter of an hour of the lines; undefined while too few of them tell of a request. */
	readonly share: () => number | undefined;
}

interface Minute {
	/** All lines of it so far. */
	lines: number;
	/** Requests that were taken apart. */
	looked: number;
	/** Requests, as far as those that were taken apart tell. */
	requests: number;
	errors: number;
}

const minute = 60_000;
const window = 15;
/**
 * Of each minute's lines the first ones are all looked at, those behind them one in seven and then one in sixty-one; each
 * counts for those that it means. Primes, so that writers who take turns are all met.
 */
const steps = [
	{upTo: 2000, oneIn: 1},
	{upTo: 20_000, oneIn: 7},
	{upTo: Number.POSITIVE_INFINITY, oneIn: 61},
] as const;
/** A share of fewer requests says nothing. */
const leastRequests = 20;
/** Longer lines than that tell of no request worth their time. Bytes. */
const longest = 4096;

/** A pass that has seen nothing. */
export function createErrorRate(): ErrorRate {
	let minutes = new Map<number, Minute>();
	function minuteOf(at: number): Minute {
		const known = minutes.get(at);
		if (known) return known;
		if (minutes.size > 8 * window) {
			const newest = Math.max(...minutes.keys());
			minutes = new Map([...minutes].filter(([one]) => one > newest - 2 * window));
		}
		const counted = {lines: 0, looked: 0, requests: 0, errors: 0};
		minutes.set(at, counted);
		return counted;
	}
	return {
		look(lines: LogLines, line: number) {
			const time = lines.time(line);
			if (Number.isNaN(time)) return;
			const counted = minuteOf(Math.floor(time / minute));
			counted.lines += 1;
			const {oneIn = 1} = steps.find(({upTo}) => counted.lines <= upTo) ?? {};
			if (counted.lines % oneIn !== 0 || lines.length(line) > longest) return;
			const request = requestOf(lines.text(line));
			if (!request) return;
			counted.requests += oneIn;
			counted.looked += 1;
			if (request.status >= 500) counted.errors += oneIn;
		},
		reset() {
			minutes = new Map();
		},
		share() {
			const newest = Math.max(...minutes.keys());
			let looked = 0;
			let requests = 0;
			let errors = 0;
			for (const [at, counted] of minutes) {
				if (at <= newest - window) continue;
				looked += counted.looked;
				requests += counted.requests;
				errors += counted.errors;
			}
			return looked < leastRequests ? undefined : errors / requests;
		},
	};
}
