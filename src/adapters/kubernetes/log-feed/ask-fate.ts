/** Asks the pod itself what became of a run: its watch may lag, or be down. */
import type {Connection} from '../client/connection.ts';
import {statusCode} from '../client/cluster-errors.ts';
import type {WirePod} from '../client/wire.ts';
import {type Fate, fateOf, type Run} from './runs.ts';

/** Throws SourceError; `fallback` is what is known where reading a single pod is not permitted. */
export async function askFate(
	connection: Connection,
	{run, fallback, signal}: {readonly run: Run; readonly fallback: Fate; readonly signal: AbortSignal},
): Promise<Fate> {
	try {
		const pod = await connection.json<WirePod>({
			path: `/api/v1/namespaces/${encodeURIComponent(run.namespace)}/pods/${encodeURIComponent(run.pod)}`,
			doing: `get pods in namespace ${run.namespace}`,
			signal,
		});
		return fateOf(pod, run);
	} catch (error) {
		if (statusCode(error) === 404) return fateOf(undefined, run);
		if (statusCode(error) === 403) return fallback;
		throw error;
	}
}
