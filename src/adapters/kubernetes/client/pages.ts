/**
 * Long lists page by page. The next page is asked for as soon as the head of this one has arrived
 * (the server writes `metadata` before `items`), so that the server works while this side parses and converts.
 */
import type {Connection, Request} from './connection.ts';
import type {ListHead} from './wire.ts';

export interface Page<Item> {
	readonly items: readonly Item[];
	/** Version of the whole list: where a watch continues. */
	readonly resourceVersion: string;
	readonly isLast: boolean;
}

interface WireList<Item> {
	readonly metadata?: ListHead;
	readonly items?: readonly Item[] | null;
}

/** Where the head must have ended; a longer one is read with the whole page. */
const headLimit = 4096;
const pageSize = 500;

/** The list's `metadata` in the first bytes of its JSON; undefined where it is not there (yet). */
export function listHead(start: string): ListHead | undefined {
	const head = /^\s*\{(?:\s*"(?:kind|apiVersion)"\s*:\s*"[^"\\]*"\s*,)*\s*"metadata"\s*:\s*(\{[^{}]*\})/.exec(start)?.[1];
	if (head === undefined) return undefined;
	try {
		return JSON.parse(head) as ListHead;
	} catch {
		return undefined;
	}
}

interface OpenPage<Item> {
	/** Token of the next page; undefined on the last one. */
	readonly next: string | undefined;
	readonly list: () => Promise<WireList<Item>>;
}

/** An object without `items` is no empty list: nothing may look fine because something else answered. */
function assertList<Item>(answer: unknown): WireList<Item> {
	if (typeof answer === 'object' && answer !== null && 'items' in answer) return answer as WireList<Item>;
	throw new SyntaxError('no list');
}

/** Opens one page and reads up to the end of its head. */
async function openPage<Item>(connection: Connection, request: Request): Promise<OpenPage<Item>> {
	const body = await connection.open(request);
	const chunks: Buffer[] = [];
	const reader = (body as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
	const fail = (error: unknown) => {
		throw connection.failed(request, error);
	};

	async function rest(): Promise<WireList<Item>> {
		try {
			for (let part = await reader.next(); !part.done; part = await reader.next()) chunks.push(part.value);
			return assertList<Item>(JSON.parse(Buffer.concat(chunks).toString('utf8')));
		} catch (error) {
			return fail(error);
		}
	}

	let start = '';
	while (start.length < headLimit) {
		const part = await reader.next().catch(fail);
		if (part.done) break;
		chunks.push(part.value);
		start += part.value.toString('latin1', 0, headLimit - start.length);
		const head = listHead(start);
		if (head) return {next: head.continue || undefined, list: rest};
	}
	const list = await rest();
	return {next: list.metadata?.continue || undefined, list: () => Promise.resolve(list)};
}

/** Yields the pages of a list in order, 500 items each. Throws SourceError; `isGone` where the list outlived the server's memory. */
export async function* pages<Item>(connection: Connection, request: Request): AsyncGenerator<Page<Item>> {
	const ask = (token: string | undefined) =>
		openPage<Item>(connection, {...request, query: {...request.query, limit: pageSize, continue: token}});
	let current = ask(undefined);
	for (;;) {
		const page = await current;
		const following = page.next === undefined ? undefined : ask(page.next);
		following?.catch(() => {});
		const {items, metadata} = await page.list();
		yield {items: items ?? [], resourceVersion: metadata?.resourceVersion ?? '', isLast: following === undefined};
		if (!following) return;
		current = following;
	}
}
