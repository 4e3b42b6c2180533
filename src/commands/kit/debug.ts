/** The debug log of this run; silent unless ROUNDS_DEBUG names a file. */
import {type DebugLog, silentDebugLog} from '../../ports/debug-log.ts';

let log = silentDebugLog;

export const debugLog = (): DebugLog => log;

/** Opens the file that ROUNDS_DEBUG names. Throws a UserError if it cannot be written. */
export async function openDebug(): Promise<void> {
	const path = process.env['ROUNDS_DEBUG'];
	if (!path) return;
	const [{openDebugLog}, {logRequests}] = await Promise.all([
		import('../../adapters/disk/debug-log-file.ts'),
		import('../../adapters/http/debug-requests.ts'),
	]);
	log = openDebugLog(path, {now: Date.now});
	logRequests(log);
}
