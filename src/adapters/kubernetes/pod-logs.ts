/**
 * Recent log lines of every container of the pods. Read with our own requests: the vendor's log reader can end the
 * whole process on an abort or a dropped connection.
 */
import pLimit from 'p-limit';
import type {LogLine, LogSource} from '../../ports/pod-log-source.ts';
import {SourceError} from '../../base/source-error.ts';
import type {Connection} from './client/connection.ts';
import {statusCode} from './client/cluster-errors.ts';
import {podPages} from './pods/pod-list.ts';
import type {Scope} from './client/namespace-scope.ts';
import type {WirePod} from './client/wire.ts';

const concurrency = 8;
/** One container may not fill the memory; what is over is told as skipped. */
const mostBytes = 16 * 1024 * 1024;

interface Stream {
	readonly pod: string;
	readonly container: string;
}

/** Containers that have run: one that never started has no log to give. */
function streamsOf(pod: WirePod): Stream[] {
	const sidecars = new Set(pod.spec?.initContainers?.filter(({restartPolicy}) => restartPolicy === 'Always').map(({name}) => name));
	const statuses = [
		...(pod.status?.containerStatuses ?? []),
		...(pod.status?.initContainerStatuses ?? []).filter(({name}) => sidecars.has(name)),
	];
	return statuses
		.filter(({state, lastState}) => state?.running || state?.terminated || lastState?.terminated)
		.map(({name}) => ({pod: pod.metadata?.name ?? '', container: name}));
}

/** `2026-11-20T08:33:04.118423511Z text` as the server prefixes it; a line without a time keeps its text. */
export function parseLogLine(line: string, stream: Stream): LogLine {
	const end = line.indexOf(' ');
	const at = end > 18 ? Date.parse(line.slice(0, end)) : Number.NaN;
	return Number.isNaN(at) ? {...stream, text: line} : {...stream, at, text: line.slice(end + 1)};
}

function parseLog(text: string, stream: Stream): LogLine[] {
	const lines = text.split('\n');
	if (lines.at(-1) === '') lines.pop();
	// A line without a time belongs where the one before it is.
	let last: number | undefined;
	return lines.map((line) => {
		const parsed = parseLogLine(line.endsWith('\r') ? line.slice(0, -1) : line, stream);
		last = parsed.at ?? last;
		return parsed.at === undefined && last !== undefined ? {...parsed, at: last} : parsed;
	});
}

/** Reads one container's lines; throws SourceError. */
async function readStream(
	connection: Connection,
	{stream, scope, sinceSeconds, tailLines}: {stream: Stream; scope: Scope; sinceSeconds: number; tailLines: number},
): Promise<{readonly lines: LogLine[]; readonly isCut: boolean}> {
	const text = await connection.text({
		path: `/api/v1/namespaces/${encodeURIComponent(scope.namespace)}/pods/${encodeURIComponent(stream.pod)}/log`,
		query: {
			container: stream.container,
			timestamps: true,
			sinceSeconds: Math.max(1, Math.ceil(sinceSeconds)),
			tailLines,
			limitBytes: mostBytes,
		},
		doing: `get pods/log in namespace ${scope.namespace}`,
		signal: scope.signal,
		expect: 'text',
	});
	return {lines: parseLog(text, stream), isCut: Buffer.byteLength(text) >= mostBytes};
}

/** 400: the container waits to start; 404: the pod went in between. Neither is a fault. */
function hasNoLog(error: unknown): boolean {
	return [400, 404].includes(statusCode(error) ?? 0);
}

/** A missing permission or a refused credential holds for every container. */
function holdsForAll(error: unknown): boolean {
	return error instanceof SourceError && (error.kind === 'forbidden' || error.kind === 'unauthorized');
}

/**
 * The recent lines of all containers, oldest first. Throws SourceError where none of the containers that should have
 * a log gives it; single ones that cannot are told through `onSkipped`.
 */
export async function recentLogs(
	connection: Connection,
	scope: Scope,
	options: Omit<Parameters<LogSource['recent']>[0], 'signal'>,
): Promise<readonly LogLine[]> {
	const streams: Stream[] = [];
	const taken = new Map<string, number>();
	for await (const {items, isFirst} of podPages(connection, scope)) {
		if (isFirst) {
			streams.length = 0;
			taken.clear();
		}
		for (const pod of items) {
			const own = streamsOf(pod);
			const controller = pod.metadata?.ownerReferences?.find((owner) => owner.controller)?.uid;
			if (controller !== undefined && own.length > 0) {
				const before = taken.get(controller) ?? 0;
				if (before >= (options.podsPerController ?? Infinity)) continue;
				taken.set(controller, before + 1);
			}
			streams.push(...own);
		}
	}
	const ends = new AbortController();
	const signal = AbortSignal.any([scope.signal, ends.signal]);
	const limit = pLimit(concurrency);
	const skipped: SourceError[] = [];
	let answered = 0;

	async function one(stream: Stream): Promise<LogLine[]> {
		const skip = (error: string) => options.onSkipped?.({...stream, error});
		try {
			const {lines, isCut} = await readStream(connection, {...options, stream, scope: {...scope, signal}});
			answered++;
			if (isCut) skip('the newest lines were left out: more than 16 MiB');
			return lines;
		} catch (error) {
			if (hasNoLog(error)) return [];
			if (holdsForAll(error) || !(error instanceof SourceError)) throw error;
			skipped.push(error);
			skip(error.message);
			return [];
		}
	}

	try {
		const all = await Promise.all(streams.map((stream) => limit(() => one(stream))));
		const [first] = skipped;
		if (first && answered === 0) throw first;
		return all.flat().sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
	} finally {
		// After a refusal no one waits for the others.
		limit.clearQueue();
		ends.abort();
	}
}
