/** Watches: every change after a resourceVersion, as it happens, one JSON object per line. */
import type {ServerResponse} from 'node:http';
import type {Cluster} from '../cluster/cluster.ts';
import {goneSignal} from '../../kit/http-server.ts';
import type {ListRequest} from './lists.ts';
import {apiVersionOf} from '../cluster/pod-resources.ts';
import {parseSelector, type Matcher} from './selectors.ts';
import {badRequest, expired, refuse, statusObject} from '../cluster/pod-status.ts';
import {watchExpiry} from './stream-faults.ts';
import type {Change, Stored} from '../cluster/storage.ts';
import {columnsJson, includeObjectOf, objectJson, rowJson, wantsTable} from './tables.ts';
import type {Ticker} from '../cluster/ticker.ts';

/** A watcher that lets this much pile up is too slow and is cut off, as the API server does. */
const backlogLimit = 32 * 1024 * 1024;
const bookmarkEveryMs = 60_000;
/** Without timeoutSeconds the server ends a watch after half an hour. */
const defaultTimeoutSeconds = 1800;
const tickMs = 200;

/** What a change means to someone who sees a part of the objects: one that stops matching is gone for him. */
const seenAs = (change: Change, matches: Matcher): Change['type'] | undefined => {
	const now = change.type !== 'DELETED' && matches(change.stored);
	const before = change.previous !== undefined && matches(change.previous);
	if (now) {
		return before ? 'MODIFIED' : 'ADDED';
	}
	return before ? 'DELETED' : undefined;
};

/** Writes events as objects, or as tables of one row of which only the first names the columns. */
const createEncoder = (cluster: Cluster, request: ListRequest) => {
	const {resource} = request;
	const table = wantsTable(request.accept);
	const include = includeObjectOf(request.query);
	let columns = columnsJson(resource);
	const asTable = (version: number, rows: string): string => {
		const text = `{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"${version}"},"columnDefinitions":${columns},"rows":[${rows}]}`;
		columns = 'null';
		return text;
	};
	return {
		event: (type: Change['type'], stored: Stored): string => {
			const object = table
				? asTable(stored.version, rowJson(stored, {resource, now: cluster.world.clock.now(), include}))
				: objectJson(resource, stored);
			return `{"type":"${type}","object":${object}}\n`;
		},
		bookmark: (version: number, initialEventsEnd: boolean): string => {
			const annotations = initialEventsEnd ? ',"annotations":{"k8s.io/initial-events-end":"true"}' : '';
			const object = table
				? asTable(version, '')
				: `{"kind":"${resource.kind}","apiVersion":"${apiVersionOf(resource)}","metadata":{"resourceVersion":"${version}","creationTimestamp":null${annotations}}}`;
			return `{"type":"BOOKMARK","object":${object}}\n`;
		},
	};
};

const isTrue = (query: URLSearchParams, name: string): boolean => ['true', '1'].includes(query.get(name) ?? '');

interface Begin {
	readonly lines: string;
}

/** Answers a watch; it lasts until its timeout, the caller's leaving or the server's end. */
export const answerWatch = (
	response: ServerResponse,
	options: {readonly cluster: Cluster; readonly ticker: Ticker; readonly request: ListRequest},
): void => {
	const {cluster, ticker, request} = options;
	const {resource, namespace, query} = request;
	const {storage} = cluster;
	const selector = parseSelector(resource, namespace, query);
	if ('mistake' in selector) {
		return refuse(response, badRequest(selector.mistake));
	}
	const versionText = query.get('resourceVersion') ?? '';
	const version = Number(versionText);
	if (!/^\d*$/.test(versionText)) {
		return refuse(response, badRequest(`Invalid value: "${versionText}": strconv.ParseUint: parsing "${versionText}": invalid syntax`));
	}
	const now = cluster.advance();
	const encoder = createEncoder(cluster, request);
	const bookmarks = isTrue(query, 'allowWatchBookmarks');
	const wantsInitial = isTrue(query, 'sendInitialEvents');

	const begin = (): Begin | undefined => {
		if (wantsInitial || version === 0) {
			const present = storage.list(resource.name).filter(selector.matches);
			const lines = present.map((stored) => encoder.event('ADDED', stored)).join('');
			return {lines: wantsInitial && bookmarks ? lines + encoder.bookmark(storage.version(), true) : lines};
		}
		const missed = storage.since(version);
		return missed && {lines: missed.map(lineOf).join('')};
	};
	const lineOf = (change: Change): string => {
		if (change.stored.resource !== resource.name) {
			return '';
		}
		const type = seenAs(change, selector.matches);
		return type === undefined ? '' : encoder.event(type, change.stored);
	};

	response.writeHead(200, {'Content-Type': 'application/json'});
	response.flushHeaders();
	const first = begin();
	const endAsExpired = (oldest: number): void => {
		const gone = expired(`too old resource version: ${versionText} (${oldest})`);
		response.end(`${JSON.stringify({type: 'ERROR', object: statusObject(gone)})}\n`);
	};
	if (!first) {
		return endAsExpired(storage.oldestVersion() + 1);
	}
	let pending = first.lines;
	const flush = (): void => {
		if (pending !== '') {
			response.write(pending);
			pending = '';
			if (response.writableLength > backlogLimit) {
				response.destroy();
			}
		}
	};
	flush();
	const unsubscribe = storage.subscribe((change) => {
		if (pending === '') {
			// All the changes of one step of the cluster leave in one write.
			queueMicrotask(flush);
		}
		pending += lineOf(change);
	});
	const seconds = Number(query.get('timeoutSeconds') ?? '0');
	const endAt = now + 1000 * (seconds > 0 ? seconds : defaultTimeoutSeconds);
	let bookmarkAt = now + bookmarkEveryMs;
	const hasExpired = watchExpiry(cluster.world);
	const stopTicking = ticker.add({
		everyMs: tickMs,
		onTick: (time) => {
			if (hasExpired(time)) {
				stop();
				flush();
				endAsExpired(storage.version());
				return;
			}
			if (bookmarks && time >= bookmarkAt) {
				bookmarkAt = time + bookmarkEveryMs;
				pending += encoder.bookmark(storage.version(), false);
				flush();
			}
			if (time >= endAt) {
				stop();
				flush();
				response.end();
			}
		},
	});
	const stop = (): void => {
		unsubscribe();
		stopTicking();
	};
	goneSignal(response).addEventListener('abort', stop);
	return undefined;
};
