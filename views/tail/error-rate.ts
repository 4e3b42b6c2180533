/**
 * The share of 5xx answers of the last minutes, for the words beside the bars. Where lines are many only some of them are
 * taken apart: a share needs no more, and all would cost as much as everything else together.
 */
import type {LogLines} from '../../src/logs/log-lines.ts';
import type {Pass} from '../../src/logs/passes.ts';
import {requestOf} from '../../src/logs/request-of.ts';

export interface ErrorRate extends Pass {
	/** Of the newest quarter of an hour of the lines; undefined while too few of them tell of a request. */
	readonly share: () => number | undefined;
}

const minute = 60_000;
const window = 15;
/** So many lines are all looked at; of those behind them one in eight. */
const looksAtAll = 20_000;
const oneIn = 8;
/** A share of fewer requests says nothing. */
const leastRequests = 20;
/** Longer lines than that tell of no request worth their time. Bytes. */
const longest = 4096;

/** A pass that has seen nothing. */
export function createErrorRate(): ErrorRate {
	let seen = 0;
	let minutes = new Map<number, {requests: number; errors: number}>();
	return {
		look(lines: LogLines, line: number) {
			seen += 1;
			if ((seen > looksAtAll && seen % oneIn !== 0) || lines.length(line) > longest) return;
			const time = lines.time(line);
			const request = Number.isNaN(time) ? undefined : requestOf(lines.text(line));
			if (!request) return;
			const at = Math.floor(time / minute);
			const counted = minutes.get(at) ?? {requests: 0, errors: 0};
			counted.requests += 1;
			if (request.status >= 500) counted.errors += 1;
			minutes.set(at, counted);
			if (minutes.size > 8 * window) {
				const newest = Math.max(...minutes.keys());
				minutes = new Map([...minutes].filter(([one]) => one > newest - 2 * window));
			}
		},
		reset() {
			seen = 0;
			minutes = new Map();
		},
		share() {
			const newest = Math.max(...minutes.keys());
			let requests = 0;
			let errors = 0;
			for (const [at, counted] of minutes) {
				if (at <= newest - window) continue;
				requests += counted.requests;
				errors += counted.errors;
			}
			return requests < leastRequests ? undefined : errors / requests;
		},
	};
}
