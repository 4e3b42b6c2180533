/** Lists: whole or page by page, as objects or as a table, always consistent with one resourceVersion. */
import type {ServerResponse} from 'node:http';
import type {Cluster} from '../cluster/cluster.ts';
import {sendJson} from '../../kit/http-server.ts';
import {apiVersionOf, type Resource} from '../cluster/pod-resources.ts';
import {parseSelector} from './selectors.ts';
import {badRequest, expired, refuse, statusObject, type Refusal} from '../cluster/pod-status.ts';
import type {Stored} from '../cluster/storage.ts';
import {columnsJson, includeObjectOf, rowJson, wantsTable} from './tables.ts';

/** How long a list that was begun can be continued; like etcd's compaction. */
const snapshotMs = 300_000;
const snapshotLimit = 16;

interface Snapshot {
	readonly version: number;
	readonly takenAt: number;
	readonly items: readonly Stored[];
}

interface Token {
	/** resourceVersion of the first page; -1 continues with what is there now. */
	readonly rv: number;
	/** `namespace/name` of the last object that was sent. */
	readonly start: string;
}

export interface ListRequest {
	readonly resource: Resource;
	/** Undefined for all namespaces. */
	readonly namespace: string | undefined;
	readonly query: URLSearchParams;
	readonly accept: string | undefined;
}

const keyOf = (stored: Stored): string => `${stored.namespace}/${stored.name}`;

const encodeToken = (token: Token): string => Buffer.from(JSON.stringify({v: 'meta.k8s.io/v1', ...token})).toString('base64url');

const decodeToken = (text: string): Token | undefined => {
	try {
		const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
		const {rv, start} = (value ?? {}) as Partial<Token>;
		return typeof rv === 'number' && typeof start === 'string' ? {rv, start} : undefined;
	} catch {
		return undefined;
	}
};

const tooOld =
	'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

interface Page {
	readonly version: number;
	readonly items: readonly Stored[];
	readonly next?: string;
	readonly remaining?: number;
}

const listMetadata = ({version, next, remaining}: Page): string =>
	JSON.stringify({
		resourceVersion: String(version),
		...(next !== undefined && {continue: next}),
		...(remaining !== undefined && {remainingItemCount: remaining}),
	});

/** Large bodies go out in slabs, so that a list of ten thousand never is in memory as one string. */
const slabSize = 256 * 1024;

const sendItems = (
	response: ServerResponse,
	parts: {readonly head: string; readonly items: Iterable<string>; readonly tail: string},
): void => {
	response.writeHead(200, {'Content-Type': 'application/json'});
	let slab = parts.head;
	let first = true;
	for (const item of parts.items) {
		slab += first ? item : `,${item}`;
		first = false;
		if (slab.length > slabSize) {
			response.write(slab);
			slab = '';
		}
	}
	response.end(slab + parts.tail);
};

function* mapItems(items: readonly Stored[], toJson: (stored: Stored) => string): Generator<string> {
	for (const item of items) {
		yield toJson(item);
	}
}

const sendPage = (response: ServerResponse, request: ListRequest, options: {readonly page: Page; readonly now: number}): void => {
	const {resource, query, accept} = request;
	const {page, now} = options;
	if (wantsTable(accept)) {
		const include = includeObjectOf(query);
		return sendItems(response, {
			head: `{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":${listMetadata(page)},"columnDefinitions":${columnsJson(resource)},"rows":[`,
			items: mapItems(page.items, (stored) => rowJson(stored, {resource, now, include})),
			tail: ']}',
		});
	}
	return sendItems(response, {
		head: `{"kind":"${resource.kind}List","apiVersion":"${apiVersionOf(resource)}","metadata":${listMetadata(page)},"items":[`,
		items: mapItems(page.items, (stored) => stored.json()),
		tail: ']}',
	});
};

export interface Lists {
	readonly answer: (response: ServerResponse, request: ListRequest) => void;
}

export const createLists = (cluster: Cluster): Lists => {
	const {storage} = cluster;
	const snapshots = new Map<string, Snapshot>();

	const keep = (resource: Resource, snapshot: Snapshot): void => {
		snapshots.set(`${resource.name} ${snapshot.version}`, snapshot);
		const [oldest] = snapshots.keys();
		if (snapshots.size > snapshotLimit && oldest !== undefined) {
			snapshots.delete(oldest);
		}
	};
	const find = (resource: Resource, token: Token | undefined, now: number): Snapshot | undefined => {
		if (!token || token.rv === -1) {
			return {version: storage.version(), takenAt: now, items: storage.list(resource.name)};
		}
		const found = snapshots.get(`${resource.name} ${token.rv}`);
		return found && now - found.takenAt < snapshotMs ? found : undefined;
	};
	const pageOf = (request: ListRequest, now: number): Page | Refusal | {readonly stale: Token} => {
		const {resource, namespace, query} = request;
		const selector = parseSelector(resource, namespace, query);
		if ('mistake' in selector) {
			return badRequest(selector.mistake);
		}
		const continueText = query.get('continue') ?? '';
		const token = continueText === '' ? undefined : decodeToken(continueText);
		if (continueText !== '' && !token) {
			return badRequest(`continue key is not valid: illegal base64 data at input byte ${continueText.length}`);
		}
		const version = query.get('resourceVersion') ?? '';
		if (token && version !== '' && version !== '0') {
			return badRequest('specifying resource version is not allowed when using continue');
		}
		// Like the watch cache, which answers resourceVersion=0 whole, whatever the limit.
		const limit = version === '0' && !token ? 0 : Number(query.get('limit') ?? '0');
		const snapshot = find(resource, token, now);
		if (!snapshot) {
			return {stale: {rv: -1, start: token?.start ?? ''}};
		}
		const begin = token ? snapshot.items.findIndex((stored) => keyOf(stored) > token.start) : 0;
		const matching = begin === -1 ? [] : snapshot.items.slice(begin).filter(selector.matches);
		const items = limit > 0 ? matching.slice(0, limit) : matching;
		const last = items.at(-1);
		if (items.length === matching.length || !last) {
			return {version: snapshot.version, items};
		}
		keep(resource, snapshot);
		return {
			version: snapshot.version,
			items,
			next: encodeToken({rv: snapshot.version, start: keyOf(last)}),
			...(selector.all && {remaining: matching.length - items.length}),
		};
	};
	return {
		answer: (response, request) => {
			const now = cluster.advance();
			const page = pageOf(request, now);
			if ('code' in page) {
				return refuse(response, page);
			}
			if ('stale' in page) {
				return sendJson(response, 410, statusObject(expired(tooOld), {continue: encodeToken(page.stale)}));
			}
			return sendPage(response, request, {page, now});
		},
	};
};
