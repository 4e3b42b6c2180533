/** When each check was last decided, from the records of finished rounds. */
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {nameInFile} from '../round/round.ts';
import type {RoundRecord} from './record-file.ts';
import {dayOf} from '../base/times.ts';

const day = 86_400_000;

export interface LastMadeOptions {
	/** Of the records. */
	readonly directory: string;
	readonly service: string;
	readonly environment: string;
	/** The checks that are asked about. */
	readonly ids: readonly string[];
	/** Decisions before it do not matter, epoch milliseconds. */
	readonly since: number;
	readonly now: number;
}

/** The rounds of the service and environment that ended after `since`, newest first: their names begin with the date. */
async function namesOf({directory, service, environment, since}: LastMadeOptions): Promise<readonly string[]> {
	// A round may start the day before it ends, and in another time zone.
	const first = dayOf(since - 2 * day);
	const whose = `-${nameInFile(service)}-${nameInFile(environment)}-`;
	const names = await readdir(directory).catch((): string[] => []);
	return names
		.filter((name) => /^\d{4}-\d\d-\d\dT\d{4}-.+\.json$/.test(name) && name.startsWith(whose, 15) && name.slice(0, 10) >= first)
		.toSorted()
		.toReversed();
}

/** When each check of the round got its verdict; nothing if the file is of another service or cannot be read. */
async function decisionsIn(
	path: string,
	of: Pick<LastMadeOptions, 'service' | 'environment'>,
): Promise<readonly (readonly [string, number])[]> {
	try {
		const {round} = JSON.parse(await readFile(path, 'utf8')) as RoundRecord;
		if (round.service !== of.service || round.environment !== of.environment) return [];
		return round.steps.flatMap(({id, verdict}) =>
			verdict && verdict.kind !== 'skipped' && Number.isFinite(verdict.at) ? [[id, verdict.at] as const] : [],
		);
	} catch {
		return [];
	}
}

/**
 * By check id: epoch milliseconds of its newest verdict ok or anomaly. A check without a verdict since then is missing.
 * A record that cannot be read is skipped, and a missing directory counts as empty.
 */
export async function lastMade(options: LastMadeOptions): Promise<ReadonlyMap<string, number>> {
	const {directory, ids, since, now} = options;
	const made = new Map<string, number>();
	for (const name of await namesOf(options)) {
		if (ids.every((id) => made.has(id))) break;
		for (const [id, at] of await decisionsIn(join(directory, name), options)) {
			if (ids.includes(id) && at >= since && at <= now) made.set(id, Math.max(at, made.get(id) ?? 0));
		}
	}
	return made;
}
