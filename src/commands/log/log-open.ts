/** Which ops log is meant: that of this working directory's rounds.yaml, or the demo's. */
import {join, relative, resolve} from 'node:path';
import {cacheDirectory, stateDirectory} from '../../adapters/disk/state-directory.ts';
import {remembered} from '../../adapters/disk/remembered.ts';
import {findConfig} from '../../config/find-config-file.ts';
import {readText} from '../../config/read-text-file.ts';
import type {LogInput} from './log-input.ts';
import type {LogPlace, OpsLog} from './log-place.ts';

type OpenInput = Pick<LogInput, 'common' | 'options' | 'cwd' | 'env'>;

function isPlace(value: unknown): value is LogPlace {
	if (typeof value !== 'object' || value === null || !('path' in value) || !('records' in value) || !('checks' in value)) return false;
	return typeof value.path === 'string' && typeof value.records === 'string' && Array.isArray(value.checks);
}

/** To judge a rounds.yaml takes as long as to read ten thousand entries: a file that was right once is not judged again. */
async function placeOf({common, options, cwd, env}: OpenInput): Promise<LogPlace> {
	const demo = options['demo'];
	if (typeof demo === 'string') return (await import('./log-config.ts')).demoPlace(join(stateDirectory(env), 'demo', demo));
	const file = common.config === undefined ? await findConfig({cwd, env}) : resolve(cwd, common.config);
	return remembered({
		directory: join(cacheDirectory(env), 'ops-logs'),
		file,
		readText,
		build: process.env.ROUNDS_BUILD,
		isValue: isPlace,
		work: async () => (await import('./log-config.ts')).configuredPlace({cwd, env, path: common.config}),
	});
}

/**
 * The ops log of this working directory, or of the demo.
 * @throws UserError (78) where there is no rounds.yaml, or none that can be used
 */
export async function openLog(input: OpenInput): Promise<OpsLog> {
	const place = await placeOf(input);
	const short = relative(input.cwd, place.path);
	return {...place, shown: short === '' || short.startsWith('..') ? place.path : short};
}
