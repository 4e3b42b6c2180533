/** One request for one run's log: what is asked, and its answer into the receiver. */
import {createLineSplitter} from '../../../logs/hold/split-lines.ts';
import {SourceError} from '../../../base/source-error.ts';
import type {Connection} from '../client/connection.ts';
import type {Receiver} from './receiver.ts';
import type {Run} from './runs.ts';

export interface Part {
	readonly follow: boolean;
	/** The log of the run before the present one. */
	readonly previous: boolean;
	/** Epoch seconds; the server cuts a finer time to them anyway. */
	readonly since?: number | undefined;
	readonly tailLines?: number;
	/** The answer is cut after so many bytes, perhaps within a line. */
	readonly limitBytes?: number;
	/** Nothing will be added to the log: text without a line break at its end is a line too. */
	readonly isFinal: boolean;
}

/** `end`: the server ended the answer. `silent`: nothing came for too long. `refused`: the receiver does not take it. */
export type Read = 'end' | 'silent' | 'refused';

const isTimeout = (error: unknown): boolean => error instanceof SourceError && error.kind === 'timeout';

/** `2026-11-20T08:33:04Z`. */
const rfc3339 = (second: number): string => `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;

/** The request for that part of a run's log. */
export const logRequest = (run: Run, part: Part) =>
	({
		path: `/api/v1/namespaces/${encodeURIComponent(run.namespace)}/pods/${encodeURIComponent(run.pod)}/log`,
		query: {
			container: run.container,
			timestamps: true,
			...(part.follow ? {follow: true} : {}),
			...(part.previous ? {previous: true} : {}),
			...(part.since === undefined ? {} : {sinceTime: rfc3339(part.since)}),
			...(part.tailLines === undefined ? {} : {tailLines: part.tailLines}),
			...(part.limitBytes === undefined ? {} : {limitBytes: part.limitBytes}),
		},
		doing: `get pods/log in namespace ${run.namespace}`,
		expect: 'text',
	}) as const;

/** Reads until the answer ends; throws SourceError where it is refused or breaks off, or the signal's reason. */
export async function readLog(
	connection: Connection,
	options: {
		readonly run: Run;
		readonly part: Part;
		readonly receiver: Receiver;
		readonly silenceMs: number;
		/** The server answered, or bytes came. */
		readonly onLife: () => void;
		/** The server ended the answer, perhaps within a line: `takeRest` receives what had come of it. */
		readonly onEnd: (takeRest: () => void) => void;
		readonly signal: AbortSignal;
	},
): Promise<Read> {
	const {run, part, receiver, silenceMs, onLife, onEnd, signal} = options;
	const request = {...logRequest(run, part), signal, silenceMs};
	let body;
	try {
		body = await connection.open(request);
	} catch (error) {
		// Old servers send not even their headers before the first line of a log.
		if (part.follow && isTimeout(error) && receiver.seen.lastAt() === undefined) return 'silent';
		throw error;
	}
	onLife();
	const splitter = createLineSplitter(receiver.receive);
	try {
		for await (const chunk of body as AsyncIterable<Buffer>) {
			onLife();
			splitter.push(chunk);
			if (receiver.isRefused()) return 'refused';
		}
		onEnd(splitter.end);
		if (part.isFinal) splitter.end();
		return receiver.isRefused() ? 'refused' : 'end';
	} catch (error) {
		const failure = connection.failed(request, error);
		if (part.follow && isTimeout(failure)) return 'silent';
		throw failure;
	} finally {
		body.destroy();
	}
}
