/** The time of the oldest line that the server has of a run's log. */
import type {Connection} from '../client/connection.ts';
import {logRequest} from './read-pod-log.ts';
import type {Run} from './runs.ts';
import {createStampReader} from './stamp.ts';

/** A stamp and a little more. */
const enough = 64;

/** Epoch milliseconds; undefined where the log has no line, or none with a time. Throws SourceError, or the signal's reason. */
export async function oldestLine(
	connection: Connection,
	options: {readonly run: Run; readonly previous: boolean; readonly silenceMs: number; readonly signal: AbortSignal},
): Promise<number | undefined> {
	const {run, previous, silenceMs, signal} = options;
	const part = {follow: false, previous, isFinal: false, limitBytes: enough};
	const bytes = Buffer.from(await connection.text({...logRequest(run, part), signal, silenceMs}));
	const stamp = createStampReader();
	return stamp.read(bytes, 0, bytes.length) ? stamp.second * 1000 + stamp.nanos / 1e6 : undefined;
}
