/** One watch request: its lines as events, until the server ends it. */
import type {Readable} from 'node:stream';
import {SourceError} from '../../../base/source-error.ts';
import type {Connection} from '../client/connection.ts';
import {statusError} from '../client/cluster-errors.ts';
import {podsRequest} from './pod-list.ts';
import type {Scope} from '../client/namespace-scope.ts';
import type {WirePod, WireStatus} from '../client/wire.ts';

export type PodEvent = {readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; readonly object: WirePod};
type WireWatchEvent = PodEvent | {readonly type: 'ERROR'; readonly object: WireStatus};

/** Bookmarks come about once a minute, so a longer silence is a dead connection (a closed laptop, a lost VPN). */
const silenceMs = 90_000;
/** The server ends the watch by itself after this, and we continue from the last version. */
const watchSeconds = 300;

/** The complete lines of a stream, all that a chunk completes at once. */
async function* lineBatches(body: Readable): AsyncGenerator<readonly string[]> {
	let rest: Buffer[] = [];
	for await (const chunk of body as AsyncIterable<Buffer>) {
		const end = chunk.lastIndexOf(0x0a);
		if (end === -1) {
			rest.push(chunk);
			continue;
		}
		// Cut at a newline only, so that no character is torn in two.
		yield Buffer.concat([...rest, chunk.subarray(0, end)])
			.toString('utf8')
			.split('\n');
		rest = [chunk.subarray(end + 1)];
	}
}

/**
 * Follows the pods from `resourceVersion` and resolves when the server ended the watch or fell silent; both mean:
 * continue from the last version. Throws SourceError; `isGone` where the version is too old.
 */
export async function followPods(options: {
	readonly connection: Connection;
	readonly scope: Scope;
	readonly resourceVersion: string;
	readonly onOpen: () => void;
	readonly onEvents: (events: readonly PodEvent[]) => void;
	readonly now: () => number;
}): Promise<void> {
	const {connection, scope, resourceVersion, onOpen, onEvents, now} = options;
	const base = podsRequest(scope, 'watch');
	const request = {
		...base,
		query: {...base.query, watch: true, allowWatchBookmarks: true, resourceVersion, timeoutSeconds: watchSeconds},
		silenceMs,
	};
	const body = await connection.open(request);
	onOpen();
	try {
		for await (const lines of lineBatches(body)) {
			const events: PodEvent[] = [];
			for (const line of lines) {
				if (line.trim() === '') continue;
				const event = JSON.parse(line) as WireWatchEvent;
				if (event.type === 'ERROR') {
					onEvents(events);
					throw statusError(
						{source: connection.source, host: connection.host, doing: base.doing},
						{status: event.object.code ?? 500, body: JSON.stringify(event.object), retryAfter: undefined, now: now()},
					);
				}
				events.push(event);
			}
			onEvents(events);
		}
	} catch (error) {
		const failure = connection.failed(request, error);
		if (failure instanceof SourceError && failure.kind === 'timeout' && !scope.signal.aborted) return;
		throw failure;
	}
}
