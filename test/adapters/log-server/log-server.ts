/** A pretended log store for the tests of Loki and Elasticsearch: entries, a clock that runs by itself, and faults. */
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Clock} from '../../../src/ports/clock.ts';
import {json} from '../loopback.ts';

export interface Stored {
	/** Nanoseconds since the epoch. */
	readonly at: bigint;
	readonly app: string;
	readonly text: string;
}

/** Answers to give instead of data, one for each request, in order. */
export type Fault = 'reset' | 'cut' | {readonly status: number; readonly body: unknown; readonly headers?: Record<string, string>};

/** Each sleep moves the time on by what was asked for, with the event loop's turn in between. */
export function runningClock(start: number, onSleep: (ms: number) => void = () => {}): Clock {
	let now = start;
	return {
		now: () => now,
		sleep: (ms, signal) =>
			new Promise((resolve, reject) => {
				setImmediate(() => {
					if (signal?.aborted) {
						reject(signal.reason as Error);
						return;
					}
					now += ms;
					onSleep(ms);
					resolve();
				});
			}),
	};
}

/** True where it answered with the fault. */
export function fail(fault: Fault | undefined, request: IncomingMessage, response: ServerResponse): boolean {
	if (fault === undefined) return false;
	if (fault === 'reset') request.socket.resetAndDestroy();
	else if (fault === 'cut') {
		response.writeHead(200, {'content-type': 'application/json', 'content-length': '5000'});
		response.write('{"status":"success","data":{"res');
		setImmediate(() => response.destroy());
	} else json(response, fault.body, {status: fault.status, ...(fault.headers ? {headers: fault.headers} : {})});
	return true;
}
