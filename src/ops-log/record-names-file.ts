/** The records of finished rounds by their file names: the files are not read. */
import {readdir} from 'node:fs/promises';
import {nameInFile} from '../round/round.ts';
import {codeOf, readError} from '../base/file-error.ts';

/** A record's file, as its name describes it. */
export interface RecordName {
	/** `2026-11-20T0831-checkout-production-alice`. */
	readonly id: string;
	/** `2026-11-20T0831`: when the round began, on the operator's clock. */
	readonly minute: string;
}

/** The records in the directory, newest first by their names; none if there is no such directory. */
export async function recordNames(directory: string): Promise<readonly RecordName[]> {
	const files = await readdir(directory).catch((error: unknown) => {
		if (codeOf(error) === 'ENOENT') return [];
		throw readError(error, directory);
	});
	return files
		.filter((name) => /^\d{4}-\d\d-\d\dT\d{4}-.+\.json$/.test(name))
		.toSorted()
		.toReversed()
		.map((name) => ({id: name.slice(0, -'.json'.length), minute: name.slice(0, 15)}));
}

/** Whether the record's name is of that service and environment. */
export function isOf({id}: RecordName, {service, environment}: {readonly service: string; readonly environment: string}): boolean {
	return id.startsWith(`-${nameInFile(service)}-${nameInFile(environment)}-`, 15);
}
